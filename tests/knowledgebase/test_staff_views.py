"""The desk of the editors."""

import pytest

from knowledgebase.models import Practice
from tests import factories
from tests.factories import practice_at
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
DESK = "/beheer/praktijkvoorbeelden/"
TOO_LATE = [("error", "A colleague has decided on this practice already. Nothing was changed.")]
STEPS = {
    "practice_review": "beoordelen/",
    "practice_return": "terugsturen/",
    "practice_publish": "publiceren/",
}


def test_desk_lists_what_waits_and_nothing_else(reviewer):
    waiting = [practice_at(status, title=f"Wacht {status}") for status in ("submitted", "in_review")]
    for status in ("draft", "published", "archived"):
        practice_at(status, title=f"Wacht niet {status}")
    page = reviewer.get(DESK)
    assert (page.status_code, list(page.context["page"])) == (200, waiting)
    assert ("Wacht submitted" in shown(page), "Wacht niet" in shown(page)) == (True, False)


def test_taking_it_from_the_list(reviewer):
    practice_at("submitted", slug="x")
    answer = reviewer.post(english("knowledgebase:practice_review", "x"))
    assert (answer.status_code, answer.url) == (302, "/en/kennisbank/x/")
    assert (Practice.objects.get().status, messages_of(answer)) == (
        "in_review",
        [("success", "You review this practice now.")],
    )


def test_sending_back_with_a_remark(reviewer):
    practice_at("in_review", slug="x", submitted_by__email="bas@ede.example")
    answer = reviewer.post(english("knowledgebase:practice_return", "x"), {"shortfall": "Noem de kosten."})
    assert (answer.status_code, answer.url, messages_of(answer)) == (
        302,
        "/en/kennisbank/x/",
        [("success", "Sent back.")],
    )
    assert (Practice.objects.get().status, queued()) == (
        "draft",
        [("knowledgebase/practice_returned", "bas@ede.example", "nl")],
    )


@pytest.mark.parametrize("remark", ["", "x" * 2001])
def test_sending_back_without_a_good_remark_keeps_what_was_typed(reviewer, remark):
    practice_at("in_review", slug="x")
    assert reviewer.get(f"{DESK}x/terugsturen/").status_code == 200
    page = reviewer.post(f"{DESK}x/terugsturen/", {"whole": remark})
    assert (page.status_code, page.context["form"]["whole"].value()) == (200, remark)
    assert (Practice.objects.get().status, queued()) == ("in_review", [])


def test_publishing(reviewer):
    practice_at(
        "in_review", slug="x", contact_email="mail@ede.example", submitted_by__email="bas@ede.example"
    )
    answer = reviewer.post(english("knowledgebase:practice_publish", "x"))
    practice = Practice.objects.get()
    assert (answer.status_code, answer.url, messages_of(answer)) == (
        302,
        "/en/kennisbank/x/",
        [("success", "Published.")],
    )
    assert (practice.status, practice.published_by) == ("published", reviewer.user)
    kind = "knowledgebase/practice_published"
    assert queued() == [(kind, "mail@ede.example", "nl"), (kind, "bas@ede.example", "nl")]


def test_publishing_what_one_sent_in_is_refused(administrator, reviewer):
    practice_at("in_review", slug="x", submitted_by=administrator.user)
    practice_at("in_review", slug="y", submitted_by=reviewer.user)
    assert administrator.post(f"{DESK}x/publiceren/").status_code == 403
    assert reviewer.post(f"{DESK}y/publiceren/").status_code == 403
    assert set(Practice.objects.values_list("status", flat=True)) == {"in_review"}


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("practice_review", "in_review"),
        ("practice_review", "draft"),
        ("practice_return", "draft"),
        ("practice_return", "published"),
        ("practice_publish", "submitted"),
        ("practice_publish", "published"),
    ],
)
def test_deciding_after_a_colleague_changes_nothing(reviewer, step, status):
    practice_at(status, slug="x")
    answer = reviewer.post(english(f"knowledgebase:{step}", "x"), {"whole": "Nee."})
    assert (answer.status_code, answer.url, messages_of(answer)) == (302, "/en/kennisbank/x/", TOO_LATE)
    assert (Practice.objects.get().status, queued()) == (status, [])


@pytest.mark.parametrize("path", STEPS.values())
def test_desk_is_for_editors(everyone, path):
    factories.PracticeFactory(in_review=True, slug="x")
    outsiders = {who: client for who, client in everyone.items() if who not in ("reviewer", "administrator")}
    statuses = {
        who: client.post(f"{DESK}x/{path}", {"whole": "Nee."}).status_code
        for who, client in outsiders.items()
    }
    assert statuses == dict.fromkeys(outsiders, 403) | {"visitor": 302}
    assert (Practice.objects.get().status, queued()) == ("in_review", [])


@pytest.mark.parametrize("path", STEPS.values())
def test_practice_that_does_not_exist_is_missing(reviewer, path):
    assert reviewer.post(f"{DESK}nergens/{path}", {"whole": "Nee."}).status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"), [("", "GET, HEAD"), *((f"x/{path}", "POST") for path in STEPS.values())]
)
def test_wrong_method_is_refused(reviewer, path, allowed):
    practice_at("in_review", slug="x")
    allowed = "GET, HEAD, POST" if path == "x/terugsturen/" else allowed
    answer = reviewer.get(DESK + path) if allowed == "POST" else reviewer.delete(DESK + path)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
