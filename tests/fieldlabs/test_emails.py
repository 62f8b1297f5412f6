"""What the mails of fieldlabs say, and where their links lead. The English words are in the source."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fieldlabs import emails
from smartsociety.core.models import Mail
from tests import factories
from tests.mailbox import links_in

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SITE = "https://portal.example"
PAGE, LIST, CALENDAR = "/fieldlabs/voorjaar/", "/fieldlabs/", "/fieldlabs/kalender.ics"


@pytest.fixture(autouse=True)
def addresses(settings):
    """The addresses that mails name."""
    settings.SITE_URL = SITE


@pytest.fixture
def registration(fieldlab):
    """Of Bas Bakker for Ede, for a day in April."""
    fieldlab.starts_at = datetime(2027, 4, 8, 9, 30, tzinfo=AMSTERDAM)
    fieldlab.ends_at = datetime(2027, 4, 8, 17, 0, tzinfo=AMSTERDAM)
    fieldlab.venue, fieldlab.place = "De Fabriek", "Ede"
    fieldlab.save()
    return factories.RegistrationFactory(
        fieldlab=fieldlab, organisation__name="Ede", email="bas@ede.example", language="en", name="Bas Bakker"
    )


def write(name, registration) -> Mail:
    """Queue this mail about `registration`."""
    getattr(emails, name)(registration)
    return Mail.objects.latest("pk")


LETTERS = [
    ("registered", "registered", "You have a place: Spring", [PAGE, CALENDAR]),
    ("registered", "waiting", "You are on the waiting list: Spring", [PAGE, CALENDAR]),
    ("registration_cancelled", "cancelled", "Your registration is cancelled: Spring", [PAGE]),
    ("fieldlab_cancelled", "registered", "Cancelled: Spring", [LIST]),
]


@pytest.mark.parametrize(("name", "status", "subject", "paths"), LETTERS)
def test_letter_in_english(registration, name, status, subject, paths):
    registration.status = status
    mail = write(name, registration)
    assert (mail.kind, mail.to, mail.language, mail.subject) == (
        f"fieldlabs/{name}",
        "bas@ede.example",
        "en",
        subject,
    )
    assert links_in(mail) == [f"{SITE}/en{path}" for path in paths]
    assert mail.text.startswith("Dear Bas Bakker,\n")


@pytest.mark.parametrize(("name", "status", "subject", "paths"), LETTERS)
def test_letter_in_dutch_leads_to_dutch_pages_and_names_the_dutch_title(
    registration, name, status, subject, paths
):
    registration.status, registration.language = status, "nl"
    mail = write(name, registration)
    assert (mail.language, links_in(mail)) == ("nl", [SITE + path for path in paths])
    assert ("Voorjaar" in mail.subject, "Spring" in mail.text) == (True, False)


@pytest.mark.parametrize("name", ["registered", "fieldlab_cancelled"])
def test_letter_says_when_and_where_by_the_clock_of_amsterdam(registration, name):
    assert (
        "When: Thursday 8 April 2027, 09:30 to 17:00\nWhere: De Fabriek, Ede\n"
        in write(name, registration).text
    )


def test_letter_of_a_fieldlab_of_two_days_names_both(registration):
    registration.fieldlab.ends_at = datetime(2027, 4, 9, 12, 0, tzinfo=AMSTERDAM)
    text = write("registered", registration).text
    assert "When: from Thursday 8 April 2027, 09:30 until Friday 9 April 2027, 12:00\n" in text


def test_letter_of_a_fieldlab_without_a_place_says_so(registration):
    registration.fieldlab.venue = registration.fieldlab.place = ""
    assert "Where: you will hear this later\n" in write("registered", registration).text


def test_letter_holds_no_secret(registration):
    assert registration.code not in write("registered", registration).text
