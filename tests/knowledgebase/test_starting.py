"""An outcome of a fieldlab becomes a practice: by programme staff, or who speaks for its organisation."""

import pytest

from fieldlabs.permissions import can_turn_into_practice
from knowledgebase.models import Practice
from tests import factories
from tests.factories import practice_at
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db


def test_starting_makes_a_draft_and_leads_to_writing(programme):
    outcome = factories.OutcomeFactory(slug="sensoren", title="Sensoren")
    answer = programme.post(english("knowledgebase:practice_start", "sensoren"))
    practice = Practice.objects.get()
    assert (answer.status_code, answer.url) == (302, "/en/kennisbank/sensoren/bewerken/")
    assert (practice.outcome, practice.created_by, practice.status) == (outcome, programme.user, "draft")
    assert messages_of(answer) == [
        ("success", "A draft is made from the outcome. Complete it and send it in."),
        ("warning", "It has no owner yet. Add one at “Who takes part”."),
    ]


def start_of(outcome) -> str:
    """Where an outcome becomes a practice."""
    return english("knowledgebase:practice_start", outcome.slug)


STARTED_BY = {
    "visitor": 302,
    "stranger": 403,
    "representative": 302,
    "editor": 403,
    "secretariat": 403,
    "programme": 302,
    "reviewer": 403,
    "administrator": 302,
}


@pytest.mark.parametrize("who", STARTED_BY)
def test_who_speaks_for_the_organisation_of_an_outcome_and_programme_staff_start(everyone, who):
    theirs = factories.OutcomeFactory(organisation=everyone["representative"].organisation)
    answer = everyone[who].post(start_of(theirs))
    assert answer.status_code == STARTED_BY[who]
    starts = STARTED_BY[who] == 302 and who != "visitor"
    assert Practice.objects.filter(outcome=theirs).exists() == starts
    if starts:
        assert everyone[who].get(answer.url).status_code == 200
    page = everyone[who].get(theirs.get_absolute_url())
    assert page.context["may_start"] == starts


def test_representative_starts_only_from_published_outcomes_of_the_own_organisation(representative):
    own = representative.organisation
    company = factories.MembershipFactory(
        user=representative.user, role="representative", organisation__kind="company"
    ).organisation
    outcomes = [
        factories.OutcomeFactory(),
        factories.OutcomeFactory(organisation=factories.OrganisationFactory()),
        factories.OutcomeFactory(organisation=company),
        factories.OutcomeFactory(organisation=own, status="draft"),
    ]
    for outcome in outcomes:
        assert not can_turn_into_practice(representative.user, outcome)
    statuses = [representative.post(start_of(outcome)).status_code for outcome in outcomes]
    assert (statuses, Practice.objects.count()) == ([403, 403, 403, 404], 0)


def test_button_stands_on_the_page_of_the_outcome_until_there_is_a_practice(representative, stranger):
    outcome = factories.OutcomeFactory(organisation=representative.organisation)
    address = outcome.get_absolute_url()
    button = "Maak er een praktijkvoorbeeld van"
    assert (button in shown(representative.get(address)), button in shown(stranger.get(address))) == (
        True,
        False,
    )
    factories.PracticeFactory(outcome=outcome)
    assert button not in shown(representative.get(address))


@pytest.mark.parametrize(
    ("status", "address"), [("draft", "/en/kennisbank/x/bewerken/"), ("submitted", "/en/kennisbank/x/")]
)
def test_starting_again_leads_to_the_practice_that_is_there(programme, status, address):
    outcome = factories.OutcomeFactory(slug="sensoren")
    practice_at(status, slug="x", outcome=outcome)
    answer = programme.post(english("knowledgebase:practice_start", "sensoren"))
    assert (answer.url, messages_of(answer)) == (
        address,
        [("success", "A practice of this outcome is being made already. This is it.")],
    )
    assert Practice.objects.count() == 1


def test_starting_is_for_programme_staff(everyone):
    factories.OutcomeFactory(slug="sensoren")
    outsiders = {who: client for who, client in everyone.items() if who not in ("programme", "administrator")}
    statuses = {
        who: client.post("/kennisbank/indienen/sensoren/").status_code for who, client in outsiders.items()
    }
    assert statuses == dict.fromkeys(outsiders, 403) | {"visitor": 302}
    assert Practice.objects.count() == 0


def test_starting_from_nothing_is_missing(programme):
    assert programme.post("/kennisbank/indienen/nergens/").status_code == 404
