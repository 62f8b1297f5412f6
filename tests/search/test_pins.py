"""What editors put on top of a search: for which words, until when, and never what is not public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.models import Practice
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.search.finding import find
from smartsociety.core.search.kinds import entry_id
from smartsociety.core.search.pins import written_key
from tests import factories

pytestmark = pytest.mark.django_db
LIST, SEARCH = "/kennisbank/", "/zoeken/"


@pytest.fixture
def practices() -> dict[str, Practice]:
    """Two about bats, and two that have no word of it."""
    titles = ("Vleermuizen tellen", "Vleermuizen in een kast", "Nachtdieren", "Bomen")
    return {title: factories.PracticeFactory(title=title) for title in titles}


def pin(words: str, *practices: Practice, **fields):
    """Put these on top."""
    entries = [entry_id(PRACTICE_KIND, practice.pk) for practice in practices]
    return factories.PinnedSearchFactory(words=words, entries=entries, **fields)


def found(text: str) -> list[str]:
    """Titles, the best first."""
    return [practice.title for practice in Practice.objects.published().search(text)]


def test_pinned_come_first_in_their_order_and_once(practices):
    ordinary = found("vleermuis")
    pin("vleermuis", practices["Nachtdieren"], practices[ordinary[1]])
    assert found("vleermuis") == ["Nachtdieren", ordinary[1], ordinary[0]]


@pytest.mark.parametrize("text", ["tellen vleermuis", "Vleermuizen én de TELLEN", "vleermuis tellen tellen"])
def test_order_capitals_forms_and_words_that_say_nothing_do_not_matter(practices, text):
    pin("vleermuizen tellen", practices["Bomen"])
    assert found(text)[0] == "Bomen"


@pytest.mark.parametrize(
    "text",
    [
        "vleermuis",
        "vleermuis tellen kast",
        "vleermuis tellen -kast",
        '"vleermuizen tellen"',
        "vleermuis OR tellen",
    ],
)
def test_another_search_and_one_that_narrows_has_its_own_order(practices, text):
    pin("vleermuizen tellen", practices["Bomen"])
    assert "Bomen" not in found(text)


def test_words_that_staff_leave_out_are_left_out_here_too(practices):
    pin("vleermuis", practices["Bomen"])
    assert found("slimme vleermuis")[0] != "Bomen"
    factories.SpecialWordFactory(word="slimme", kind="stop")
    assert found("slimme vleermuis")[0] == "Bomen"


def test_pin_answers_words_that_find_nothing(practices):
    pin("flapdier", practices["Nachtdieren"])
    answer = find("flapdier")
    assert (found("flapdier"), answer.has_answer) == (["Nachtdieren"], True)


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (1, True)])
def test_pin_holds_up_to_and_including_its_day(practices, days, is_there):
    pin("vleermuis", practices["Bomen"], until_on=timezone.localdate() + timedelta(days=days))
    assert ("Bomen" in found("vleermuis")) is is_there


def test_what_was_withdrawn_is_never_shown_and_comes_back(visitor, practices):
    pin("vleermuis", practices["Bomen"], practices["Nachtdieren"])
    rows = Practice.objects.filter(title="Bomen")
    rows.update(status="archived")
    assert found("vleermuis")[0] == "Nachtdieren"
    assert find("vleermuis").pinned == [entry_id(PRACTICE_KIND, practices["Nachtdieren"].pk)]
    for address in (LIST, SEARCH):
        assert "Bomen" not in visitor.get(address, {"q": "vleermuis"}).content.decode()
    rows.update(status="published")
    assert found("vleermuis")[:2] == ["Bomen", "Nachtdieren"]


def test_pin_that_changed_or_went_holds_no_longer(practices):
    kept = pin("vleermuis", practices["Bomen"])
    assert found("vleermuis")[0] == "Bomen"
    kept.entries = [entry_id(PRACTICE_KIND, practices["Nachtdieren"].pk)]
    kept.save()
    assert found("vleermuis")[0] == "Nachtdieren"
    kept.delete()
    assert "Nachtdieren" not in found("vleermuis")


def test_list_says_who_put_it_there_and_counts_it(visitor, practices):
    pin("vleermuis", practices["Bomen"])
    html = visitor.get(LIST, {"q": "vleermuis"}).content.decode()
    assert "3 praktijkvoorbeelden" in html
    assert html.count("Uitgelicht door de redactie") == 1
    assert html.index("Bomen") < html.index("Vleermuizen")
    assert "Uitgelicht" not in visitor.get(LIST, {"q": "bomen"}).content.decode()


def test_filters_hold_for_what_is_pinned(visitor, practices):
    Practice.objects.filter(title="Bomen").update(phase="pilot")
    Practice.objects.exclude(title="Bomen").update(phase="in_use")
    pin("vleermuis", practices["Bomen"])
    html = visitor.get(LIST, {"q": "vleermuis", "phase": "in_use"}).content.decode()
    assert "2 praktijkvoorbeelden" in html
    assert "Uitgelicht" not in html
    assert "1 praktijkvoorbeeld" in visitor.get(LIST, {"q": "vleermuis", "phase": "pilot"}).content.decode()


def test_everything_of_every_kind_is_pinned_above_the_groups(visitor, practices):
    factories.FieldlabFactory(title_nl="Nacht van de natuur", slug="nacht", status="announced")
    lab = find("natuur").ranked.first(1)[0]
    factories.PinnedSearchFactory(
        words="vleermuis", entries=[lab, entry_id(PRACTICE_KIND, practices["Vleermuizen tellen"].pk)]
    )
    response = visitor.get(SEARCH, {"q": "vleermuis"})
    assert [str(each.passage.title) for each in response.context["pinned"]] == [
        "Nacht van de natuur",
        "<mark>Vleermuizen</mark> tellen",
    ]
    (group,) = response.context["groups"]
    assert (group.count, response.context["count"]) == (1, 3)
    html = response.content.decode()
    assert ("3 resultaten" in html, html.count("Uitgelicht door de redactie")) == (
        True,
        1,
    )  # the heading says it


@pytest.mark.parametrize("text", ["", "\x00", "een of de", "-bomen", '"twee woorden"'])
def test_only_words_have_pins(text):
    """A search of nothing but words that say nothing is still a search."""
    assert bool(written_key(text)) is (text == "een of de")
