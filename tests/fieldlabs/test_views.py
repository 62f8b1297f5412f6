"""The public pages of fieldlabs: what they show to whom, and taking part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldlabs.models import Registration
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, page_template, shown, sign_in_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome():
    """Of a fieldlab that was held."""
    return factories.OutcomeFactory(fieldlab__slug="najaar", slug="sensoren", title="Sensoren bij laadpalen")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", "GET, HEAD"),
        ("najaar/", "GET, HEAD"),
        ("najaar/opbrengst/", "GET, HEAD"),
        ("najaar/opbrengst/sensoren/", "GET, HEAD"),
        ("najaar/aanmelden/", "GET, HEAD, POST"),
        ("aanmelding/code/annuleren/", "POST"),
    ],
)
def test_wrong_method_is_refused(representative, outcome, path, allowed):
    method = "get" if allowed == "POST" else "delete"
    answer = getattr(representative, method)(f"/fieldlabs/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["", "opbrengst/", "aanmelden/"])
def test_fieldlab_that_does_not_exist_is_missing(representative, path):
    assert representative.get(f"/fieldlabs/nergens/{path}").status_code == 404


# The list


def test_list_shows_what_comes_and_what_was(visitor, fieldlab, outcome):
    factories.FieldlabFactory(status="draft", title_nl="Nog geheim")
    page = visitor.get("/fieldlabs/")
    assert (list(page.context["upcoming"]), list(page.context["page"])) == ([fieldlab], [outcome.fieldlab])
    assert ("Voorjaar" in shown(page), "Nog geheim" in page.content.decode()) == (True, False)


def test_list_shows_drafts_to_programme_staff(programme, stranger, fieldlab):
    draft = factories.FieldlabFactory(status="draft", starts_at=timezone.now() + timedelta(days=1))
    assert list(programme.get("/fieldlabs/").context["upcoming"]) == [draft, fieldlab]
    assert list(stranger.get("/fieldlabs/").context["upcoming"]) == [fieldlab]


def test_list_keeps_what_is_cancelled(visitor):
    cancelled = factories.FieldlabFactory(status="cancelled")
    assert list(visitor.get("/fieldlabs/").context["upcoming"]) == [cancelled]


# One fieldlab


def test_fieldlab_shows_its_places_and_who_takes_part(visitor, fieldlab, registered):
    first = registered(organisation__name="Ede", name="Bas Bakker", email="bas@ede.example")
    registered("waiting", organisation__name="Epe")
    page = visitor.get("/en/fieldlabs/voorjaar/")
    assert (page.status_code, page.context["fieldlab"], page.context["fieldlab"].taken) == (200, fieldlab, 1)
    assert list(page.context["organisations"]) == [first.organisation]
    assert (page.context["may_register"], page.context["may_plan"], list(page.context["registrations"])) == (
        False,
        False,
        [],
    )
    assert "Spring" in shown(page)
    assert [
        secret
        for secret in ("Bas Bakker", "bas@ede.example", first.code, "Epe")
        if secret in page.content.decode()
    ] == []


def test_fieldlab_that_is_a_draft_is_for_programme_staff(everyone):
    factories.FieldlabFactory(slug="geheim", status="draft")
    statuses = {who: client.get("/fieldlabs/geheim/").status_code for who, client in everyone.items()}
    assert {who for who, status in statuses.items() if status == 200} == {"programme", "administrator"}
    assert set(statuses.values()) == {200, 404}


def test_fieldlab_offers_a_place_to_who_may_take_it(everyone, fieldlab):
    offered = {
        who: client.get("/fieldlabs/voorjaar/").context["may_register"] for who, client in everyone.items()
    }
    assert {who for who, offer in offered.items() if offer} == {"representative"}


def test_fieldlab_shows_a_person_the_own_registration(representative, fieldlab, registered):
    registered()
    mine = registered("waiting", user=representative.user, organisation=representative.organisation)
    registered("cancelled", user=representative.user, email="oud@x.example")
    page = representative.get("/fieldlabs/voorjaar/")
    assert (list(page.context["registrations"]), page.context["may_register"]) == ([mine], False)


def test_fieldlab_shows_outcomes_once_it_took_place(visitor, programme, outcome):
    assert list(visitor.get("/fieldlabs/najaar/").context["outcomes"]) == [outcome]
    busy = factories.OutcomeFactory(
        fieldlab__slug="bezig", fieldlab__status="open", fieldlab__starts_at=timezone.now()
    )
    assert list(visitor.get("/fieldlabs/bezig/").context["outcomes"]) == []
    assert list(programme.get("/fieldlabs/bezig/").context["outcomes"]) == [busy]


def test_fieldlab_shows_no_markup_of_its_author(visitor):
    factories.FieldlabFactory(
        slug="x", programme_nl="**Vet** <img src=x onerror=alert(1)>", summary_nl="<b>kort</b>"
    )
    page = visitor.get("/fieldlabs/x/").content.decode()
    assert ("<strong>Vet</strong>" in page, "<img src=x" in page, "<b>kort" in page) == (True, False, False)


# Registering


def test_registering_begins_with_the_name_of_the_person(representative, fieldlab):
    page = representative.get("/fieldlabs/voorjaar/aanmelden/")
    assert (page.status_code, page.context["form"]["name"].value()) == (200, representative.user.name)


def answer_of(client, **changed):
    """Register on the English page."""
    given = {"organisation": client.organisation.pk, "name": "Bas Bakker"}
    return client.post(english("fieldlabs:fieldlab_register", "voorjaar"), given | changed)


def test_registering_takes_a_place(representative, fieldlab):
    answer = answer_of(representative)
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/voorjaar/")
    assert messages_of(answer) == [
        ("success", "You are registered. We have sent you a confirmation by mail.")
    ]
    registration = Registration.objects.get()
    assert (registration.organisation, registration.user, registration.name) == (
        representative.organisation,
        representative.user,
        "Bas Bakker",
    )
    assert queued() == [("fieldlabs/registered", representative.user.email, "en")]


def test_registering_for_a_full_fieldlab_tells_of_the_waiting_list(representative, fieldlab, registered):
    registered(), registered()
    answer = answer_of(representative)
    told = "All places are taken. You are on the waiting list; we will mail you when a place comes free."
    assert (messages_of(answer), Registration.objects.latest("pk").status) == ([("success", told)], "waiting")


def test_registering_twice_changes_nothing(representative, fieldlab):
    answer_of(representative)
    answer = answer_of(representative, name="Nog eens")
    told = "You have registered for this fieldlab already, or registration has just closed."
    assert messages_of(answer)[-1] == ("info", told)
    assert (Registration.objects.get().name, len(queued())) == ("Bas Bakker", 1)


@pytest.mark.parametrize("changed", [{"name": ""}, {"name": "x" * 101}])
def test_registering_with_a_mistake_keeps_what_was_typed(representative, fieldlab, changed):
    page = answer_of(representative, **changed)
    assert (page.status_code, list(page.context["form"].errors), page.context["form"]["name"].value()) == (
        200,
        ["name"],
        changed["name"],
    )
    assert (Registration.objects.count(), queued()) == (0, [])


def test_registering_for_an_organisation_of_another_is_refused(representative, fieldlab):
    page = answer_of(representative, organisation=factories.MembershipFactory().organisation.pk)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["organisation"])
    assert Registration.objects.count() == 0


def test_registering_asks_a_visitor_to_sign_in(visitor, fieldlab):
    address = "/fieldlabs/voorjaar/aanmelden/"
    answer = visitor.get(address)
    assert (answer.status_code, answer.url) == (302, sign_in_before(address))


@pytest.mark.parametrize("who", ["stranger", "editor", "programme"])
def test_registering_explains_itself_to_who_represents_nobody(everyone, fieldlab, who):
    for answer in (
        everyone[who].get("/fieldlabs/voorjaar/aanmelden/"),
        everyone[who].post("/fieldlabs/voorjaar/aanmelden/"),
    ):
        assert (answer.status_code, page_template(answer)) == (403, "fieldlabs/register_not_possible.html")
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("status", ["announced", "closed", "held", "reported", "cancelled"])
def test_registering_is_not_possible_outside_its_time(representative, status):
    factories.FieldlabFactory(slug="voorjaar", status=status)
    answer = answer_of(representative)
    assert (answer.status_code, Registration.objects.count()) == (403, 0)


def test_registering_for_a_draft_is_missing(representative):
    factories.FieldlabFactory(slug="voorjaar", status="draft")
    assert answer_of(representative).status_code == 404


# Cancelling


def test_cancelling_gives_the_place_away(representative, registered):
    mine = registered(user=representative.user)
    answer = representative.post(english("fieldlabs:registration_cancel", mine.code))
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/voorjaar/")
    assert messages_of(answer) == [("success", "Your registration is cancelled.")]
    mine.refresh_from_db()
    assert mine.status == "cancelled"


def test_cancelling_is_for_the_person_whose_place_it_is(
    visitor, stranger, representative, administrator, registered
):
    theirs = registered(organisation=representative.organisation)
    address = f"/fieldlabs/aanmelding/{theirs.code}/annuleren/"
    answer = visitor.post(address)
    assert (answer.status_code, answer.url) == (302, sign_in_before(address))
    assert [client.post(address).status_code for client in (stranger, representative, administrator)] == [
        404
    ] * 3
    theirs.refresh_from_db()
    assert theirs.status == "registered"


def test_cancelling_twice_is_refused(representative, registered):
    mine = registered(user=representative.user)
    address = f"/fieldlabs/aanmelding/{mine.code}/annuleren/"
    assert [representative.post(address).status_code for _attempt in range(2)] == [302, 403]
    assert representative.post("/fieldlabs/aanmelding/onbekend/annuleren/").status_code == 404


# Outcomes


def test_outcomes_of_a_fieldlab_are_listed(visitor, outcome):
    factories.OutcomeFactory(title="Van een ander")
    page = visitor.get("/fieldlabs/najaar/opbrengst/")
    assert (list(page.context["page"]), page.context["fieldlab"], page.context["may_plan"]) == (
        [outcome],
        outcome.fieldlab,
        False,
    )
    assert ("Sensoren bij laadpalen" in shown(page), "Van een ander" in shown(page)) == (True, False)


def test_outcomes_still_being_written_are_for_programme_staff(visitor, programme):
    busy = factories.OutcomeFactory(fieldlab__slug="bezig", fieldlab__status="open")
    assert list(visitor.get("/fieldlabs/bezig/opbrengst/").context["page"]) == []
    assert list(programme.get("/fieldlabs/bezig/opbrengst/").context["page"]) == [busy]
    assert visitor.get(busy.get_absolute_url()).status_code == 404
    assert programme.get(busy.get_absolute_url()).status_code == 200


def test_outcome_shows_what_it_became_and_no_drafts_of_it(visitor, outcome):
    practice = factories.PracticeFactory(outcome=outcome)
    factories.PracticeFactory(outcome=outcome, status="draft", title="Nog geheim")
    factories.PracticeFactory()
    page = visitor.get("/fieldlabs/najaar/opbrengst/sensoren/")
    assert (page.context["outcome"], list(page.context["practices"])) == (outcome, [practice])
    assert [step["kind"] for step in page.context["thread_steps"]] == [
        "fieldlab",
        "outcome",
        "practice",
        "adopted",
    ]
    assert [
        text
        for text in (outcome.title, outcome.made, outcome.learned, outcome.failed)
        if text not in shown(page)
    ] == []
    assert "Nog geheim" not in page.content.decode()


def test_outcome_under_another_fieldlab_is_missing(visitor, outcome, fieldlab):
    assert visitor.get("/fieldlabs/voorjaar/opbrengst/sensoren/").status_code == 404
    assert visitor.get("/fieldlabs/najaar/opbrengst/onbekend/").status_code == 404
