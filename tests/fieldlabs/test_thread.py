"""Where an outcome stands on the thread."""

import pytest

from fieldlabs.thread import fieldlab_step, outcome_step, outcome_thread
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome():
    """Sensors, of the fieldlab of spring."""
    return factories.OutcomeFactory(
        fieldlab__slug="voorjaar",
        fieldlab__title_nl="Voorjaar",
        slug="sensoren",
        title="Sensoren",
        language="en",
    )


def test_fieldlab_as_a_step_has_its_day(outcome):
    assert fieldlab_step(outcome.fieldlab) == {
        "kind": "fieldlab",
        "title": "Voorjaar",
        "url": "/fieldlabs/voorjaar/",
        "date": outcome.fieldlab.starts_at,
        "state": "done",
    }


def test_outcome_as_a_step_keeps_its_language(outcome):
    assert outcome_step(outcome, state="current") == {
        "kind": "outcome",
        "title": "Sensoren",
        "url": "/fieldlabs/voorjaar/opbrengst/sensoren/",
        "lang": "en",
        "state": "current",
    }


def test_thread_of_an_outcome_that_became_nothing_yet_shows_what_could_follow(outcome):
    steps = outcome_thread(outcome, [])
    assert [(step["kind"], step.get("state")) for step in steps] == [
        ("fieldlab", "done"),
        ("outcome", "current"),
        ("practice", None),
        ("adopted", None),
    ]


def test_thread_of_an_outcome_leads_to_every_practice_it_became(outcome):
    practices = [
        factories.PracticeFactory(slug=slug, title=slug.title(), outcome=outcome) for slug in ("een", "twee")
    ]
    assert [
        (step["kind"], step.get("title"), step.get("url")) for step in outcome_thread(outcome, practices)[2:]
    ] == [
        ("practice", "Een", "/kennisbank/een/"),
        ("practice", "Twee", "/kennisbank/twee/"),
        ("adopted", None, None),
    ]
