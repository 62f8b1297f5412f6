"""What happens to fieldlabs and outcomes."""

from datetime import UTC, datetime

import pytest

from fieldlabs import actions
from fieldlabs.models import Fieldlab, Outcome
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.mailbox import queued

pytestmark = pytest.mark.django_db
STANDING = [
    ("unconfirmed", False),
    ("registered", True),
    ("waiting", True),
    ("offered", True),
    ("attended", True),
    ("absent", True),
    ("cancelled", False),
    ("lapsed", False),
]


# Planning


def test_schedule_keeps_a_draft_under_quarter_and_title(planner):
    starts_at = datetime(2027, 4, 8, 8, tzinfo=UTC)
    draft = factories.FieldlabFactory.build(
        title_nl="Schoon water", starts_at=starts_at, status="draft", slug="", changed_at=starts_at
    )
    scheduled = actions.schedule(fieldlab=draft, by=planner)
    assert Fieldlab.objects.values_list("slug", "status").get(pk=scheduled.pk) == (
        "q2-2027-schoon-water",
        "draft",
    )


def test_schedule_gives_each_an_address_of_its_own(planner):
    starts_at = datetime(2027, 4, 8, 8, tzinfo=UTC)
    drafts = factories.FieldlabFactory.build_batch(3, title_nl="Water", starts_at=starts_at, status="draft")
    slugs = [actions.schedule(fieldlab=draft, by=planner).slug for draft in drafts]
    assert slugs == ["q2-2027-water", "q2-2027-water-2", "q2-2027-water-3"]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("draft", "announced"),
        ("announced", "open"),
        ("open", "closed"),
        ("closed", "open"),
        ("closed", "held"),
    ],
)
def test_move_goes_one_step(planner, here, there):
    fieldlab = factories.FieldlabFactory(status=here)
    assert actions.move(fieldlab=fieldlab, status=there, by=planner).status == there
    fieldlab.refresh_from_db()
    assert (fieldlab.status, queued()) == (there, [])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("draft", "open"),
        ("open", "cancelled"),
        ("held", "reported"),
        ("held", "open"),
        ("cancelled", "open"),
        ("open", ""),
        ("open", "x"),
    ],
)
def test_move_refuses_what_is_no_step_or_more_than_a_step(planner, here, there):
    fieldlab = factories.FieldlabFactory(status=here)
    with pytest.raises(InvalidTransition):
        actions.move(fieldlab=fieldlab, status=there, by=planner)
    fieldlab.refresh_from_db()
    assert fieldlab.status == here


def test_move_changes_the_status_alone(planner):
    fieldlab = factories.FieldlabFactory(status="draft")
    Fieldlab.objects.update(title_nl="Intussen hernoemd")
    actions.move(fieldlab=fieldlab, status="announced", by=planner)
    assert Fieldlab.objects.get().title_nl == "Intussen hernoemd"


@pytest.mark.parametrize(("status", "hears"), STANDING)
def test_cancel_fieldlab_tells_everybody_who_counts_on_it(registered, fieldlab, planner, status, hears):
    given = {"email": "bas@almere.example"} if hears else {}
    registered(status=status, language="en", **given)
    assert actions.cancel_fieldlab(fieldlab=fieldlab, by=planner).status == "cancelled"
    assert queued() == ([("fieldlabs/fieldlab_cancelled", "bas@almere.example", "en")] if hears else [])


@pytest.mark.parametrize("status", ["held", "reported", "cancelled"])
def test_cancel_fieldlab_is_too_late_once_it_was_held(planner, status):
    registration = factories.RegistrationFactory(fieldlab__status=status)
    with pytest.raises(InvalidTransition):
        actions.cancel_fieldlab(fieldlab=registration.fieldlab, by=planner)
    assert queued() == []


# Outcomes


def test_record_outcome_keeps_it_under_its_title(planner, fieldlab):
    outcome = factories.OutcomeFactory.build(
        fieldlab=fieldlab, organisation=None, title="Sensoren bij laadpalen", slug=""
    )
    actions.record_outcome(outcome=outcome, by=planner)
    kept = Outcome.objects.values_list("slug", "created_by", "fieldlab").get()
    assert kept == ("sensoren-bij-laadpalen", planner.pk, fieldlab.pk)
