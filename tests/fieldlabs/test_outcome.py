"""An outcome: what the database refuses, who sees and writes it, and what happens to it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fieldlabs import actions
from fieldlabs.models import Outcome, OutcomeWriter
from fieldlabs.permissions import can_write
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import accepts, at_once, refused_by, refused_saying
from tests.mailbox import links_in, newest, queued

pytestmark = pytest.mark.django_db
STATES = {"draft": {"published"}, "published": {"draft"}}


@pytest.fixture
def planner():
    return factories.UserFactory(is_staff=True, roles=["programme"])


# What must never be


@pytest.mark.parametrize("here", STATES)
@pytest.mark.parametrize("there", STATES)
def test_outcome_moves_only_along_its_table(here, there):
    outcome = factories.OutcomeFactory(status=here)
    assert outcome.can_become(there) is (there in STATES[here])
    change = {"status": there, "published_at": "2027-01-01T00:00Z"}
    if here != there:
        assert accepts(lambda: Outcome.objects.filter(pk=outcome.pk).update(**change)) is True


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("kind_is_known", {"kind": "rumour"}),
        ("status_is_known", {"status": "burnt", "published_at": "2027-01-01T00:00Z"}),
        ("published_tells_what_was_learned", {"learned": ""}),
        ("published_has_its_date", {"published_at": None}),
        ("film_has_a_safe_address", {"video_url": "http://film.example/"}),
    ],
)
def test_outcome_that_cannot_be(constraint, fields):
    with refused_by(f"fieldlabs_outcome_{constraint}"):
        factories.OutcomeFactory(**fields)


@pytest.mark.parametrize(
    ("constraint", "make", "fields"),
    [
        ("fieldlabs_measurement_says_what_and_how", factories.MeasurementFactory, {"method": ""}),
        ("fieldlabs_outcomelink_leads_to_a_page", factories.OutcomeLinkFactory, {"url": "javascript:x"}),
        ("fieldlabs_outcomefile_is_of_a_known_kind", factories.OutcomeFileFactory, {"extension": "exe"}),
        ("fieldlabs_outcomewriter_email_is_lower_case", factories.OutcomeWriterFactory, {"email": "A@b.nl"}),
    ],
)
def test_evidence_that_cannot_be(constraint, make, fields):
    with refused_by(constraint):
        make(**fields)


def test_writer_is_asked_once():
    writer = factories.OutcomeWriterFactory()
    with refused_by("fieldlabs_outcomewriter_invited_once"):
        factories.OutcomeWriterFactory(outcome=writer.outcome, email=writer.email)


def test_outcome_of_a_reported_fieldlab_keeps_an_owner():
    report = factories.ReportFactory(published=True)
    outcome = factories.OutcomeFactory(fieldlab=report.fieldlab)
    with refused_saying("has no owner"):
        Outcome.objects.filter(pk=outcome.pk).update(organisation=None)
    with refused_saying("has no owner"):
        factories.OutcomeFactory(fieldlab=report.fieldlab, organisation=None)


# Who sees and who writes


def test_draft_is_seen_by_staff_and_by_whom_they_asked(planner):
    draft = factories.OutcomeFactory(status="draft")
    published = factories.OutcomeFactory(fieldlab=draft.fieldlab)
    planned = factories.OutcomeFactory(fieldlab__status="open")
    team, other = factories.UserFactory(), factories.UserFactory()
    factories.OutcomeWriterFactory(outcome=draft, email=team.email)
    seen = {
        who: set(Outcome.objects.visible_to(user))
        for who, user in (("nobody", AnonymousUser()), ("other", other), ("team", team), ("staff", planner))
    }
    assert seen == {
        "nobody": {published},
        "other": {published},
        "team": {published, draft},
        "staff": {published, draft, planned},
    }


@pytest.mark.parametrize(("status", "may"), [("held", True), ("open", True), ("reported", False)])
def test_team_writes_until_the_fieldlab_is_reported(planner, status, may):
    outcome = factories.OutcomeFactory(fieldlab__status=status)
    team = factories.UserFactory()
    factories.OutcomeWriterFactory(outcome=outcome, email=team.email)
    assert (can_write(team, outcome), can_write(planner, outcome)) == (may, True)
    assert (can_write(factories.UserFactory(), outcome), can_write(AnonymousUser(), outcome)) == (
        False,
        False,
    )


def test_asking_somebody_to_write_mails_the_way_there(planner):
    outcome = factories.OutcomeFactory(slug="sensoren", fieldlab__slug="najaar", status="draft")
    for _again in range(2):
        actions.invite_writer(outcome=outcome, email="Team@Ede.example", by=planner)
    assert list(OutcomeWriter.objects.values_list("email", "invited_by")) == [
        ("team@ede.example", planner.pk)
    ]
    assert queued() == [("fieldlabs/write_outcome", "team@ede.example", "nl")] * 2
    address = links_in(newest("fieldlabs/write_outcome"))[0]
    assert address.endswith("/fieldlabs/najaar/opbrengst/sensoren/schrijven/")


# What happens to it


def test_record_outcome_keeps_it_under_its_title(planner, fieldlab):
    factories.OutcomeFactory(slug="sensoren")
    outcome = Outcome(fieldlab=fieldlab, title="Sensoren")
    made = actions.record_outcome(outcome=outcome, by=planner)
    made.refresh_from_db()
    assert (made.slug, made.created_by, made.status, made.revision) == ("sensoren-2", planner, "draft", 1)


def test_publishing_keeps_the_first_day_and_taking_back_hides(planner):
    outcome = factories.OutcomeFactory(status="draft", published_at=None)
    first = actions.publish_outcome(outcome=outcome, by=planner).published_at
    assert list(Outcome.objects.public()) == [outcome]
    actions.take_back_outcome(outcome=outcome, by=planner)
    assert list(Outcome.objects.public()) == []
    assert actions.publish_outcome(outcome=outcome, by=planner).published_at == first


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (actions.publish_outcome, {"status": "draft", "learned": ""}),
        (actions.publish_outcome, {"status": "published"}),
        (actions.take_back_outcome, {"status": "draft"}),
        (actions.take_back_outcome, {"status": "published", "fieldlab__status": "reported"}),
        (actions.discard_outcome, {"status": "published"}),
    ],
)
def test_step_that_cannot_be_taken_changes_nothing(planner, action, fields):
    outcome = factories.OutcomeFactory(**fields)
    with pytest.raises(InvalidTransition):
        action(outcome=outcome, by=planner)
    assert Outcome.objects.get().status == fields["status"]


def test_draft_is_thrown_away_with_its_file(planner, django_capture_on_commit_callbacks):
    document = factories.OutcomeFileFactory(outcome__status="draft")
    storage, name = document.file.storage, document.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_outcome(outcome=document.outcome, by=planner)
    assert (Outcome.objects.count(), storage.exists(name)) == (0, False)


def test_draft_that_became_a_practice_is_not_thrown_away(planner):
    practice = factories.PracticeFactory(outcome=factories.OutcomeFactory(status="draft"))
    with pytest.raises(InvalidTransition):
        actions.discard_outcome(outcome=practice.outcome, by=planner)


# Two at once


def test_writing_what_does_not_differ_writes_nothing(planner):
    outcome = factories.OutcomeFactory()
    saved = actions.write_outcome(outcome=outcome, revision=1, names=["made", "organisation"], by=planner)
    assert (saved.revision, Outcome.objects.get().revision) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_ten_writers_at_once_on_the_same_outcome_one_is_kept_and_nine_are_told():
    outcome = factories.OutcomeFactory(status="draft")

    def write(number):
        mine = Outcome.objects.get(pk=outcome.pk)
        mine.made = f"Versie {number}"
        return actions.write_outcome(outcome=mine, revision=1, names=["made"], by=None).made

    results = at_once(*(lambda number=number: write(number) for number in range(10)))
    kept = [result for result in results if isinstance(result, str)]
    told = [result for result in results if isinstance(result, ChangedMeanwhile)]
    saved = Outcome.objects.get()
    assert (len(kept), len(told), saved.made, saved.revision) == (1, 9, kept[0], 2)
    print(f"one kept, {len(told)} told")


@pytest.mark.django_db(transaction=True)
def test_writers_of_different_teams_do_not_hinder_each_other():
    outcomes = factories.OutcomeFactory.create_batch(6, status="draft")

    def write(outcome):
        outcome.made = f"Van {outcome.pk}"
        return actions.write_outcome(outcome=outcome, revision=1, names=["made"], by=None).made

    results = at_once(*(lambda outcome=outcome: write(outcome) for outcome in outcomes))
    assert results == [f"Van {outcome.pk}" for outcome in outcomes]
