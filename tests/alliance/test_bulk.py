"""One decision on many signatures: seen first, kept in the audit, and taken back."""

import pytest
from django.utils import timezone

from alliance.actions import bulk, desk
from alliance.models import BulkDecision, Signature
from smartsociety.core.audit import history
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
MANY = "/beheer/ondertekeningen/veel/"


@pytest.fixture
def secretary(db):
    return factories.UserFactory(is_staff=True, roles=["secretariat"])


def decide(kind, signatures, by, *, notify=True):
    seen = {signature.pk: signature.revision for signature in signatures}
    return bulk.decide_many(kind=kind, seen=seen, reason="Misbruik", notify=notify, by=by)


STATES = ("unconfirmed", "submitted", "published", "on_hold", "rejected", "withdrawn", "expired")
RESULT = {
    ("reject", "unconfirmed"): "rejected",
    ("reject", "submitted"): "rejected",
    ("hold", "published"): "on_hold",
}


@pytest.mark.parametrize("kind", ["reject", "hold"])
@pytest.mark.parametrize("status", STATES)
def test_decision_and_undoing_follow_the_table(kind, status, secretary):
    signature = factories.signature_at(status)
    if (kind, status) not in RESULT:
        with pytest.raises(InvalidTransition):
            decide(kind, [signature], secretary)
        return
    decision = decide(kind, [signature], secretary)
    signature.refresh_from_db()
    assert (signature.status, signature.reason) == (RESULT[kind, status], "Misbruik")
    assert bulk.undo(decision=decision, by=secretary) == bulk.Undone(1, 0)
    signature.refresh_from_db()
    assert (signature.status, signature.reason) == (status, "")


def test_decision_is_whole_or_not_at_all(secretary):
    good, bad = factories.SignatureFactory(submitted=True), factories.SignatureFactory(submitted=True)
    Signature.objects.filter(pk=bad.pk).update(revision=2)
    with pytest.raises(ChangedMeanwhile):
        decide("reject", [good, bad], secretary)
    assert (Signature.objects.filter(status="rejected").count(), BulkDecision.objects.count(), queued()) == (
        0,
        0,
        [],
    )


def test_decision_mails_only_proven_addresses_and_only_when_asked(secretary):
    rows = [
        factories.SignatureFactory(),
        factories.SignatureFactory(submitted=True, signer_email="anna@almere.example"),
    ]
    decision = decide("reject", rows, secretary)
    assert queued() == [("alliance/signature_rejected", "anna@almere.example", "nl")]
    bulk.undo(decision=decision, by=secretary)
    assert queued()[1:] == [("alliance/signature_reopened", "anna@almere.example", "nl")]


def test_decision_without_mail_is_undone_without_mail(secretary):
    decision = decide("hold", [factories.SignatureFactory(published=True)], secretary, notify=False)
    bulk.undo(decision=decision, by=secretary)
    assert queued() == []


def test_decision_leaves_its_reason_in_the_audit(secretary):
    signature = factories.SignatureFactory(submitted=True)
    decide("reject", [signature], secretary)
    assert history(signature)[0].reason == "Misbruik"


def test_undoing_leaves_alone_what_something_happened_to(secretary, almere):
    held, resumed = factories.SignatureFactory.create_batch(2, published=True)
    decision = decide("hold", [held, resumed], secretary)
    desk.resume(signature=resumed, by=secretary)
    assert bulk.undo(decision=decision, by=secretary) == bulk.Undone(1, 1)


def test_undoing_leaves_alone_whose_organisation_signed_again(secretary, almere):
    rejected = factories.SignatureFactory(organisation=almere, submitted=True)
    decision = decide("reject", [rejected], secretary)
    factories.SignatureFactory(organisation=almere, submitted=True)
    assert bulk.undo(decision=decision, by=secretary) == bulk.Undone(0, 1)


def test_undoing_twice_is_refused(secretariat, secretary):
    decision = decide("hold", [factories.SignatureFactory(published=True)], secretary)
    address = english("alliance:bulk_undo", decision.pk)
    assert messages_of(secretariat.post(address)) == [("success", "Taken back: 1 signature is where it was.")]
    assert messages_of(secretariat.post(address))[-1][0] == "error"


# Pages


@pytest.fixture
def spam(db):
    """Two from one domain, one from elsewhere."""
    rows = [
        factories.SignatureFactory(submitted=True, signer_email=f"x{number}@spam.example")
        for number in range(2)
    ]
    return [
        *rows,
        factories.SignatureFactory(submitted=True, signer_email="anna@almere.example", signer_name="Bep"),
    ]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("domain=spam.example", [0, 1]),
        ("domain=@SPAM.example", [0, 1]),
        ("domain=am.example", []),
        ("text=bep", [2]),
        ("domain=spam.example&text=bep", []),
        ("since=2999-01-01", []),
        (f"until={timezone.localdate():%Y-%m-%d}", [0, 1, 2]),
    ],
)
def test_condition_chooses(secretariat, spam, query, numbers):
    page = secretariat.get(f"{MANY}?{query}")
    assert (page.context["rows"], page.context["count"]) == (
        [spam[number] for number in numbers],
        len(numbers),
    )


def test_ticked_ones_are_chosen(secretariat, spam):
    page = secretariat.get(f"{MANY}?picked={spam[0].pk}&picked={spam[2].pk}")
    assert page.context["rows"] == [spam[0], spam[2]]


def test_nothing_chosen_is_not_everything(secretariat, spam):
    page = secretariat.get(f"{MANY}?domain=")
    assert ("choice" in page.context, "rows" in page.context) == (True, False)
    assert secretariat.get(MANY).status_code == 200


def test_preview_counts_what_each_decision_changes(secretariat, spam):
    factories.SignatureFactory(published=True, signer_email="y@spam.example")
    page = secretariat.get(f"{MANY}?domain=spam.example")
    assert (page.context["to_reject"], page.context["to_hold"]) == (2, 1)


def test_decision_is_about_what_was_seen(secretariat, spam):
    address = f"/en{MANY}?domain=spam.example"
    seen = secretariat.get(address).context["form"]["seen"].value()
    typed = {"kind": "reject", "reason": "Misbruik", "seen": seen}
    factories.SignatureFactory(submitted=True, signer_email="nog@spam.example")
    page = secretariat.post(address, typed)
    assert (page.status_code, page.context["count"], page.context["form"]["reason"].value()) == (
        409,
        3,
        "Misbruik",
    )
    assert not Signature.objects.filter(status="rejected").exists()
    answer = secretariat.post(address, typed | {"seen": page.context["form"]["seen"].value()})
    assert messages_of(answer) == [("success", "Decided about 3 signatures.")]
    assert (Signature.objects.filter(status="rejected").count(), queued()) == (3, [])
    assert "Misbruik" in shown(secretariat.get(f"{MANY}besluiten/"))


def test_decision_that_changes_none_is_said(secretariat, spam):
    address = f"/en{MANY}?domain=spam.example"
    seen = secretariat.get(address).context["form"]["seen"].value()
    answer = secretariat.post(address, {"kind": "hold", "reason": "Misbruik", "seen": seen})
    assert messages_of(answer) == [
        ("error", "None of these signatures can be changed so. Nothing was changed.")
    ]


@pytest.mark.parametrize(("changes", "field"), [({"reason": ""}, "reason"), ({"kind": "erase"}, "kind")])
def test_decision_that_is_not_right_is_refused(secretariat, spam, changes, field):
    address = f"{MANY}?domain=spam.example"
    seen = secretariat.get(address).context["form"]["seen"].value()
    page = secretariat.post(address, {"kind": "reject", "reason": "Misbruik", "seen": seen, **changes})
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


@pytest.mark.parametrize(
    ("method", "path"), [("get", ""), ("get", "besluiten/"), ("post", "{pk}/terugdraaien/")]
)
def test_many_at_once_is_for_the_secretariat(everyone, secretary, method, path):
    decision = decide("hold", [factories.SignatureFactory(published=True)], secretary)
    nobody_else = sorted(everyone.items(), key=lambda each: each[0] in ("secretariat", "administrator"))
    for who, client in nobody_else:
        status = getattr(client, method)(MANY + path.format(pk=decision.pk)).status_code
        if who in ("secretariat", "administrator"):
            assert status == (200 if method == "get" else 302), who
        else:
            assert status in ({302} if who == "visitor" else {302, 403}), who
            decision.refresh_from_db()
            assert decision.undone_at is None


def test_decision_that_does_not_exist_is_missing(secretariat):
    assert secretariat.post(f"{MANY}0/terugdraaien/").status_code == 404
    assert secretariat.get(f"{MANY}1/terugdraaien/").status_code == 405
