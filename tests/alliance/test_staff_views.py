"""The desk of the secretariat."""

import pytest

from alliance.models import Membership, Signature
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
LIST = "/beheer/ondertekeningen/"


@pytest.fixture
def waiting(almere):
    """A signature of Almere that waits for a decision."""
    return factories.SignatureFactory(
        organisation=almere, submitted=True, signer_email="anna@almere.example", signer_name="Anna Aerts"
    )


def test_list_shows_what_waits_and_nothing_else(secretariat, waiting):
    for status in ("published", "rejected", "withdrawn"):
        factories.SignatureFactory(organisation__name=f"Al beslist {status}", **{status: True})
    factories.SignatureFactory(organisation__name="Onbevestigd")
    page = secretariat.get(LIST)
    assert (page.status_code, list(page.context["page"])) == (200, [waiting])
    assert ("Almere" in shown(page), "Al beslist" in shown(page), "Onbevestigd" in shown(page)) == (
        True,
        False,
        False,
    )


def test_desk_shows_the_evidence(secretariat, waiting):
    page = secretariat.get(f"{LIST}{waiting.pk}/")
    assert (page.status_code, page.context["signature"]) == (200, waiting)
    assert [
        words
        for words in ("Almere", "Anna Aerts", "anna@almere.example", waiting.mandate_by)
        if words not in shown(page)
    ] == []


def test_publishing_makes_a_signatory(secretariat, waiting, almere):
    answer = secretariat.post(english("alliance:signature_publish", waiting.pk), {"revision": 1})
    assert (answer.status_code, answer.url) == (302, f"/en{LIST}")
    assert messages_of(answer) == [("success", "Published: Almere is a signatory.")]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by) == ("published", secretariat.user)
    assert Membership.objects.get().organisation == almere


def test_rejecting_mails_the_reason(secretariat, waiting):
    answer = secretariat.post(
        english("alliance:signature_reject", waiting.pk), {"reason": "Het besluit ontbreekt.", "revision": 1}
    )
    assert (answer.status_code, answer.url) == (302, f"/en{LIST}")
    assert messages_of(answer) == [("success", "Rejected: Almere.")]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.reason) == ("rejected", "Het besluit ontbreekt.")
    assert queued() == [("alliance/signature_rejected", "anna@almere.example", "nl")]


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_rejecting_without_a_good_reason_keeps_what_was_typed(secretariat, waiting, reason):
    page = secretariat.post(f"{LIST}{waiting.pk}/afwijzen/", {"reason": reason, "revision": 1})
    form = page.context["decisions"][1]["form"]
    assert (page.status_code, list(form.errors), form["reason"].value()) == (200, ["reason"], reason)
    waiting.refresh_from_db()
    assert (waiting.status, queued()) == ("submitted", [])


@pytest.mark.parametrize("step", ["signature_publish", "signature_reject"])
def test_deciding_after_a_colleague_changes_nothing(secretariat, waiting, step):
    Signature.objects.update(status="rejected", revision=2)
    answer = secretariat.post(english(f"alliance:{step}", waiting.pk), {"reason": "Ook nee.", "revision": 1})
    assert answer.status_code == 409
    assert "Somebody was first. Nothing of yours was saved." in shown(answer)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.reason, queued()) == ("rejected", "", [])


@pytest.mark.parametrize("who", ["visitor", "stranger", "representative", "editor", "programme", "reviewer"])
@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/publiceren/", "{pk}/afwijzen/"])
def test_desk_is_for_the_secretariat(everyone, waiting, who, path):
    address = LIST + path.format(pk=waiting.pk)
    client, refused = everyone[who], 302 if who == "visitor" else 403
    assert client.post(address, {"reason": "Nee.", "revision": 1}).status_code in (refused, 405)
    assert client.get(address).status_code in (refused, 405)
    waiting.refresh_from_db()
    assert (waiting.status, queued()) == ("submitted", [])


def test_evidence_is_for_the_secretariat(everyone, waiting):
    outsiders = {
        who: client for who, client in everyone.items() if who not in ("secretariat", "administrator")
    }
    pages = {who: client.get(f"{LIST}{waiting.pk}/") for who, client in outsiders.items()}
    assert {who: page.status_code for who, page in pages.items()} == dict.fromkeys(outsiders, 403) | {
        "visitor": 302
    }
    assert [who for who, page in pages.items() if "anna@almere.example" in page.content.decode()] == []


def test_administrator_does_the_work_of_the_secretariat(administrator, waiting):
    administrator.post(f"{LIST}{waiting.pk}/publiceren/", {"revision": 1})
    waiting.refresh_from_db()
    assert waiting.status == "published"


@pytest.mark.parametrize(
    ("method", "path"), [("get", "0/"), ("post", "0/publiceren/"), ("post", "0/afwijzen/")]
)
def test_signature_that_does_not_exist_is_missing(secretariat, waiting, method, path):
    assert getattr(secretariat, method)(LIST + path, {"reason": "Nee."}).status_code == 404


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [("", "post", "GET, HEAD"), ("{pk}/", "post", "GET, HEAD"), ("{pk}/publiceren/", "get", "POST")],
)
def test_wrong_method_is_refused(secretariat, waiting, path, method, allowed):
    answer = getattr(secretariat, method)(LIST + path.format(pk=waiting.pk))
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
