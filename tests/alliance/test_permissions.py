"""What a person may do in the alliance."""

import pytest
from django.contrib.auth.models import AnonymousUser

from alliance.permissions import can_represent, can_verify_signatures, can_withdraw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ({}, False),
        ({"is_staff": True}, False),
        ({"is_staff": True, "roles": ["secretariat"]}, True),
        ({"is_staff": True, "roles": ["programme", "editor"]}, False),
        ({"is_staff": True, "is_superuser": True}, True),
        ({"is_staff": True, "roles": ["secretariat"], "is_active": False}, False),
    ],
)
def test_secretariat_verifies_signatures(rights, allowed):
    assert can_verify_signatures(factories.UserFactory(**rights)) is allowed


def test_visitor_may_nothing():
    signature = factories.SignatureFactory(published=True)
    nobody = AnonymousUser()
    assert not can_verify_signatures(nobody)
    assert not can_represent(nobody, signature.organisation)
    assert not can_withdraw(nobody, signature)


@pytest.mark.parametrize(("role", "allowed"), [("representative", True), ("editor", False)])
def test_representative_speaks_for_the_organisation_and_an_editor_does_not(role, allowed):
    signature = factories.SignatureFactory(published=True)
    user = factories.MembershipFactory(organisation=signature.organisation, role=role).user
    assert can_represent(user, signature.organisation) is allowed
    assert can_withdraw(user, signature) is allowed


def test_representative_of_another_does_not_withdraw():
    signature = factories.SignatureFactory(published=True)
    assert not can_withdraw(factories.MembershipFactory().user, signature)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [("submitted", True), ("published", True), ("on_hold", True), ("rejected", False), ("withdrawn", False)],
)
def test_representative_withdraws_what_stands(status, allowed):
    signature = factories.SignatureFactory(**{status: True})
    user = factories.MembershipFactory(organisation=signature.organisation).user
    assert can_withdraw(user, signature) is allowed
