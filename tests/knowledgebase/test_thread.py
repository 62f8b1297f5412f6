"""Where a practice stands on the thread."""

import pytest
from django.utils.translation import override

from knowledgebase.models import Practice
from knowledgebase.thread import practice_thread
from tests import factories

pytestmark = pytest.mark.django_db


def thread_of(practice) -> list[dict]:
    """The steps of `practice`, in English."""
    with override("en"):
        return practice_thread(Practice.objects.with_card_data().get(pk=practice.pk))


def test_thread_begins_where_the_practice_came_from(ede):
    outcome = factories.OutcomeFactory(fieldlab__title_nl="Najaar", title="Sensoren")
    steps = thread_of(factories.PracticeFactory(outcome=outcome, slug="laadpalen", language="nl"))
    assert [(step["kind"], step.get("title"), step.get("state")) for step in steps[:2]] == [
        ("fieldlab", "Najaar", "done"),
        ("outcome", "Sensoren", "done"),
    ]
    assert [step["kind"] for step in steps] == ["fieldlab", "outcome", "practice", "adopted"]


def test_thread_of_a_practice_of_its_own_begins_with_itself(practice):
    assert thread_of(practice) == [
        {
            "kind": "practice",
            "title": "Laadpalen vinden",
            "lang": "nl",
            "state": "current",
            "date": practice.published_at,
        },
        {"kind": "adopted", "url": "/en/kennisbank/laadpalen/#adoptions"},
    ]


@pytest.mark.parametrize(("count", "told"), [(1, "1 other uses it too"), (2, "2 others use it too")])
def test_thread_ends_with_how_many_adopted_it(practice, count, told):
    factories.AdoptionFactory.create_batch(count, practice=practice)
    factories.AdoptionFactory(practice=practice, stage="interested")
    assert thread_of(practice)[-1] == {
        "kind": "adopted",
        "url": "/en/kennisbank/laadpalen/#adoptions",
        "title": told,
        "state": "done",
    }


@pytest.mark.parametrize("status", ["draft", "open", "cancelled"])
def test_thread_names_no_fieldlab_that_did_not_take_place(status):
    outcome = factories.OutcomeFactory(
        fieldlab__status=status, fieldlab__title_nl="Nog geheim", title="Ook geheim"
    )
    steps = thread_of(factories.PracticeFactory(outcome=outcome))
    assert [step["kind"] for step in steps] == ["practice", "adopted"]
