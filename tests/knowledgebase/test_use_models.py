"""What the nouns of using a practice never become: the database refuses it, however it is asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from knowledgebase.models import AdoptionStep, Need, Question
from tests import factories
from tests.database import accepts, refused_by, refused_saying

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LIVES = {
    Need: {"open": {"found", "closed"}, "found": {"open"}, "closed": {"open"}},
    Question: {"open": {"answered", "closed"}, "answered": set(), "closed": set()},
}
AT = {"answered": {"answered": True}, "closed": {"closed": True}, "open": {}}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("knowledgebase_adoption_scaling_is_known", {"scaling": "sideways"}),
        ("knowledgebase_adoptionstep_stage_is_known", {"stage": "lost"}),
        ("knowledgebase_adoptionstep_stopped_says_why", {"stage": "stopped"}),
        ("knowledgebase_question_status_is_known", {"status": "lost", "answered_at": NOW}),
        ("knowledgebase_question_answered_has_its_answer", {"status": "answered", "answered_at": NOW}),
        ("knowledgebase_question_handled_has_its_date", {"status": "answered", "answer": "Ja."}),
        ("knowledgebase_question_handled_has_its_date", {"status": "closed"}),
        ("knowledgebase_question_handled_has_its_date", {"answered_at": NOW}),
        ("knowledgebase_question_answered_has_its_answer", {"answer": "Ja."}),
        ("knowledgebase_question_answered_has_its_answer", {"closed": True, "answer": "Ja."}),
        ("knowledgebase_question_meeting_was_asked_for", {"answered": True, "meeting_at": NOW}),
        ("knowledgebase_question_meeting_was_asked_for", {"meeting_at": NOW, "moments": [NOW]}),
        (
            "knowledgebase_question_meeting_was_asked_for",
            {"answered": True, "meeting_at": NOW, "moments": [NOW - timedelta(hours=1)]},
        ),
        ("knowledgebase_question_few_moments", {"moments": [NOW] * 4}),
        ("knowledgebase_subscription_frequency_is_known", {"frequency": "yearly"}),
        ("knowledgebase_subscription_follows_one_thing", {"theme": None}),
        ("knowledgebase_subscription_follows_one_thing", {"query": "q=laden"}),
        ("knowledgebase_need_status_is_known", {"status": "lost"}),
        ("knowledgebase_collection_featured_is_published", {"is_published": False, "is_featured": True}),
        ("knowledgebase_readcount_counts_something", {"number": 0}),
    ],
)
def test_use_refuses(name, fields):
    made = {
        "adoption": factories.AdoptionFactory,
        "adoptionstep": factories.AdoptionStepFactory,
        "question": factories.QuestionFactory,
        "subscription": factories.SubscriptionFactory,
        "need": factories.NeedFactory,
        "collection": factories.CollectionFactory,
        "readcount": factories.ReadCountFactory,
    }
    with refused_by(name):
        made[name.split("_")[1]](**fields)


def test_need_that_is_open_has_no_solution():
    with refused_by("knowledgebase_need_solution_is_of_what_is_found"):
        factories.NeedFactory(solution=factories.PracticeFactory())


def test_subscription_follows_two_things_never():
    with refused_by("knowledgebase_subscription_follows_one_thing"):
        factories.SubscriptionFactory(practice=factories.PracticeFactory())


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("knowledgebase_adoptiondraft_once_per_person", factories.AdoptionDraftFactory),
        ("knowledgebase_bookmark_is_unique", factories.BookmarkFactory),
        ("knowledgebase_collectionitem_is_unique", factories.CollectionItemFactory),
        ("knowledgebase_needoffer_once", factories.NeedOfferFactory),
        ("knowledgebase_needsupport_once_per_organisation", factories.NeedSupportFactory),
        ("knowledgebase_readcount_is_unique", factories.ReadCountFactory),
        ("knowledgebase_subscription_follows_once", factories.SubscriptionFactory),
    ],
)
def test_use_is_said_once(name, factory):
    first = factory()
    keys = [field for field in first._meta.fields if field.is_relation]
    with refused_by(name):
        factory(**{field.name: getattr(first, field.name) for field in keys})


def test_readers_without_organisation_are_counted_in_one_row():
    first = factories.ReadCountFactory(organisation=None)
    with refused_by("knowledgebase_readcount_is_unique"):
        factories.ReadCountFactory(organisation=None, practice=first.practice)


@pytest.mark.parametrize(
    ("model", "here", "there", "allowed"),
    [
        (model, here, there, there in life[here])
        for model, life in LIVES.items()
        for here in life
        for there in life
        if here != there
    ],
)
def test_use_moves_only_along_its_table(model, here, there, allowed):
    made = factories.NeedFactory(status=here) if model is Need else factories.QuestionFactory(**AT[here])
    assert made.can_become(there) is allowed
    also = {} if model is Need else {"answered_at": NOW, "answer": "Ja." if there == "answered" else ""}
    if there == "open" and model is Question:
        also = {"answered_at": None, "answer": ""}
    assert accepts(lambda: model.objects.filter(pk=made.pk).update(status=there, **also)) is allowed


def test_lives_name_every_status():
    assert {model: set(life) for model, life in LIVES.items()} == {
        model: set(model.Status.values) for model in LIVES
    }


def test_step_of_an_adoption_never_changes():
    step = factories.AdoptionStepFactory()
    with refused_saying("Cannot update rows"):
        AdoptionStep.objects.filter(pk=step.pk).update(reached_on=step.reached_on - timedelta(days=1))


def test_step_of_an_adoption_is_not_erased_alone_but_goes_with_it():
    step = factories.AdoptionStepFactory()
    with refused_saying("a step of an adoption is not erased"), connection.cursor() as cursor:
        AdoptionStep.objects.filter(pk=step.pk).delete()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    step.adoption.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert AdoptionStep.objects.count() == 0


def test_history_of_a_question_holds_nothing_that_was_said():
    factories.QuestionFactory(text="Waarom?", answered=True, answer="Daarom.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM knowledgebase_questionevent e")
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert ("Waarom" in rows, "Daarom" in rows, "answered" in rows) == (False, False, True)
