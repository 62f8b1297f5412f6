"""The home page and its thread: numbers that are true, and the newest of each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from smartsociety.thread import portal_thread
from tests import factories

pytestmark = pytest.mark.django_db


def numbers() -> dict[str, tuple[int, str]]:
    """What the thread counts, and the state of each step."""
    return {step["kind"]: (step["number"], step["state"]) for step in portal_thread()}


def test_thread_of_an_empty_portal_is_open():
    assert numbers() == dict.fromkeys(("signed", "fieldlab", "outcome", "practice", "adopted"), (0, "open"))


def test_thread_counts_what_the_world_may_know():
    for status in ("published", "submitted", "on_hold", "rejected", "withdrawn", "expired", "unconfirmed"):
        factories.signature_at(status)
    for status in ("draft", "open", "cancelled", "held", "reported"):
        factories.OutcomeFactory.create_batch(2, fieldlab=factories.FieldlabFactory(status=status))
    for status in ("draft", "submitted", "in_review", "published", "archived"):
        practice = factories.practice_at(status)
        factories.AdoptionFactory(practice=practice, stage="in_use")
        factories.AdoptionFactory(practice=practice, stage="interested")
    assert numbers() == {
        "signed": (1, "done"),
        "fieldlab": (2, "done"),
        "outcome": (4, "done"),
        "practice": (1, "done"),
        "adopted": (1, "done"),
    }


def test_thread_counts_an_organisation_that_signed_two_versions_once():
    first = factories.SignatureFactory(published=True)
    factories.SignatureFactory(organisation=first.organisation, declaration__version=2, published=True)
    assert numbers()["signed"] == (1, "done")


def test_thread_leads_to_the_lists():
    assert [step["url"] for step in portal_thread()] == [
        "/ondertekenaars/",
        "/fieldlabs/",
        "",
        "/kennisbank/?origin=own",
        "/impact/",
    ]


def test_home_shows_the_newest_of_each(visitor):
    now = timezone.now()
    signatures = [
        factories.SignatureFactory(published=True, published_at=now - timedelta(days=day)) for day in range(4)
    ]
    fieldlabs = [factories.FieldlabFactory(starts_at=now + timedelta(days=day)) for day in (5, 1, 9)]
    practices = [factories.PracticeFactory(published_at=now - timedelta(days=day)) for day in range(4)]
    page = visitor.get("/")
    assert page.status_code == 200
    assert list(page.context["signatures"]) == signatures[:3]
    assert list(page.context["fieldlabs"]) == [fieldlabs[1], fieldlabs[0]]
    assert list(page.context["practices"]) == practices[:3]


def test_home_shows_our_own_practices_before_those_of_other_sources(visitor):
    now = timezone.now()
    external = factories.PracticeFactory.create_batch(2, external=True, published_at=now)
    own = [factories.PracticeFactory(published_at=now - timedelta(days=day)) for day in (30, 20)]
    page = visitor.get("/")
    assert list(page.context["practices"]) == [own[1], own[0], external[1]]
    assert numbers()["practice"] == (2, "done")
    assert visitor.get("/kennisbank/?origin=own").context["page"].paginator.count == 2


def test_home_keeps_to_itself_what_is_not_public(visitor, administrator):
    for status in ("submitted", "on_hold", "withdrawn"):
        factories.signature_at(status, organisation__name=f"Verborgen {status}")
    factories.FieldlabFactory(status="draft", title_nl="Verborgen fieldlab")
    for status in ("draft", "in_review", "archived"):
        factories.practice_at(status, title=f"Verborgen {status}")
    for client in (visitor, administrator):
        page = client.get("/")
        assert [list(page.context[name]) for name in ("signatures", "fieldlabs", "practices")] == [[], [], []]
        assert "Verborgen" not in page.content.decode()


@pytest.mark.parametrize(("address", "language", "other"), [("/", "nl", "/en/"), ("/en/", "en", "/")])
def test_home_exists_in_both_languages_and_each_leads_to_the_other(visitor, address, language, other):
    page = visitor.get(address).content.decode()
    assert f'<html lang="{language}"' in page
    assert f'href="{other}"' in page


def test_home_is_only_read(visitor):
    answer = visitor.post("/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
