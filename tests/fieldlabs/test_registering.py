"""Registering on the pages: with and without an account, a colleague, an invitation; and what the link then does."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from fieldlabs.models import Fieldlab, Registration
from fieldlabs.views import registering
from smartsociety.core.models import Mail
from tests import factories
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db
ADDRESS = "/fieldlabs/voorjaar/aanmelden/"
ANSWER = {"name": "Bas Bakker", "organisation_name": "Ede", "email": "bas@ede.example"}


@pytest.fixture
def ede(db):
    """A municipality of the register."""
    return factories.OrganisationFactory(name="Ede")


def post(client, address=ADDRESS, **changed):
    """Press the button of the form."""
    return client.post(address, {**ANSWER, **changed})


def at(name, registration, language="nl") -> str:
    """The address of what the link of a registration opens."""
    with override(language):
        return reverse(f"fieldlabs:{name}", args=[registration.token])


def test_visitor_registers_by_a_link_in_the_mail(visitor, fieldlab, ede):
    assert visitor.get(ADDRESS).status_code == 200
    answer = post(visitor, access="Ramp", diet="Nuts", show_name="on")
    assert (answer.status_code, answer.url) == (302, "/fieldlabs/voorjaar/aanmelden/verstuurd/")
    assert visitor.get(answer.url).status_code == 200
    registration = Registration.objects.get()
    assert (registration.status, registration.organisation, registration.user) == ("unconfirmed", ede, None)
    (link, *_rest) = links_in(newest("fieldlabs/confirm_registration"))
    assert link.endswith(at("registration_detail", registration))
    assert visitor.get(at("registration_detail", registration)).status_code == 200
    registration.refresh_from_db()
    assert registration.status == "unconfirmed"  # opening a link changes nothing: scanners do so too
    answer = visitor.post(at("registration_confirm", registration))
    assert (answer.status_code, answer.url) == (302, at("registration_detail", registration))
    registration.refresh_from_db()
    assert (registration.status, registration.own_needs.access) == ("registered", "Ramp")


def test_person_with_an_account_registers_at_once(representative, fieldlab):
    page = representative.get(ADDRESS)
    assert "email" not in page.context["form"].fields
    assert page.context["form"]["organisation_name"].value() == representative.organisation.name
    answer = post(representative, organisation_name=representative.organisation.name)
    registration = Registration.objects.get()
    assert (answer.url, registration.user, registration.email) == (
        at("registration_detail", registration), representative.user, representative.user.email
    )  # fmt: skip
    assert registration.status == "registered"


def test_person_registers_a_colleague_who_gets_the_link(representative, fieldlab, ede):
    answer = post(representative, f"/en{ADDRESS}?collega=1")
    assert (answer.url, messages_of(answer)) == (
        "/en/fieldlabs/voorjaar/",
        [("success", "Bas Bakker is registered. We have sent a confirmation by mail.")],
    )
    registration = Registration.objects.get()
    assert (registration.user, registration.status, queued()) == (
        None, "registered", [("fieldlabs/registered", "bas@ede.example", "en")]
    )  # fmt: skip


def test_invited_person_registers_without_confirming_once(visitor, fieldlab, ede):
    invited = factories.FieldlabInvitationFactory(fieldlab=fieldlab, email="vera@ede.example")
    address = f"{ADDRESS}?uitnodiging={invited.token}"
    post(visitor, address)
    registration = Registration.objects.get()
    assert (registration.email, registration.status) == ("vera@ede.example", "registered")
    assert "email" in visitor.get(address).context["form"].fields  # a used link is a page like any other
    assert "email" in visitor.get(f"{ADDRESS}?uitnodiging=guess").context["form"].fields


def test_organisation_that_is_not_known_needs_its_side(visitor, fieldlab):
    page = post(visitor, organisation_name="Wijkraad Oost")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["helix"])
    assert page.context["form"]["organisation_name"].value() == "Wijkraad Oost"
    post(visitor, organisation_name="Wijkraad Oost", helix="society")
    assert Registration.objects.get().organisation_name == "Wijkraad Oost"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "www.spam.example"}, "name"),
        ({"email": "geen adres"}, "email"),
        ({"organisation_name": ""}, "organisation_name"),
        ({"access": "x" * 301}, "access"),
    ],
)
def test_mistake_keeps_what_was_typed(visitor, fieldlab, ede, changed, wrong):
    page = post(visitor, **changed)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [wrong])
    assert (Registration.objects.count(), queued()) == (0, [])


def test_known_address_is_not_given_away(visitor, fieldlab, ede):
    factories.RegistrationFactory(fieldlab=fieldlab, email="bas@ede.example")
    answer = post(visitor)
    assert answer.url == "/fieldlabs/voorjaar/aanmelden/verstuurd/"
    assert queued() == [("fieldlabs/registered", "bas@ede.example", "nl")]  # the owner gets the link again
    assert Registration.objects.count() == 1


def test_own_second_registration_leads_to_the_first(representative, fieldlab, registered):
    mine = registered(user=representative.user, email=representative.user.email)
    answer = post(representative, organisation_name=representative.organisation.name)
    assert (answer.url, Registration.objects.count()) == (at("registration_detail", mine), 1)


def test_program_that_fills_in_everything_gets_nothing(visitor, fieldlab, ede):
    page = post(visitor, trap="x")
    assert (page.status_code, Registration.objects.count()) == (429, 0)


def test_address_is_mailed_a_few_times_a_day(visitor, fieldlab, ede):
    statuses = [post(visitor).status_code for _try in range(registering.MAILS_PER_DAY + 1)]
    assert statuses == [302] * registering.MAILS_PER_DAY + [429]
    assert Mail.objects.count() == registering.MAILS_PER_DAY


def test_network_from_which_too_much_comes_waits(visitor, fieldlab, ede, monkeypatch):
    monkeypatch.setattr(registering, "TRIES_AN_HOUR", 1)
    assert [post(visitor, email=f"p{n}@ede.example").status_code for n in range(2)] == [302, 429]


@pytest.mark.parametrize("status", ["announced", "closed", "held", "reported", "cancelled"])
def test_registering_is_not_possible_outside_its_time(visitor, ede, status):
    factories.FieldlabFactory(slug="voorjaar", status=status)
    answer = post(visitor)
    assert (answer.status_code, page_template(answer)) == (403, "fieldlabs/register_not_possible.html")
    assert Registration.objects.count() == 0


def test_draft_is_missing(visitor, ede):
    factories.FieldlabFactory(slug="voorjaar", status="draft")
    assert (post(visitor).status_code, visitor.get(f"{ADDRESS}verstuurd/").status_code) == (404, 404)


# What the link does


def test_wrong_link_is_gone(visitor, registered):
    token = registered().token
    for wrong in ("guess", token[:-1], token.upper()):
        assert visitor.get(f"/fieldlabs/aanmelding/{wrong}/").status_code == 410


def test_waiting_person_sees_the_position(visitor, registered):
    registered("waiting")
    second = registered("waiting")
    page = visitor.get(at("registration_detail", second, "en"))
    assert "You are number 2." in shown(page)


def test_offer_is_taken_by_the_link(visitor, registered):
    offered = registered("offered")
    assert visitor.post(at("registration_accept", offered)).status_code == 302
    offered.refresh_from_db()
    assert offered.status == "registered"
    late = registered("waiting")
    answer = visitor.post(at("registration_accept", late, "en"))
    assert messages_of(answer)[-1] == ("error", "This place is no longer offered to you.")


def test_cancelling_by_the_link_frees_the_place_and_forgets_the_person(visitor, registered, fieldlab):
    mine = registered()
    answer = visitor.post(at("registration_cancel", mine, "en"))
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/voorjaar/")
    mine.refresh_from_db()
    assert (mine.status, mine.name, mine.email) == ("cancelled", "", "")
    again = visitor.post(at("registration_cancel", mine, "en"))
    assert ("error", "This registration can no longer be cancelled.") in messages_of(again)
    assert visitor.get(at("registration_detail", mine)).status_code == 200


def test_changing_by_the_link(visitor, registered):
    mine = registered()
    answer = visitor.post(
        at("registration_change", mine), {"name": "Vera Vos", "show_name": "on", "access": "Ramp", "diet": ""}
    )
    mine.refresh_from_db()
    assert (answer.status_code, mine.name, mine.show_name, mine.needs.access) == (
        302,
        "Vera Vos",
        True,
        "Ramp",
    )
    page = visitor.post(at("registration_change", mine), {"name": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["name"])


def test_sessions_are_chosen_and_clashes_pointed_out(visitor, fieldlab, registered):
    first, second = (factories.ProgrammeItemFactory(fieldlab=fieldlab) for _item in range(2))
    full = factories.ProgrammeItemFactory(fieldlab=fieldlab, capacity=1)
    factories.SessionChoiceFactory(item=full, registration=registered())
    mine = registered()
    answer = visitor.post(at("registration_sessions", mine), {"items": [first.pk, second.pk]})
    assert answer.status_code == 302
    assert visitor.get(answer.url).context["clashes"] == [(first, second)]
    page = visitor.post(at("registration_sessions", mine, "en"), {"items": [full.pk]})
    assert page.context["form"].errors == {"items": [f"{full} is full. Choose another one."]}
    assert set(mine.choices.values_list("item", flat=True)) == {first.pk, second.pk}  # nothing was lost


@pytest.mark.parametrize("name", ["registration_sessions", "registration_change"])
def test_who_gave_up_has_nothing_to_choose(visitor, registered, name):
    mine = registered("cancelled")
    answer = visitor.get(at(name, mine))
    assert (answer.status_code, answer.url) == (302, at("registration_detail", mine))


def test_file_for_the_calendar_has_the_link_for_online_only_with_a_place(visitor, fieldlab, registered):
    Fieldlab.objects.update(online_link="https://meet.example/lab")
    for status, shows, said in (("registered", True, "CONFIRMED"), ("waiting", False, "TENTATIVE")):
        answer = visitor.get(at("registration_calendar", registered(status)))
        (event,) = Calendar.from_ical(answer.content).events
        assert (str(event["STATUS"]), "https://meet.example/lab" in event["DESCRIPTION"]) == (said, shows)


def test_code_for_the_door_is_an_image(visitor, registered):
    answer = visitor.get(at("registration_qr", registered()))
    assert (answer["Content-Type"], answer.content[:4]) == ("image/svg+xml", b"<svg")


def test_link_for_online_is_for_who_has_a_place(visitor, representative, programme, fieldlab, registered):
    Fieldlab.objects.update(online_link="https://meet.example/lab")
    registered(user=representative.user, email=representative.user.email)
    seen = [
        "https://meet.example/lab" in client.get("/fieldlabs/voorjaar/").content.decode()
        for client in (visitor, representative, programme)
    ]
    assert seen == [False, True, True]


def test_participants_are_organisations_and_people_who_agreed(visitor, fieldlab, ede):
    Fieldlab.objects.update(capacity=9)
    make = factories.RegistrationFactory
    make(fieldlab=fieldlab, organisation=ede, name="Wel Genoemd", show_name=True)
    make(fieldlab=fieldlab, organisation=ede, name="Niet Genoemd")
    make(fieldlab=fieldlab, organisation=None, organisation_name="Wijkraad", helix="society", name="Stil")
    make(fieldlab=fieldlab, organisation=None, organisation_name="Wacht", helix="society", status="waiting")
    page = visitor.get("/fieldlabs/voorjaar/")
    assert [(one["label"], one["names"]) for one in page.context["participants"]] == [
        ("Ede", ["Wel Genoemd"]), ("Wijkraad", [])
    ]  # fmt: skip
    assert ("Niet Genoemd" in page.content.decode(), "Wacht" in shown(page)) == (False, False)


def test_personal_calendar_is_of_one_person_and_a_new_address_ends_the_old(
    representative, visitor, registered
):
    registered(user=representative.user, email=representative.user.email)
    registered()
    assert representative.get(english("fieldlabs:agenda")).context["agenda"] is None
    tokens = []
    for _press in range(2):
        representative.post("/fieldlabs/mijn-kalender/")
        tokens.append(representative.get("/fieldlabs/mijn-kalender/").context["agenda"].token)
    statuses = [visitor.get(f"/fieldlabs/kalender/eigen/{token}.ics").status_code for token in tokens]
    assert statuses == [404, 200]
    answer = visitor.get(f"/fieldlabs/kalender/eigen/{tokens[1]}.ics")
    assert len(Calendar.from_ical(answer.content).events) == 1
    assert answer["Cache-Control"] == "private, no-store"
