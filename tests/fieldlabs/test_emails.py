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
PAGE, LIST, OWN, FILE = "/fieldlabs/voorjaar/", "/fieldlabs/", "own", "file"


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
    ("confirm_registration", "unconfirmed", "Confirm your registration: Spring", [OWN]),
    ("registered", "registered", "You have a place: Spring", [OWN, FILE]),
    ("registered", "waiting", "You are on the waiting list: Spring", [OWN]),
    ("place_offered", "offered", "There is a place for you: Spring", [OWN]),
    ("offer_lapsed", "offered", "The place has gone to somebody else: Spring", [PAGE]),
    ("registration_cancelled", "registered", "Your registration is cancelled: Spring", [PAGE]),
    ("fieldlab_cancelled", "registered", "Cancelled: Spring", [LIST]),
    ("reminder", "registered", "Coming soon: Spring", [PAGE, OWN]),
    ("joining", "registered", "Tomorrow: Spring", [OWN]),
]


def addresses_of(registration, paths) -> list[str]:
    """Where the links of a letter lead, without the language."""
    own = f"/fieldlabs/aanmelding/{registration.token}/"
    return [{OWN: own, FILE: f"{own}fieldlab.ics"}.get(path, path) for path in paths]


@pytest.mark.parametrize(("name", "status", "subject", "paths"), LETTERS)
def test_letter_in_english(registration, name, status, subject, paths):
    registration.status, registration.offer_expires_at = status, registration.fieldlab.starts_at
    mail = write(name, registration)
    assert (mail.kind, mail.to, mail.language, mail.subject) == (
        f"fieldlabs/{name}",
        "bas@ede.example",
        "en",
        subject,
    )
    assert links_in(mail) == [f"{SITE}/en{path}" for path in addresses_of(registration, paths)]
    assert mail.text.startswith("Dear Bas Bakker,\n")


@pytest.mark.parametrize(("name", "status", "subject", "paths"), LETTERS)
def test_letter_in_dutch_leads_to_dutch_pages_and_names_the_dutch_title(
    registration, name, status, subject, paths
):
    registration.status, registration.language = status, "nl"
    registration.offer_expires_at = registration.fieldlab.starts_at
    mail = write(name, registration)
    assert (mail.language, links_in(mail)) == (
        "nl",
        [SITE + path for path in addresses_of(registration, paths)],
    )
    assert ("Voorjaar" in mail.subject, "Spring" in mail.text) == (True, False)


def test_letter_to_nobody_is_not_written(registration):
    registration.email = ""
    emails.reminder(registration)
    assert Mail.objects.count() == 0


def test_letter_before_the_day_tells_how_to_join(registration):
    registration.fieldlab.online_link = "https://meet.example/lab"
    registration.fieldlab.travel_en = "Bus 5 stops at the door."
    text = write("joining", registration).text
    assert ("https://meet.example/lab" in text, "Bus 5 stops at the door." in text) == (True, True)


@pytest.mark.parametrize(
    ("changed", "subject", "says"),
    [
        (["starts_at"], "Another day or time: Spring", "is on another day or at another time"),
        (["place"], "Changed: Spring", "Something has changed"),
        (["online_link"], "Changed: Spring", "There is a new link for online"),
        (["travel_nl"], "Changed: Spring", "new information about getting there"),
    ],
)
def test_letter_of_a_change_says_what_changed(registration, changed, subject, says):
    emails.fieldlab_changed(registration, changed=changed, reason="The hall is not free.")
    mail = Mail.objects.latest("pk")
    assert (mail.subject, says in mail.text, "Why: The hall is not free." in mail.text) == (
        subject,
        True,
        True,
    )


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
