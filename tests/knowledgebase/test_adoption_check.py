"""Once a year: are you still this far? One mail for each organisation, one click without signing in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.actions import adopt, adoption_check
from knowledgebase.models import Adoption
from tests import factories
from tests.mailbox import links_in, newest, queued
from tests.pages import shown

pytestmark = pytest.mark.django_db
A_YEAR_AGO = timezone.now() - timedelta(days=366)


@pytest.fixture
def epe():
    """An organisation with two who speak for it, one who only writes, and one who left."""
    epe = factories.OrganisationFactory(name="Epe", slug="epe")
    for email, fields in {
        "anna@epe.example": {},
        "bas@epe.example": {},
        "writer@epe.example": {"role": "editor"},
        "left@epe.example": {"user__is_active": False},
    }.items():
        factories.MembershipFactory(organisation=epe, user__email=email, user__language="nl", **fields)
    return epe


def adoption(epe, title="Laadpalen", **fields) -> Adoption:
    """Said a year ago."""
    given = {"organisation": epe, "practice__title": title, "claimed_at": A_YEAR_AGO}
    return factories.AdoptionFactory(**given | fields)


def link() -> str:
    """The path of the link in the newest mail."""
    (found,) = (link for link in links_in(newest("knowledgebase/adoptions_still")) if "/nog-zo-ver/" in link)
    return "/" + found.split("/", 3)[3]


def test_each_representative_gets_one_mail_about_all(epe):
    for title in ("Laadpalen", "Regentonnen"):
        adoption(epe, title)
    assert adoption_check.ask_all() == 2
    assert queued() == [
        ("knowledgebase/adoptions_still", "anna@epe.example", "nl"),
        ("knowledgebase/adoptions_still", "bas@epe.example", "nl"),
    ]
    text = newest("knowledgebase/adoptions_still").text
    assert ("- Laadpalen: In gebruik" in text, "- Regentonnen: In gebruik" in text) == (True, True)


DUE = {
    "a year ago": ({}, True),
    "lately": ({"claimed_at": timezone.now() - timedelta(days=300)}, False),
    "confirmed lately": ({"checked_on": timezone.localdate() - timedelta(days=300)}, False),
    "confirmed long ago": ({"checked_on": timezone.localdate() - timedelta(days=366)}, True),
    "asked lately": ({"asked_at": timezone.now() - timedelta(days=300)}, False),
    "asked long ago": ({"asked_at": A_YEAR_AGO}, True),
    "stopped": ({"stage": "stopped", "stop_reason": "Te duur."}, False),
    "interested": ({"stage": "interested"}, True),
    "archived": ({"practice__archived": True}, False),
}


@pytest.mark.parametrize(("fields", "is_due"), DUE.values(), ids=DUE)
def test_adoption_is_asked_about_once_a_year(epe, fields, is_due):
    adoption(epe, **fields)
    assert (adoption_check.ask_all(), adoption_check.ask_all()) == (2 if is_due else 0, 0)


def test_nobody_to_ask_is_asked_as_soon_as_there_is_somebody():
    organisation = factories.OrganisationFactory()
    adoption(organisation)
    assert (adoption_check.ask_all(), Adoption.objects.get().asked_at) == (0, None)
    factories.MembershipFactory(organisation=organisation)
    assert adoption_check.ask_all() == 1


def test_one_click_says_that_all_is_still_so(epe, visitor):
    for title in ("Laadpalen", "Regentonnen"):
        adoption(epe, title)
    adoption_check.ask_all()
    page = visitor.get(link())
    assert [each.practice.title for each in page.context["asked"].open] == ["Laadpalen", "Regentonnen"]
    assert set(Adoption.objects.values_list("checked_on", flat=True)) == {None}  # looking says nothing
    page = visitor.post(link())
    today = timezone.localdate()
    assert list(Adoption.objects.values_list("checked_on", "asked_at", "stage")) == [
        (today, None, "in_use"),
        (today, None, "in_use"),
    ]
    assert "Dank u wel" in shown(page)


def test_one_of_them_is_answered_and_the_other_waits(epe, visitor):
    first, second = adoption(epe, "Laadpalen"), adoption(epe, "Regentonnen")
    adoption_check.ask_all()
    page = visitor.post(link(), {"adoption": first.pk})
    assert (page.context["asked"].open, page.context["asked"].answered) == ([second], [first])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.checked_on, second.checked_on) == (timezone.localdate(), None)
    assert visitor.post(link(), {"adoption": first.pk}).context["asked"].open == [second]


def test_answer_of_a_colleague_is_seen(epe, visitor):
    adoption(epe)
    adoption_check.ask_all()
    visitor.post(link())
    page = visitor.get(link())
    assert (page.status_code, page.context["asked"].open) == (200, [])


def test_link_does_not_reach_adoptions_of_another(epe, visitor):
    adoption(epe)
    other = factories.AdoptionFactory(asked_at=A_YEAR_AGO)
    adoption_check.ask_all()
    visitor.post(link(), {"adoption": other.pk})
    other.refresh_from_db()
    assert other.checked_on is None


@pytest.mark.parametrize("token", ["guess", "WzEsWzFdXQ:1abc:x"])
def test_link_that_is_not_ours_is_missing(visitor, token):
    assert visitor.get(f"/kennisbank/nog-zo-ver/{token}/").status_code == 404
    assert visitor.post(f"/kennisbank/nog-zo-ver/{token}/").status_code == 404


def test_link_of_last_year_is_missing(epe, visitor):
    adoption(epe)
    adoption_check.ask_all()
    old = link()
    Adoption.objects.update(asked_at=A_YEAR_AGO)
    assert visitor.post(old).status_code == 404
    assert Adoption.objects.get().checked_on is None


def test_page_leads_to_saying_how_far_or_that_it_stopped(epe, visitor):
    said = adoption(epe)
    adoption_check.ask_all()
    page = visitor.get(link()).content.decode()
    assert f'href="/kennisbank/{said.practice.slug}/overnemen/?organisatie=epe"' in page


def test_saying_how_far_it_is_answers_too(epe):
    said = adoption(epe)
    adoption_check.ask_all()
    person = epe.memberships.first().user
    adopt(practice=said.practice, organisation=epe, stage="stopped", stop_reason="Te duur.", by=person)
    said.refresh_from_db()
    assert (said.checked_on, said.asked_at) == (timezone.localdate(), None)


def test_practice_shows_when_it_was_confirmed(epe, visitor):
    said = adoption(epe, practice__slug="laadpalen")
    Adoption.objects.filter(pk=said.pk).update(checked_on="2026-05-04")
    assert "bevestigd op 4 mei 2026" in shown(visitor.get("/kennisbank/laadpalen/"))
