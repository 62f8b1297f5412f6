"""The secretariat corrects a signature, with a reason and a trace."""

import pytest
from django.utils import timezone

from alliance import actions
from alliance.actions import desk
from alliance.models import Membership, Signature
from smartsociety.core.audit import history
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
LIST = "/beheer/ondertekeningen/"


def correction(**changes) -> dict:
    return {
        "revision": "1",
        "organisation": "almere",
        "mandate_by": "De gemeenteraad",
        "mandate_on": "2026-01-02",
        "language": "nl",
        "reason": "Het besluit was van de raad",
        **changes,
    }


def test_correction_is_kept_with_its_reason_and_mailed(secretariat, almere):
    signature = factories.SignatureFactory(
        organisation=almere, published=True, signer_email="anna@almere.example", statement="Omdat."
    )
    answer = secretariat.post(english("alliance:signature_correct", signature.pk), correction())
    assert messages_of(answer) == [("success", "Corrected. The signer gets a mail.")]
    signature.refresh_from_db()
    assert (signature.mandate_by, str(signature.mandate_on), signature.statement) == (
        "De gemeenteraad",
        "2026-01-02",
        "Omdat.",
    )
    change = history(signature)[0]
    assert (change.by, change.reason) == (secretariat.user, "Het besluit was van de raad")
    assert {"mandate_by", "mandate_on"} <= set(change.fields)
    assert queued() == [("alliance/signature_corrected", "anna@almere.example", "nl")]
    assert "Het besluit was van de raad" in shown(secretariat.get(f"{LIST}{signature.pk}/"))


def test_correcting_the_organisation_moves_its_representative(secretary, almere):
    signature = factories.SignatureFactory(submitted=True)
    actions.publish(signature=signature, by=secretary)
    wrong = signature.organisation
    desk.correct(
        signature=signature,
        revision=2,
        organisation=almere,
        mandate_by="B en W",
        mandate_on=timezone.localdate(),
        language="nl",
        reason="Verkeerde Rijswijk",
        by=secretary,
    )
    assert [(row.organisation, row.role) for row in Membership.objects.all()] == [(almere, "representative")]
    assert not wrong.signatures.exists()


def test_correcting_to_an_organisation_that_signed_is_refused(secretariat, almere):
    factories.SignatureFactory(organisation=almere, published=True)
    signature = factories.SignatureFactory(submitted=True)
    page = secretariat.post(english("alliance:signature_correct", signature.pk), correction())
    assert page.context["form"].errors == {
        "organisation": ["This organisation has signed this version already."]
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"organisation": "Nergenshuizen"}, "organisation"),
        ({"mandate_on": "2999-01-01"}, "mandate_on"),
        ({"mandate_by": "x" * 121}, "mandate_by"),
        ({"revision": ""}, "revision"),
    ],
)
def test_correction_that_is_not_right_keeps_what_was_typed(secretariat, almere, changes, field):
    signature = factories.SignatureFactory(organisation=almere, published=True)
    page = secretariat.post(f"{LIST}{signature.pk}/corrigeren/", correction(**changes))
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert (Signature.objects.get().revision, queued()) == (1, [])


def test_correction_after_a_colleague_shows_what_changed(secretariat, almere):
    signature = factories.SignatureFactory(organisation=almere, published=True, revision=3)
    page = secretariat.post(f"{LIST}{signature.pk}/corrigeren/", correction())
    assert (page.status_code, page.context["form"]["revision"].value()) == (409, "3")
    assert Signature.objects.get().revision == 3


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "expired"])
def test_what_ended_is_not_corrected(secretariat, status):
    signature = factories.signature_at(status)
    assert secretariat.get(f"{LIST}{signature.pk}/corrigeren/").status_code == 404


# The list
