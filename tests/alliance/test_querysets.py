"""Who sees which organisations, declarations and signatures."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from alliance.models import Declaration, Organisation, Signature
from smartsociety.core.tokens import hash_token
from tests import factories

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def outsider(**fields) -> Organisation:
    """An organisation that is not in the register."""
    return factories.OrganisationFactory(kind="company", in_register=False, **fields)


@pytest.mark.parametrize(
    ("status", "public", "signatory"),
    [
        ("unconfirmed", False, False),
        ("submitted", False, False),
        ("published", True, True),
        ("on_hold", True, False),
        ("rejected", False, False),
        ("withdrawn", True, False),
        ("expired", False, False),
    ],
)
def test_organisation_outside_the_register_is_seen_by_its_signature(status, public, signatory):
    signer = outsider()
    factories.signature_at(status, organisation=signer)
    assert list(Organisation.objects.public()) == ([signer] if public else [])
    assert list(Organisation.objects.visible_to(NOBODY)) == ([signer] if public else [])
    assert list(Organisation.objects.signatories()) == ([signer] if signatory else [])


def test_organisation_of_the_register_is_public_before_it_signs(almere):
    outsider()
    assert list(Organisation.objects.public()) == [almere]


def test_organisation_is_seen_by_its_own_people_and_by_staff_before_the_world_does():
    hidden, other = outsider(name="A"), outsider(name="B")
    member = factories.MembershipFactory(organisation=hidden, role="editor").user
    factories.MembershipFactory(organisation=other)
    staff = factories.UserFactory(is_staff=True)
    assert list(Organisation.objects.visible_to(member)) == [hidden]
    assert list(Organisation.objects.visible_to(staff)) == [hidden, other]
    assert list(Organisation.objects.visible_to(factories.UserFactory())) == []


def test_organisation_is_represented_by_representatives_only():
    membership = factories.MembershipFactory()
    factories.MembershipFactory(user=membership.user, role="editor")
    factories.MembershipFactory()
    assert list(Organisation.objects.represented_by(membership.user)) == [membership.organisation]
    assert list(Organisation.objects.represented_by(NOBODY)) == []


def test_organisation_with_card_data_says_when_it_signed_the_version_in_force():
    now = timezone.now()
    signer = factories.SignatureFactory(published=True, published_at=now - timedelta(days=90)).organisation
    newest = factories.SignatureFactory(
        organisation=signer, declaration__version=2, published=True, published_at=now
    )
    factories.SignatureFactory(organisation=signer, withdrawn=True, published_at=now + timedelta(days=1))
    assert [row.signed_at for row in Organisation.objects.with_card_data()] == [newest.published_at]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("'s-Hertogenbosch", True),
        (" 'S-HERTOGENBOSCH ", True),
        ("den bosch", True),
        ("Den Bosch", True),
        ("Bosch", False),
        ("den bosch, oss", False),
        ("", False),
        ("%", False),
    ],
)
def test_organisation_is_found_by_exactly_its_name_or_another_name(typed, found):
    municipality = factories.OrganisationFactory(
        name="'s-Hertogenbosch", aliases=["Den Bosch", "Hertogenbosch, 's"]
    )
    assert list(Organisation.objects.named(typed)) == ([municipality] if found else [])


def test_declaration_in_force_is_the_newest_published_one():
    assert Declaration.objects.current() is None
    first = factories.DeclarationFactory(version=1)
    second = factories.DeclarationFactory(version=2)
    factories.DeclarationFactory(version=3, published_at=None)
    factories.DeclarationFactory(version=4, published_at=timezone.now() + timedelta(days=1))
    assert Declaration.objects.current() == second
    assert list(Declaration.objects.published()) == [second, first]


@pytest.mark.parametrize(
    ("which", "statuses"),
    [
        ("published", {"published"}),
        ("public", {"published", "on_hold", "withdrawn"}),
        ("unconfirmed", {"unconfirmed"}),
        ("active", {"submitted", "published", "on_hold"}),
        ("to_verify", {"submitted"}),
    ],
)
def test_signatures_are_chosen_by_status(which, statuses):
    for status in Signature.Status.values:
        factories.signature_at(status)
    assert set(getattr(Signature.objects, which)().values_list("status", flat=True)) == statuses


def test_signatures_to_verify_are_in_order_of_waiting():
    now = timezone.now()
    late, early = (
        factories.SignatureFactory(submitted=True, confirmed_at=now - timedelta(days=days)) for days in (1, 9)
    )
    assert list(Signature.objects.to_verify()) == [early, late]


@pytest.mark.parametrize(
    ("fields", "token", "opens"),
    [
        ({}, "secret", True),
        ({}, "guess", False),
        ({}, "", False),
        ({"confirmation_expires_at": timezone.now() - timedelta(seconds=1)}, "secret", False),
        ({"submitted": True}, "secret", False),
        ({"expired": True}, "secret", False),
    ],
)
def test_signature_is_found_by_its_token_while_that_lasts(fields, token, opens):
    days_left = {"confirmation_expires_at": timezone.now() + timedelta(days=7)}
    signature = factories.SignatureFactory(confirmation_hash=hash_token("secret"), **days_left | fields)
    assert Signature.objects.with_token(token) == (signature if opens else None)
