"""Editors put results on top of a search, after seeing what that does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.forms.pin import arranged, version_of
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.audit import history
from smartsociety.core.search.effects import Place
from smartsociety.core.search.kinds import entry_id
from smartsociety.core.search.models import PinnedSearch
from tests import factories

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/zoekwoorden/uitgelicht/", "/beheer/zoekwoorden/uitgelicht/nieuw/"


@pytest.fixture
def entries(reviewer) -> list[int]:
    """Numbers of three practices, in the index."""
    titles = ("Vleermuizen tellen", "Nachtdieren", "Bomen")
    made = [factories.PracticeFactory(title=title) for title in titles]
    reviewer.get("/zoeken/", {"q": "bomen"})
    return [entry_id(PRACTICE_KIND, practice.pk) for practice in made]


def titles(entries) -> list[str]:
    """Of candidates."""
    return [each.title for each in entries]


def test_editor_pins_and_it_is_in_the_list_and_the_audit(reviewer, visitor, entries):
    day = timezone.localdate() + timedelta(days=7)
    sent = {"words": "Vleermuizen", "entries": entries[1:], "until_on": day.isoformat(), "save": "1"}
    response = reviewer.post(NEW, sent)
    assert (response.status_code, response.url) == (302, LIST)
    pin = PinnedSearch.objects.get()
    assert (pin.words, pin.key, pin.entries, pin.until_on) == ("Vleermuizen", "vleermui", entries[1:], day)
    shown = visitor.get("/kennisbank/", {"q": "vleermuis"}).content.decode()
    assert shown.index("Nachtdieren") < shown.index("Bomen") < shown.index("Vleermuizen tellen")
    html = reviewer.get(LIST).content.decode()
    assert html.index("Nachtdieren") < html.index("Bomen")
    assert [(change.kind, change.by) for change in history(pin)] == [("insert", reviewer.user)]


def test_words_of_a_search_are_begun_with_and_offer_what_it_finds(reviewer, entries):
    context = reviewer.get(NEW, {"q": "vleermuis", "add": entries[2]}).context
    assert context["form"]["words"].value() == "vleermuis"
    assert (titles(context["chosen"]), titles(context["offered"])) == (["Bomen"], ["Vleermuizen tellen"])


def test_same_search_is_opened_instead_of_begun_again(reviewer, entries):
    pin = factories.PinnedSearchFactory(words="vleermuis")
    response = reviewer.get(NEW, {"q": "Vleermuizen"})
    assert (response.status_code, response.url) == (302, f"{LIST}{pin.pk}/")


@pytest.mark.parametrize(
    ("button", "after"),
    [
        ({"up": 2}, ["Vleermuizen tellen", "Bomen", "Nachtdieren"]),
        ({"up": 0}, ["Vleermuizen tellen", "Nachtdieren", "Bomen"]),
        ({"down": 0}, ["Nachtdieren", "Vleermuizen tellen", "Bomen"]),
        ({"drop": 1}, ["Vleermuizen tellen", "Bomen"]),
    ],
)
def test_buttons_arrange_without_saving_and_keep_what_was_typed(reviewer, entries, button, after):
    sent = {name: entries[place] for name, place in button.items()}
    context = reviewer.post(NEW, {"words": "x", "until_on": "morgen", "entries": entries, **sent}).context
    assert titles(context["chosen"]) == after
    assert (context["form"]["words"].value(), context["form"]["until_on"].value()) == ("x", "morgen")
    assert PinnedSearch.objects.count() == 0


def test_something_else_is_looked_for_and_added(reviewer, entries):
    sent = {"words": "vleermuis", "other": "bomen", "look": "1"}
    assert titles(reviewer.post(NEW, sent).context["offered"]) == ["Bomen"]
    sent = {"words": "vleermuis", "other": "bomen", "add": entries[2]}
    assert titles(reviewer.post(NEW, sent).context["chosen"]) == ["Bomen"]


@pytest.mark.parametrize("numbers", [["x", "-1", "", "9" * 12, "99999", "²"], ["999999999"]])
def test_numbers_of_nothing_are_passed_over(reviewer, numbers):
    context = reviewer.post(NEW, {"words": "x", "entries": numbers, "up": numbers}).context
    assert context["chosen"] == []


def test_preview_shows_the_effect_on_real_searches_and_saves_nothing(reviewer, entries):
    for words, times in (("vleermuizen", 4), ("bomen", 9)):
        factories.AskedCountFactory(words=words, times=times)
    sent = {"words": "vleermuis", "entries": [entries[1]], "preview": "1"}
    response = reviewer.post(NEW, sent)
    places = [Place(1, "Vleermuizen tellen", "Nachtdieren", 0), Place(2, "", "Vleermuizen tellen", 1)]
    shown = [(effect.words, effect.times, effect.places) for effect in response.context["preview"].shown]
    assert shown == [("vleermuis", 0, places), ("vleermuizen", 4, places)]
    assert "was 1" in response.content.decode()
    assert PinnedSearch.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"words": ""}, "Dit veld is verplicht."),
        ({"words": "bomen -kap"}, "Geef gewone woorden"),
        ({"words": '"twee woorden"'}, "Geef gewone woorden"),
        ({"words": "a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2 l3 m4"}, "Geef hoogstens twaalf woorden."),
        ({"until_on": "2020-01-01"}, "Deze dag is voorbij."),
        ({"until_on": "ooit"}, "Voer een geldige datum in."),
        ({"entries": []}, "Kies minstens één resultaat"),
        ({"words": "Bezet"}, "Voor deze zoekopdracht is al iets uitgelicht, onder ‘bezet’."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(reviewer, entries, fields, message):
    factories.PinnedSearchFactory(words="bezet")
    sent = {"words": "vleermuis", "entries": entries[:1], "save": "1", **fields}
    response = reviewer.post(NEW, sent)
    assert message in response.content.decode()
    assert response.context["form"]["words"].value() == sent["words"]
    assert PinnedSearch.objects.count() == 1


def test_six_are_too_many(reviewer, entries):
    more = [factories.PracticeFactory(title=f"Bomen {n}") for n in range(3)]
    reviewer.get("/zoeken/", {"q": "bomen"})
    six = [*entries, *(entry_id(PRACTICE_KIND, practice.pk) for practice in more)]
    html = reviewer.post(NEW, {"words": "vleermuis", "entries": six, "save": "1"}).content.decode()
    assert "hoogstens 5" in html
    assert PinnedSearch.objects.count() == 0


def test_colleague_who_was_first_is_not_overwritten(reviewer, entries):
    pin = factories.PinnedSearchFactory(words="vleermuis", entries=entries[:1])
    seen = version_of(pin)
    pin.save()
    sent = {"words": "vleermuis", "entries": entries[1:2], "version": seen, "save": "1"}
    assert "Een collega" in reviewer.post(f"{LIST}{pin.pk}/", sent).content.decode()
    pin.refresh_from_db()
    assert pin.entries == entries[:1]
    assert reviewer.post(f"{LIST}{pin.pk}/", {**sent, "version": version_of(pin)}).status_code == 302
    pin.refresh_from_db()
    assert pin.entries == entries[1:2]


def test_pin_is_removed(reviewer, entries):
    pin = factories.PinnedSearchFactory(words="vleermuis", entries=entries[:1])
    response = reviewer.post(f"{LIST}{pin.pk}/weg/", follow=True)
    assert "is niets meer uitgelicht" in response.content.decode()
    assert PinnedSearch.objects.count() == 0
    assert reviewer.post(f"{LIST}{pin.pk}/weg/").status_code == 404


def test_list_tells_what_is_over_and_what_nobody_sees(reviewer, entries):
    assert "nog niets uitgelicht" in reviewer.get(LIST).content.decode()
    factories.PinnedSearchFactory(words="oud", entries=entries[:1], until_on="2026-01-01")
    factories.PinnedSearchFactory(words="weg", entries=[entry_id(PRACTICE_KIND, 99_999)])
    html = reviewer.get(LIST).content.decode()
    assert "Voorbij" in html
    assert "Niet meer gepubliceerd: niemand ziet het" in html


def test_arranged_adds_what_is_chosen_once(rf, entries):
    posted = rf.post("/", {"entries": entries[:2], "add": entries[0]}).POST
    assert arranged(posted) == [entries[1], entries[0]]
