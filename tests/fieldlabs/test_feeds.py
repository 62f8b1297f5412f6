"""The calendar that people subscribe to, read back as their own calendar does."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from tests import factories

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ADDRESS = "/fieldlabs/kalender.ics"


@pytest.fixture
def spring():
    """A day in April, when Amsterdam keeps summer time."""
    return factories.FieldlabFactory(
        slug="voorjaar", title_nl="Voorjaar; water, en meer", title_en="Spring", summary_nl="Regel één.\nRegel twee.",
        venue="De Fabriek", place="Ede",
        starts_at=datetime(2027, 4, 8, 9, 30, tzinfo=AMSTERDAM), ends_at=datetime(2027, 4, 8, 17, tzinfo=AMSTERDAM),
    )  # fmt: skip


def read(client, address=ADDRESS) -> Calendar:
    """The calendar at `address`."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content)


def events(client, address=ADDRESS) -> list[Event]:
    """Its events, the first one first."""
    return sorted(read(client, address).events, key=lambda event: event.start)


def test_calendar_tells_when_and_where(visitor, spring, settings):
    settings.SITE_URL = "https://portal.example"
    (event,) = events(visitor)
    assert {
        name: str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "UID")
    } == {
        "SUMMARY": "Voorjaar; water, en meer",
        "DESCRIPTION": "Regel één.\nRegel twee.",
        "LOCATION": "De Fabriek, Ede",
        "URL": "https://portal.example/fieldlabs/voorjaar/",
        "STATUS": "CONFIRMED",
        "UID": f"fieldlab-{spring.pk}@portal.example",
    }


@pytest.mark.parametrize(
    ("starts_at", "offset"),
    [
        (datetime(2027, 1, 14, 9, 30, tzinfo=AMSTERDAM), timedelta(hours=1)),
        (datetime(2027, 7, 8, 9, 30, tzinfo=AMSTERDAM), timedelta(hours=2)),
    ],
)
def test_calendar_keeps_the_clock_of_amsterdam_with_its_rules(visitor, starts_at, offset):
    factories.FieldlabFactory(starts_at=starts_at)
    calendar = read(visitor)
    (event,) = calendar.events
    assert (event.start, event.start.utcoffset(), event["DTSTART"].params["TZID"]) == (
        starts_at,
        offset,
        "Europe/Amsterdam",
    )
    assert event.end - event.start == timedelta(days=1)
    assert [zone["TZID"] for zone in calendar.timezones] == ["Europe/Amsterdam"]
    assert {type(rule).__name__ for zone in calendar.timezones for rule in zone.subcomponents} == {
        "TimezoneStandard",
        "TimezoneDaylight",
    }


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("draft", []),
        ("announced", ["CONFIRMED"]),
        ("open", ["CONFIRMED"]),
        ("closed", ["CONFIRMED"]),
        ("held", ["CONFIRMED"]),
        ("reported", ["CONFIRMED"]),
        ("cancelled", ["CANCELLED"]),
    ],
)
def test_calendar_says_what_is_cancelled_and_keeps_drafts_to_itself(visitor, status, said):
    factories.FieldlabFactory(status=status, title_nl="Proef")
    assert [str(event["STATUS"]) for event in events(visitor)] == said


def test_calendar_shows_drafts_to_nobody(programme):
    factories.FieldlabFactory(status="draft")
    assert events(programme) == []


def test_calendar_keeps_the_same_event_under_the_same_name(visitor, spring):
    first = [str(event["UID"]) for event in events(visitor)]
    spring.title_nl, spring.starts_at = "Hernoemd", spring.starts_at - timedelta(days=7)
    spring.save()
    assert [str(event["UID"]) for event in events(visitor)] == first


def test_calendar_is_english_under_en(visitor, spring):
    (event,) = events(visitor, f"/en{ADDRESS}")
    assert (str(event["SUMMARY"]), str(event["URL"]).endswith("/en/fieldlabs/voorjaar/")) == ("Spring", True)


def test_calendar_without_fieldlabs_is_a_calendar(visitor):
    assert events(visitor) == []


def test_calendar_is_only_read(visitor):
    answer = visitor.post(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
