"""The public pages of fieldlabs: what they show to whom, and taking part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome():
    """Of a fieldlab that was held."""
    return factories.OutcomeFactory(fieldlab__slug="najaar", slug="sensoren", title="Sensoren bij laadpalen")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", "GET, HEAD"),
        ("najaar/", "GET, HEAD"),
        ("najaar/opbrengst/", "GET, HEAD"),
        ("najaar/opbrengst/sensoren/", "GET, HEAD"),
        ("najaar/aanmelden/", "GET, HEAD, POST"),
    ],
)
def test_wrong_method_is_refused(representative, outcome, path, allowed):
    method = "get" if allowed == "POST" else "delete"
    answer = getattr(representative, method)(f"/fieldlabs/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["", "opbrengst/", "aanmelden/"])
def test_fieldlab_that_does_not_exist_is_missing(representative, path):
    assert representative.get(f"/fieldlabs/nergens/{path}").status_code == 404


# The list


def test_list_shows_what_comes_and_what_was(visitor, fieldlab, outcome):
    factories.FieldlabFactory(status="draft", title_nl="Nog geheim")
    page = visitor.get("/fieldlabs/")
    assert (list(page.context["upcoming"]), list(page.context["page"])) == ([fieldlab], [outcome.fieldlab])
    assert ("Voorjaar" in shown(page), "Nog geheim" in page.content.decode()) == (True, False)


def test_list_shows_drafts_to_programme_staff(programme, stranger, fieldlab):
    draft = factories.FieldlabFactory(status="draft", starts_at=timezone.now() + timedelta(days=1))
    assert list(programme.get("/fieldlabs/").context["upcoming"]) == [draft, fieldlab]
    assert list(stranger.get("/fieldlabs/").context["upcoming"]) == [fieldlab]


def test_list_keeps_what_is_cancelled(visitor):
    cancelled = factories.FieldlabFactory(status="cancelled")
    assert list(visitor.get("/fieldlabs/").context["upcoming"]) == [cancelled]


# One fieldlab


def test_fieldlab_shows_its_places_and_who_takes_part(visitor, fieldlab, registered):
    first = registered(
        organisation=factories.OrganisationFactory(name="Ede"), name="Bas Bakker", email="bas@ede.example"
    )
    registered("waiting", organisation=factories.OrganisationFactory(name="Epe"))
    page = visitor.get("/en/fieldlabs/voorjaar/")
    assert (page.status_code, page.context["fieldlab"], page.context["fieldlab"].taken) == (200, fieldlab, 1)
    assert [one["organisation"] for one in page.context["participants"]] == [first.organisation]
    assert (page.context["may_register"], page.context["may_plan"], list(page.context["registrations"])) == (
        True,
        False,
        [],
    )
    assert "Spring" in shown(page)
    assert [
        secret
        for secret in ("Bas Bakker", "bas@ede.example", first.code, "Epe")
        if secret in page.content.decode()
    ] == []


def test_fieldlab_that_is_a_draft_is_for_programme_staff(everyone):
    factories.FieldlabFactory(slug="geheim", status="draft")
    statuses = {who: client.get("/fieldlabs/geheim/").status_code for who, client in everyone.items()}
    assert {who for who, status in statuses.items() if status == 200} == {"programme", "administrator"}
    assert set(statuses.values()) == {200, 404}


@pytest.mark.parametrize("status", ["announced", "open", "closed", "held", "reported", "cancelled"])
def test_fieldlab_offers_a_place_while_it_is_open(visitor, representative, status):
    factories.FieldlabFactory(slug="voorjaar", status=status)
    offered = [
        client.get("/fieldlabs/voorjaar/").context["may_register"] for client in (visitor, representative)
    ]
    assert offered == [status == "open"] * 2


def test_fieldlab_shows_a_person_the_own_registration(representative, fieldlab, registered):
    registered()
    mine = registered("waiting", user=representative.user, organisation=representative.organisation)
    registered("cancelled")
    page = representative.get("/fieldlabs/voorjaar/")
    assert (list(page.context["registrations"]), page.context["may_register"]) == ([mine], False)


def test_fieldlab_shows_outcomes_once_it_took_place(visitor, programme, outcome):
    assert list(visitor.get("/fieldlabs/najaar/").context["outcomes"]) == [outcome]
    busy = factories.OutcomeFactory(
        fieldlab__slug="bezig", fieldlab__status="open", fieldlab__starts_at=timezone.now()
    )
    assert list(visitor.get("/fieldlabs/bezig/").context["outcomes"]) == []
    assert list(programme.get("/fieldlabs/bezig/").context["outcomes"]) == [busy]


def test_fieldlab_shows_no_markup_of_its_author(visitor):
    factories.FieldlabFactory(
        slug="x", programme_nl="**Vet** <img src=x onerror=alert(1)>", summary_nl="<b>kort</b>"
    )
    page = visitor.get("/fieldlabs/x/").content.decode()
    assert ("<strong>Vet</strong>" in page, "<img src=x" in page, "<b>kort" in page) == (True, False, False)


# Outcomes


def test_outcomes_of_a_fieldlab_are_listed(visitor, outcome):
    factories.OutcomeFactory(title="Van een ander")
    page = visitor.get("/fieldlabs/najaar/opbrengst/")
    assert (list(page.context["page"]), page.context["fieldlab"], page.context["may_plan"]) == (
        [outcome],
        outcome.fieldlab,
        False,
    )
    assert ("Sensoren bij laadpalen" in shown(page), "Van een ander" in shown(page)) == (True, False)


def test_outcomes_still_being_written_are_for_programme_staff(visitor, programme):
    busy = factories.OutcomeFactory(fieldlab__slug="bezig", fieldlab__status="open")
    assert list(visitor.get("/fieldlabs/bezig/opbrengst/").context["page"]) == []
    assert list(programme.get("/fieldlabs/bezig/opbrengst/").context["page"]) == [busy]
    assert visitor.get(busy.get_absolute_url()).status_code == 404
    assert programme.get(busy.get_absolute_url()).status_code == 200


def test_outcome_shows_what_it_became_and_no_drafts_of_it(visitor, outcome):
    practice = factories.PracticeFactory(outcome=outcome)
    factories.PracticeFactory(outcome=outcome, status="draft", title="Nog geheim")
    factories.PracticeFactory()
    page = visitor.get("/fieldlabs/najaar/opbrengst/sensoren/")
    assert (page.context["outcome"], list(page.context["practices"])) == (outcome, [practice])
    assert [step["kind"] for step in page.context["thread_steps"]] == [
        "fieldlab",
        "outcome",
        "practice",
        "adopted",
    ]
    assert [
        text
        for text in (outcome.title, outcome.made, outcome.learned, outcome.failed)
        if text not in shown(page)
    ] == []
    assert "Nog geheim" not in page.content.decode()


def test_outcome_under_another_fieldlab_is_missing(visitor, outcome, fieldlab):
    assert visitor.get("/fieldlabs/voorjaar/opbrengst/sensoren/").status_code == 404
    assert visitor.get("/fieldlabs/najaar/opbrengst/onbekend/").status_code == 404
