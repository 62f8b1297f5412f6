"""Finding practices by words, in the language of the practice: whole words first, then the start of any."""

import pytest

from knowledgebase.models import Practice
from knowledgebase.search import questions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices():
    """Four in two languages, and one that is not published."""
    rows = [
        {"title": "Laadpalen vinden zonder rondrijden", "summary": "Sensoren tonen vrije plekken."},
        {"title": "Sensoren in de straat", "summary": "Meten van drukte.", "problem": "Te weinig laadpalen."},
        {"title": "Bomen bewateren", "approach": "Wij meten bodemvocht."},
        {"title": "Saving trees", "summary": "Watering on time.", "language": "en"},
    ]
    for row in rows:
        factories.PracticeFactory(**row)
    factories.PracticeFactory(draft=True, title="Geheime laadpalen")


def found(text: str) -> list[str]:
    """Titles of what is found, the best first."""
    return [practice.title for practice in Practice.objects.published().search(text)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("laadpalen", ["Laadpalen vinden zonder rondrijden", "Sensoren in de straat"]),  # a title weighs more
        ("laadpaal", ["Laadpalen vinden zonder rondrijden", "Sensoren in de straat"]),  # Dutch plurals
        ("LAADPALEN vinden", ["Laadpalen vinden zonder rondrijden"]),  # every word
        ('"vrije plekken"', ["Laadpalen vinden zonder rondrijden"]),
        ('"plekken vrije"', ["Laadpalen vinden zonder rondrijden"]),  # in another order: better than nothing
        ("sensoren -straat", ["Laadpalen vinden zonder rondrijden"]),
        ("bodemvocht OR drukte", ["Sensoren in de straat", "Bomen bewateren"]),
        ("tree", ["Saving trees"]),  # English plurals in an English practice
        ("watered", ["Saving trees"]),
        ("bodem", ["Bomen bewateren"]),  # the start of a word
        ("bewater zzz", ["Bomen bewateren"]),  # one of the words is enough when all find nothing
        ("zzz", []),
    ],
)
def test_search_finds(practices, text, titles):
    assert sorted(found(text)) == sorted(titles)
    if text.lower().startswith("laadpa"):
        assert found(text) == titles


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_search_for_nothing_finds_everything_in_its_own_order(practices, text):
    assert found(text) == [
        "Saving trees",
        "Bomen bewateren",
        "Sensoren in de straat",
        "Laadpalen vinden zonder rondrijden",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "\\",
        ":*",
        "&",
        "!",
        "|",
        "<->",
        "(",
        ")",
        "a & | b",
        "laad:*",
        "x'; DROP TABLE knowledgebase_practice; --",
        "\x00",
        "laadpalen\x00",
        "%",
        "_",
        "-",
        "²",
        "é" * 300,
        "a" * 5000,
        " ".join(map(str, range(500))),
        "🔌",
        "دعم",
    ],
)
def test_search_bears_whatever_is_typed(practices, text):
    assert isinstance(found(text), list)
    assert Practice.objects.count() == 5


def test_search_keeps_to_the_rows_it_was_given(practices):
    secret = Practice.objects.get(status="draft")
    assert list(Practice.objects.filter(pk=secret.pk).search("laadpalen")) == [secret]
    assert "Geheime laadpalen" not in found("laadpalen")


def test_search_follows_a_change_of_the_text(practices):
    practice = Practice.objects.get(title="Bomen bewateren")
    practice.title = "Fonteinen"
    practice.save()
    assert (found("fontein"), found("bewateren")) == (["Fonteinen"], [])


def test_search_asks_for_whole_words_and_then_for_the_start_of_any():
    assert [(question.text, question.kind) for question in questions("slimme laad-paal")] == [
        ("slimme laad-paal", "websearch"),
        ("slimme:* | laad:* | paal:*", "raw"),
    ]
    assert [question.kind for question in questions("!?")] == ["websearch"]


def test_search_asks_for_twenty_words_at_most():
    _whole, starts = questions(" ".join("x" * 50))
    assert starts.text.count(":*") == 20
