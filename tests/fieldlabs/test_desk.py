"""What programme staff do before and on the day: plan, programme, participants, invitations, the door."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from fieldlabs import actions
from fieldlabs.actions.invitation import invitable, invite
from fieldlabs.models import Fieldlab, FieldlabInvitation, ProgrammeItem, Registration
from smartsociety.core.models import Mail
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.fieldlabs.test_staff_views import PLAN
from tests.mailbox import queued
from tests.pages import messages_of

pytestmark = pytest.mark.django_db
DESK = "/beheer/fieldlabs/voorjaar/"


# Changing what people count on


@pytest.mark.parametrize(
    ("values", "told", "sequence"),
    [
        ({"place": "Ede"}, ["place"], 1),
        ({"venue": "De Fabriek", "format": "hybrid"}, ["venue", "format"], 1),
        ({"online_link": "https://meet.example/lab"}, ["online_link"], 1),
        ({"travel_nl": "Bus 5"}, ["travel_nl"], 1),
        ({"title_nl": "Anders"}, [], 1),  # calendars follow, nobody is mailed
        ({"contact_name": "Team"}, [], 0),
        ({"place": "Utrecht"}, [], 0),  # it was so already
    ],
)
def test_what_matters_is_mailed_and_reaches_calendars(fieldlab, registered, planner, values, told, sequence):
    registered(email="a@x.example"), registered("waiting", email="b@x.example"), registered("cancelled")
    assert actions.change(fieldlab=fieldlab, values=values, revision=1, by=planner) == told
    fieldlab.refresh_from_db()
    assert (fieldlab.sequence, fieldlab.revision, fieldlab.changed_by) == (sequence, 2, planner)
    mails = [to for kind, to, _language in queued() if kind == "fieldlabs/fieldlab_changed"]
    assert mails == (["a@x.example", "b@x.example"] if told else [])


@pytest.mark.parametrize(
    ("status", "mails"),
    [
        ("draft", 0),
        ("announced", 1),
        ("open", 1),
        ("closed", 1),
        ("held", 0),
        ("reported", 0),
        ("cancelled", 0),
    ],
)
def test_change_is_mailed_while_people_count_on_it(planner, status, mails):
    registration = factories.RegistrationFactory(fieldlab__status=status)
    actions.change(fieldlab=registration.fieldlab, values={"place": "Ede"}, revision=1, by=planner)
    assert len(queued()) == mails


def test_second_of_two_people_in_the_form_is_told(programme, fieldlab):
    first = programme.post(DESK, PLAN | {"revision": 1})
    second = programme.post(DESK, PLAN | {"revision": 1, "title_nl": "Overschreven"})
    assert (first.status_code, second.status_code) == (302, 409)
    fieldlab.refresh_from_db()
    assert fieldlab.title_nl == PLAN["title_nl"]
    assert second.context["form"]["title_nl"].value() == "Overschreven"  # nothing typed is lost


def test_calendar_counts_changes_and_says_cancelled_under_the_same_name(visitor, fieldlab, planner):
    def event():
        (found,) = Calendar.from_ical(visitor.get("/fieldlabs/kalender.ics").content).events
        return found

    before = event()
    actions.shift(fieldlab=fieldlab, days=7, by=planner)
    moved = event()
    actions.cancel_fieldlab(fieldlab=fieldlab, by=planner)
    off = event()
    assert len({str(one["UID"]) for one in (before, moved, off)}) == 1
    assert [int(one["SEQUENCE"]) for one in (before, moved, off)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (before, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moved.start.date() - before.start.date() == timedelta(days=7)


def test_calendar_and_feed_of_a_theme(visitor, fieldlab):
    theme = factories.ThemeFactory(slug="water")
    fieldlab.themes.add(theme)
    factories.FieldlabFactory()
    (event,) = Calendar.from_ical(visitor.get("/fieldlabs/kalender/water.ics").content).events
    assert str(event["SUMMARY"]) == "Voorjaar"
    assert visitor.get("/fieldlabs/kalender/onbekend.ics").status_code == 404
    feed = visitor.get("/fieldlabs/atom.xml?theme=water")
    assert (feed["Content-Type"], feed.content.count(b"<entry>")) == (
        "application/atom+xml; charset=utf-8",
        1,
    )


def test_list_is_narrowed_and_shown_by_quarter(visitor, fieldlab):
    theme = factories.ThemeFactory(slug="water")
    fieldlab.themes.add(theme)
    other = factories.FieldlabFactory(format="online")
    assert list(visitor.get("/fieldlabs/?theme=water").context["upcoming"]) == [fieldlab]
    assert list(visitor.get("/fieldlabs/?format=online").context["upcoming"]) == [other]
    assert list(visitor.get("/fieldlabs/?q=voorj").context["upcoming"]) == [fieldlab]
    quarters = visitor.get("/fieldlabs/?view=quarters").context["quarters"]
    assert [(quarter, set(held)) for quarter, held in quarters] == [(fieldlab.quarter, {fieldlab, other})]


@pytest.mark.parametrize(
    ("fields", "status", "mode", "kinds"),
    [
        ({}, "EventScheduled", "OfflineEventAttendanceMode", ["Place"]),
        ({"status": "cancelled"}, "EventCancelled", "OfflineEventAttendanceMode", ["Place"]),
        ({"format": "online"}, "EventScheduled", "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ({"format": "hybrid"}, "EventScheduled", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_page_tells_search_engines_what_it_is(visitor, fields, status, mode, kinds):
    fieldlab = factories.FieldlabFactory(online_link="https://meet.example/secret", **fields)
    page = visitor.get(fieldlab.get_absolute_url())
    data = page.context["structured_data"]()
    assert (data["@type"], data["eventStatus"].rsplit("/")[-1], data["eventAttendanceMode"].rsplit("/")[-1]) == (
        "Event", status, mode
    )  # fmt: skip
    assert [place["@type"] for place in data["location"]] == kinds
    assert ("application/ld+json" in page.content.decode(), "secret" in page.content.decode()) == (
        True,
        False,
    )


# The programme


def item(**changed) -> dict:
    """What is typed about a part, on the first morning."""
    start = timezone.localtime(Fieldlab.objects.get(slug="voorjaar").starts_at) + timedelta(hours=1)
    return {
        "kind": "track", "title_nl": "Spoor", "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "ends_at": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    } | changed  # fmt: skip


def test_part_is_added_changed_and_taken_out(programme, fieldlab):
    assert programme.post(f"{DESK}programma/nieuw/", item()).status_code == 302
    part = ProgrammeItem.objects.get()
    programme.post(f"{DESK}programma/{part.pk}/", item(room="Raadzaal"))
    part.refresh_from_db()
    assert (part.room, programme.get(f"{DESK}programma/").status_code) == ("Raadzaal", 200)
    programme.post(f"{DESK}programma/{part.pk}/weg/")
    assert ProgrammeItem.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"title_nl": ""}, "title_nl"),
        ({"starts_at": "2020-01-01T09:00"}, "starts_at"),
        ({"capacity": "0"}, "capacity"),
    ],
)
def test_part_with_a_mistake_is_not_kept(programme, fieldlab, changed, wrong):
    page = programme.post(f"{DESK}programma/nieuw/", item(**changed))
    assert page.status_code == 200
    assert wrong in page.context["form"].errors or page.context["form"].non_field_errors()
    assert ProgrammeItem.objects.count() == 0


def test_lead_and_room_that_are_double_are_pointed_out(programme, fieldlab):
    make = factories.ProgrammeItemFactory
    make(fieldlab=fieldlab, title_nl="Een", lead="Anna Aerts", room="Raadzaal")
    make(fieldlab=fieldlab, title_nl="Twee", lead="anna aerts", room="raadzaal")
    make(
        fieldlab=fieldlab,
        lead="Anna Aerts",
        room="Raadzaal",
        starts_at=fieldlab.starts_at + timedelta(hours=5),
    )
    assert len(programme.get(f"{DESK}programma/").context["problems"]) == 2


# Participants


def test_participants_are_in_order_with_needs_and_balance(programme, fieldlab, registered):
    factories.NeedsFactory(registration=registered(name="Anna"), access="Ramp")
    registered(name="Bas")
    first, second = registered("waiting"), registered("waiting", helix="business")
    page = programme.get(f"{DESK}deelnemers/")
    assert ([one.name for one in page.context["people"]], page.context["waiting"]) == (
        ["Anna", "Bas"],
        [first, second],
    )
    rows = {row["label"]: (row["taken"], row["waiting"]) for row in page.context["balance"]}
    assert list(rows.values())[:2] == [(2, 1), (0, 1)]
    assert "Ramp" in page.content.decode()


def test_participants_as_a_file_hold_needs_and_run_nothing(programme, secretariat, fieldlab, registered):
    registration = registered(name="=cmd()", email="bas@ede.example")
    factories.NeedsFactory(registration=registration, access="Ramp", diet="Nuts")
    answer = programme.get(f"{DESK}deelnemers.csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert list(row.values())[:2] == ["'=cmd()", "bas@ede.example"]
    assert {"Ramp", "Nuts"} <= set(row.values())
    assert programme.get(f"{DESK}deelnemers.ods").content[:2] == b"PK"
    assert programme.get(f"{DESK}deelnemers.json").status_code == 404
    assert secretariat.get(f"{DESK}deelnemers.csv").status_code == 403


# Invitations


def test_invitations_go_by_side_region_and_theme_and_to_nobody_twice(programme, fieldlab):
    theme = factories.ThemeFactory()
    signature = factories.SignatureFactory(published=True, organisation__province="utrecht")
    signature.themes.add(theme)
    chosen = factories.MembershipFactory(organisation=signature.organisation, user__email="ja@x.example")
    factories.ConsentFactory(email="ja@x.example", purpose="fieldlabs")
    elsewhere = factories.SignatureFactory(published=True, organisation__province="drenthe").organisation
    factories.MembershipFactory(organisation=elsewhere)
    given = {
        "helix": ["government"],
        "province": ["utrecht"],
        "themes": [theme.pk],
        "addresses": "nieuw@x.example",
    }
    page = programme.post(f"{DESK}uitnodigen/", given | {"send": "0"})
    assert (page.context["people"], FieldlabInvitation.objects.count()) == ([chosen], 0)
    for number in (2, 0):
        answer = programme.post(f"{DESK}uitnodigen/", given | {"send": "1"})
        assert messages_of(answer)[-1][1].startswith(str(number))
    assert [to for _kind, to, _language in queued()] == ["ja@x.example", "nieuw@x.example"]
    assert [bool(mail.unsubscribe_url) for mail in Mail.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize(
    "consent", [{"purpose": "news"}, {"purpose": "fieldlabs", "withdrawn_at": timezone.now()}]
)
def test_representative_is_not_invited_without_consent_to_invitations(fieldlab, consent):
    membership = factories.MembershipFactory()
    factories.ConsentFactory(email=membership.user.email, **consent)
    assert invitable(fieldlab, [membership.organisation]) == []


def test_who_has_a_place_is_not_invited(fieldlab):
    membership = factories.MembershipFactory()
    factories.ConsentFactory(email=membership.user.email, purpose="fieldlabs")
    assert invitable(fieldlab, [membership.organisation]) == [membership]
    factories.RegistrationFactory(fieldlab=fieldlab, email=membership.user.email)
    assert invitable(fieldlab, [membership.organisation]) == []


@pytest.mark.parametrize("status", Fieldlab.Status.values)
def test_people_are_invited_to_what_they_can_see(planner, status):
    fieldlab = factories.FieldlabFactory(status=status)
    given = {"fieldlab": fieldlab, "organisations": [], "addresses": ["a@x.example"], "by": planner}
    if status in ("announced", "open"):
        assert invite(**given) == 1
    else:
        with pytest.raises(InvalidTransition):
            invite(**given)


@pytest.mark.parametrize("addresses", ["geen adres", "\n".join(f"p{n}@x.example" for n in range(101))])
def test_wrong_addresses_are_pointed_out(programme, fieldlab, addresses):
    page = programme.post(f"{DESK}uitnodigen/", {"addresses": addresses, "send": "1"})
    assert (list(page.context["form"].errors), queued()) == (["addresses"], [])


# The door


def test_door_checks_in_with_one_press_and_twice_is_once(programme, registered):
    one = registered(name="Bas Bakker")
    address = f"{DESK}inchecken/{one.code}/"
    assert programme.get(address).status_code == 200
    assert [programme.post(address).url for _press in range(2)] == [f"{DESK}inchecken/#p-{one.code}"] * 2
    one.refresh_from_db()
    assert (one.status, programme.get(f"{DESK}inchecken/").context["here"]) == ("attended", 1)
    programme.post(address, {"undo": "1"})
    one.refresh_from_db()
    assert one.status == "registered"


def test_door_finds_by_name_or_organisation(programme, registered):
    one, _other = registered(name="Bas Bakker"), registered(name="Vera Vos")
    assert programme.get(f"{DESK}inchecken/?q=bakk").context["people"] == [one]
    assert len(programme.get(f"{DESK}inchecken/?q=Gemeente").context["people"]) == 2


def test_door_says_when_there_is_no_place(programme, registered):
    registered(), registered()
    late = registered("waiting")
    answer = programme.post(f"{DESK}inchecken/{late.code}/")
    assert messages_of(answer)[-1][0] == "error"
    page = programme.post(
        f"{DESK}inchecken/nieuw/", {"name": "Wim", "organisation_name": "Wijkraad", "helix": "society"}
    )
    assert (page.status_code, len(page.context["form"].non_field_errors())) == (200, 1)


def test_door_lets_in_somebody_without_registration(programme, fieldlab):
    given = {"name": "Wim", "organisation_name": "Wijkraad", "helix": "society", "email": "wim@x.example"}
    assert programme.post(f"{DESK}inchecken/nieuw/", given).url == f"{DESK}inchecken/"
    wim = Registration.objects.get()
    assert (wim.status, wim.is_walk_in) == ("attended", True)
    assert programme.post(f"{DESK}inchecken/nieuw/", given).url == f"{DESK}inchecken/{wim.code}/"


def test_door_marks_the_others_as_absent(programme, registered):
    registered(), registered("attended")
    programme.post(f"{DESK}inchecken/afwezig/")
    assert set(Registration.objects.values_list("status", flat=True)) == {"absent", "attended"}


# Moving and copying on the page


def test_moving_and_copying_ask_for_a_day(programme, fieldlab):
    day = timezone.localdate() + timedelta(days=60)
    answer = programme.post(f"{DESK}verplaatsen/", {"starts_on": day.isoformat(), "reason": ""})
    fieldlab.refresh_from_db()
    assert (answer.status_code, timezone.localtime(fieldlab.starts_at).date()) == (302, day)
    for wrong in (day.isoformat(), "2020-01-01", ""):
        page = programme.post(f"{DESK}verplaatsen/", {"starts_on": wrong})
        assert list(page.context["form"].errors) == ["starts_on"]
    answer = programme.post(f"{DESK}kopie/", {"starts_on": (day + timedelta(days=91)).isoformat()})
    made = Fieldlab.objects.exclude(pk=fieldlab.pk).get()
    assert (answer.url, made.status) == (f"/beheer/fieldlabs/{made.slug}/", "draft")


def test_programme_is_in_the_order_of_the_day(visitor, fieldlab):
    late = factories.ProgrammeItemFactory(
        fieldlab=fieldlab, starts_at=fieldlab.starts_at + timedelta(hours=3)
    )
    early = factories.ProgrammeItemFactory(fieldlab=fieldlab)
    factories.SessionChoiceFactory.create_batch(2, item=late, registration__fieldlab=fieldlab)
    assert list(visitor.get("/fieldlabs/voorjaar/").context["items"]) == [early, late]
