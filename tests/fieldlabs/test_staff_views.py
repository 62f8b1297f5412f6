"""The desk of the programme staff."""

import re

import pytest

from fieldlabs.models import Fieldlab, Outcome
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
DESK = "/beheer/fieldlabs/"
PLAN = {
    "title_nl": "Schoon water",
    "summary_nl": "Samen.",
    "starts_at": "2027-04-08T09:30",
    "ends_at": "2027-04-08T17:00",
    "format": "on_site",
    "capacity": "40",
}
YIELD = {"title": "Sensoren", "kind": "lesson", "language": "nl", "learned": "Meten is weten."}


@pytest.fixture
def outcome():
    """Of a fieldlab that was held; nobody goes on with it yet."""
    return factories.OutcomeFactory(
        fieldlab__slug="najaar",
        fieldlab__title_nl="Najaar",
        fieldlab__title_en="Autumn",
        slug="sensoren",
        organisation=None,
    )


def test_desk_lists_drafts_too(programme, fieldlab):
    draft = factories.FieldlabFactory(status="draft", title_nl="Concept van ons")
    page = programme.get(DESK)
    assert (page.status_code, set(page.context["page"])) == (200, {fieldlab, draft})
    assert "Concept van ons" in shown(page)


# Planning


def test_planning_makes_a_draft_with_its_themes(programme):
    theme = factories.ThemeFactory()
    answer = programme.post(english("fieldlabs:fieldlab_create"), PLAN | {"themes": [theme.pk]})
    fieldlab = Fieldlab.objects.get()
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/q2-2027-schoon-water/")
    assert (fieldlab.status, list(fieldlab.themes.all()), fieldlab.capacity) == ("draft", [theme], 40)
    assert messages_of(answer) == [("success", "Schoon water is scheduled as a draft.")]


def test_planning_with_a_mistake_keeps_what_was_typed(programme):
    page = programme.post(f"{DESK}nieuw/", PLAN | {"ends_at": "2027-04-08T08:00"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["__all__"])
    assert page.context["form"]["title_nl"].value() == "Schoon water"
    assert Fieldlab.objects.count() == 0


def test_changing_keeps_the_address(programme, fieldlab):
    page = programme.get(f"{DESK}voorjaar/")
    assert (page.status_code, page.context["form"]["title_nl"].value()) == (200, "Voorjaar")
    answer = programme.post(english("fieldlabs:fieldlab_edit", "voorjaar"), PLAN | {"revision": 1})
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/voorjaar/")
    fieldlab.refresh_from_db()
    assert (fieldlab.title_nl, fieldlab.status, fieldlab.capacity) == ("Schoon water", "open", 40)
    assert messages_of(answer) == [
        ("success", "Schoon water is changed. Everybody who is registered gets a mail.")
    ]


def test_changing_with_a_mistake_changes_nothing(programme, fieldlab):
    page = programme.post(f"{DESK}voorjaar/", PLAN | {"capacity": ""})
    assert (page.status_code, page.context["form"]["title_nl"].value()) == (200, "Schoon water")
    fieldlab.refresh_from_db()
    assert fieldlab.title_nl == "Voorjaar"


# Moving on


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("draft", "announced", "Announced"),
        ("announced", "open", "Registration open"),
        ("open", "closed", "Registration closed"),
        ("open", "cancelled", "Cancelled"),
        ("closed", "held", "Held"),
    ],
)
def test_button_moves_a_fieldlab(programme, here, there, said):
    factories.FieldlabFactory(slug="x", title_nl="Proef", status=here)
    answer = programme.post(english("fieldlabs:fieldlab_move", "x"), {"status": there})
    assert (answer.status_code, answer.url) == (302, "/en/fieldlabs/x/")
    assert (Fieldlab.objects.get().status, messages_of(answer)) == (
        there,
        [("success", f"Proef is now: {said}.")],
    )


@pytest.mark.parametrize(
    ("here", "there"),
    [("draft", "open"), ("reported", "open"), ("open", "x"), ("held", "reported"), ("held", "cancelled")],
)
def test_button_that_cannot_be_says_so(programme, here, there):
    factories.FieldlabFactory(slug="x", status=here)
    answer = programme.post(english("fieldlabs:fieldlab_move", "x"), {"status": there})
    assert (answer.status_code, [level for level, _words in messages_of(answer)]) == (302, ["error"])
    assert Fieldlab.objects.get().status == here


def test_button_to_cancel_tells_who_counts_on_it(programme, registered):
    registered(email="bas@x.example")
    programme.post(f"{DESK}voorjaar/status/", {"status": "cancelled"})
    assert queued() == [("fieldlabs/fieldlab_cancelled", "bas@x.example", "nl")]


# Who, what and how


PATHS = ["", "nieuw/", "najaar/", "najaar/status/", "najaar/opbrengst/nieuw/"]


@pytest.mark.parametrize("path", PATHS)
def test_desk_is_for_programme_staff(everyone, outcome, path):
    outsiders = {who: client for who, client in everyone.items() if who not in ("programme", "administrator")}
    given = YIELD | PLAN | {"status": "reported"}
    statuses = {who: client.post(DESK + path, given).status_code for who, client in outsiders.items()}
    refused = 405 if path == "" else 403  # who is no staff does not even hear that a list is not posted to
    assert statuses == dict.fromkeys(outsiders, 403) | {
        "visitor": 302,
        "secretariat": refused,
        "reviewer": refused,
    }
    assert list(Fieldlab.objects.values_list("title_nl", "status")) == [("Najaar", "held")]
    assert list(Outcome.objects.values_list("title", flat=True)) == [outcome.title]


@pytest.mark.parametrize("path", ["x/", "x/status/", "x/opbrengst/nieuw/"])
def test_what_does_not_exist_is_missing(programme, outcome, path):
    assert programme.post(DESK + path, YIELD).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_wrong_method_is_refused(programme, outcome, path):
    allowed = {"": "GET, HEAD", "najaar/status/": "POST"}.get(path, "GET, HEAD, POST")
    answer = programme.get(DESK + path) if allowed == "POST" else programme.delete(DESK + path)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("fieldlab_edit", "Edit"),
        ("programme", "Programme"),
        ("followup_list", "Follow-ups"),
        ("report_edit", "Report"),
    ],
)
def test_tabs_of_a_fieldlab_tell_where_one_is(programme, name, tab):
    fieldlab = factories.FieldlabFactory()
    page = programme.get(english(f"fieldlabs:{name}", fieldlab.slug)).content.decode()
    tabs = page[page.index('aria-label="Of this fieldlab"') :]
    assert re.search(r'aria-current="page">([^<]+)<', tabs[: tabs.index("</nav>")])[1] == tab
