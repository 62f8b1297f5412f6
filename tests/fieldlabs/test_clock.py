"""What the clock does: windows, reminders, erasing; also over the change to summer time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from fieldlabs import actions, tasks
from fieldlabs.actions.erasing import erase_needs, erase_participants, erase_unconfirmed
from fieldlabs.actions.fieldlab import moved
from fieldlabs.actions.rounds import due_rounds, turn_the_clock
from fieldlabs.models import FieldlabInvitation, Needs, Registration
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.mailbox import newest, queued

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STARTS = datetime(2027, 4, 8, 9, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def april(db):
    """A day in April, with one person who has a place, one who waits, and reminders a week before."""
    made = factories.FieldlabFactory(slug="april", starts_at=STARTS, ends_at=STARTS + timedelta(hours=8))
    factories.RegistrationFactory(fieldlab=made, email="plaats@x.example")
    factories.RegistrationFactory(fieldlab=made, email="wacht@x.example", status="waiting")
    return made


def turn_at(moment: datetime) -> list[str]:
    """What leaves when the clock is turned at this moment."""
    before = len(queued())
    with time_machine.travel(moment, tick=False):
        turn_the_clock()
        turn_the_clock()  # a second worker at the same minute sends nothing
    return [f"{kind.removeprefix('fieldlabs/')} {to}" for kind, to, _language in queued()[before:]]


def test_each_round_leaves_once_at_its_time(april):
    told = {
        moment: turn_at(moment)
        for moment in (
            STARTS - timedelta(days=8),
            STARTS - timedelta(days=7),
            STARTS - timedelta(days=2),
            STARTS - timedelta(days=1, minutes=1),
            STARTS - timedelta(days=1),
            STARTS - timedelta(hours=1),
            STARTS + timedelta(hours=8, minutes=1),
        )
    }
    assert list(told.values()) == [
        [],
        ["reminder plaats@x.example"],
        [],
        [],
        ["joining plaats@x.example"],
        [],
        [],
    ]
    april.refresh_from_db()
    assert (april.status, april.rounds_sent) == ("held", ["168", "joining"])


def test_of_rounds_that_came_due_together_only_the_last_leaves(april):
    april.reminder_hours = [336, 168, 72]
    april.save()
    assert turn_at(STARTS - timedelta(hours=71)) == ["reminder plaats@x.example"]
    april.refresh_from_db()
    assert april.rounds_sent == ["336", "168", "72"]


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_nobody_is_reminded_of_what_does_not_come(status):
    fieldlab = factories.FieldlabFactory(status=status, starts_at=STARTS, ends_at=STARTS + timedelta(hours=8))
    with time_machine.travel(STARTS - timedelta(hours=2), tick=False):
        assert due_rounds(fieldlab) == []


@pytest.mark.parametrize(
    ("status", "opens", "closes", "at", "becomes"),
    [
        ("announced", -30, None, -31, "announced"),
        ("announced", -30, None, -30, "open"),
        ("announced", None, None, -1, "announced"),
        ("draft", -30, None, -29, "draft"),
        ("open", None, -5, -6, "open"),
        ("open", None, -5, -5, "closed"),
        ("open", None, None, 0, "closed"),
        ("closed", None, None, 1, "held"),
        ("cancelled", -30, None, 1, "cancelled"),
    ],
)
def test_window_opens_and_closes_by_itself(status, opens, closes, at, becomes):
    def day(number):
        return None if number is None else STARTS + timedelta(days=number)

    fieldlab = factories.FieldlabFactory(
        status=status, starts_at=STARTS, ends_at=STARTS + timedelta(hours=8),
        registration_opens_at=day(opens), registration_closes_at=day(closes),
    )  # fmt: skip
    turn_at(day(at))
    fieldlab.refresh_from_db()
    assert fieldlab.status == becomes


def test_joining_details_leave_at_the_same_hour_of_the_clock_over_a_change_to_summer_time():
    """On 28 March 2027 the clocks go forward: the day before lasts 23 hours."""
    monday = datetime(2027, 3, 29, 9, 30, tzinfo=AMSTERDAM)
    sunday = moved(datetime(2027, 3, 28, 9, 30, tzinfo=AMSTERDAM), -1)
    assert sunday == datetime(2027, 3, 27, 9, 30, tzinfo=AMSTERDAM)
    assert datetime(2027, 3, 28, 9, 30, tzinfo=AMSTERDAM).timestamp() - sunday.timestamp() == 23 * 3600
    fieldlab = factories.FieldlabFactory(starts_at=monday, ends_at=monday + timedelta(hours=8))
    factories.RegistrationFactory(fieldlab=fieldlab, email="a@x.example")
    assert turn_at(datetime(2027, 3, 28, 9, 29, tzinfo=AMSTERDAM)) == ["reminder a@x.example"]
    assert turn_at(datetime(2027, 3, 28, 9, 30, tzinfo=AMSTERDAM)) == ["joining a@x.example"]


# Moving and copying


def test_shift_moves_all_that_belongs_to_it_by_the_clock_and_nothing_else(april, planner):
    other = factories.FieldlabFactory(starts_at=STARTS + timedelta(days=90))
    factories.ProgrammeItemFactory(fieldlab=april, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
    april.registration_closes_at, april.reserved_until_on = STARTS - timedelta(days=3), date(2027, 3, 1)
    april.rounds_sent = ["168"]
    april.save()
    with time_machine.travel(STARTS - timedelta(days=5), tick=False):
        actions.shift(fieldlab=april, days=-21, reason="De zaal is bezet.", by=planner)
    april.refresh_from_db()
    # Before the change of 28 March: the same hour by the clock.
    assert timezone.localtime(april.starts_at).isoformat() == "2027-03-18T09:30:00+01:00"
    assert timezone.localtime(april.registration_closes_at).isoformat() == "2027-03-15T09:30:00+01:00"
    assert timezone.localtime(april.items.get().starts_at).isoformat() == "2027-03-18T09:30:00+01:00"
    assert (april.reserved_until_on, april.sequence, april.revision) == (date(2027, 2, 8), 1, 2)
    assert april.rounds_sent == []  # people are reminded of the new day
    assert [(kind, to) for kind, to, _language in queued()] == [
        ("fieldlabs/fieldlab_changed", "plaats@x.example"),
        ("fieldlabs/fieldlab_changed", "wacht@x.example"),
    ]
    assert "De zaal is bezet." in newest("fieldlabs/fieldlab_changed").text
    other.refresh_from_db()
    assert other.starts_at == STARTS + timedelta(days=90)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("draft", True), ("announced", True), ("open", True), ("closed", True),
        ("held", False), ("reported", False), ("cancelled", False),
    ],
)  # fmt: skip
def test_shift_is_of_what_is_to_come(planner, status, allowed):
    fieldlab = factories.FieldlabFactory(status=status)
    if allowed:
        assert actions.shift(fieldlab=fieldlab, days=7, by=planner).sequence == 1
    else:
        with pytest.raises(InvalidTransition):
            actions.shift(fieldlab=fieldlab, days=7, by=planner)


def test_copy_takes_the_programme_and_leaves_people_and_cases(april, planner):
    april.themes.add(factories.ThemeFactory())
    case = factories.case_at("accepted", fieldlab=april)
    item = factories.ProgrammeItemFactory(
        fieldlab=april, case=case, starts_at=STARTS, ends_at=STARTS + timedelta(hours=1), room="Raadzaal"
    )
    made = actions.copy(fieldlab=april, starts_on=date(2027, 7, 8), by=planner)
    assert (made.status, made.slug.startswith("q3-2027-"), made.themes.count()) == ("draft", True, 1)
    assert timezone.localtime(made.starts_at).isoformat() == "2027-07-08T09:30:00+02:00"
    copied = made.items.get()
    assert (copied.title_nl, copied.room, copied.case, copied.pk != item.pk) == (
        item.title_nl, "Raadzaal", None, True
    )  # fmt: skip
    assert (made.registrations.count(), april.items.count(), april.registrations.count()) == (0, 1, 2)


# Forgetting


def test_registration_that_nobody_confirmed_is_forgotten_after_two_days():
    factories.registration_at("unconfirmed")
    for days, gone in ((1, 0), (3, 1)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert erase_unconfirmed() == gone
    assert Registration.objects.count() == 0


def test_needs_go_the_night_after_and_at_once_when_it_is_off(april):
    factories.NeedsFactory(registration=april.registrations.first())
    off = factories.NeedsFactory(registration__fieldlab__status="cancelled")
    with time_machine.travel(STARTS + timedelta(hours=7), tick=False):
        assert erase_needs() == 1
    assert not Needs.objects.filter(pk=off.pk).exists()
    with time_machine.travel(STARTS + timedelta(hours=9), tick=False):
        assert erase_needs() == 1
    assert Needs.objects.count() == 0


def test_participants_are_forgotten_after_ninety_days_and_organisations_stay(april):
    person = factories.UserFactory()
    april.registrations.filter(status="registered").update(user=person, show_name=True)
    factories.FieldlabInvitationFactory(fieldlab=april)
    kept = april.registrations.values_list("organisation", flat=True)
    before = list(kept)
    for days, gone in ((89, 0), (92, 2)):
        with time_machine.travel(STARTS + timedelta(days=days), tick=False):
            assert erase_participants() == gone
    rows = set(april.registrations.values_list("name", "email", "user", "show_name"))
    assert (rows, list(kept), FieldlabInvitation.objects.count()) == ({("", "", None, False)}, before, 0)


def test_tasks_do_their_rounds(april):
    with time_machine.travel(STARTS - timedelta(days=7), tick=False):
        tasks.turn_the_clock(0)
    # There is a place for who waits, so that is offered too.
    assert [kind for kind, _to, _language in queued()] == ["fieldlabs/reminder", "fieldlabs/place_offered"]
    with time_machine.travel(STARTS + timedelta(days=200), tick=False):
        tasks.erase_personal_data(0)
        tasks.plan_ahead(0)
    assert set(april.registrations.values_list("email", flat=True)) == {""}
