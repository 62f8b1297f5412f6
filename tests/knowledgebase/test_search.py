"""Finding practices by words: what counts, in which order, and that it is always true."""

import pytest

from alliance.models import Organisation
from knowledgebase.models import Practice
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
    ("text", "best"),
    [
        ("laadpalen", "Laadpalen vinden zonder rondrijden"),  # a title weighs more
        ("laadpaal", "Laadpalen vinden zonder rondrijden"),  # Dutch plurals
        ("laadplen", "Laadpalen vinden zonder rondrijden"),  # a slip of the pen
        ("LAADPALEN vinden", "Laadpalen vinden zonder rondrijden"),
        ('"vrije plekken"', "Laadpalen vinden zonder rondrijden"),
        ("vocht", "Bomen bewateren"),  # a part of a compound
        ("bodemvochtmeting", "Bomen bewateren"),  # a compound of it
        ("tree", "Saving trees"),  # English plurals in an English practice
        ("watered", "Saving trees"),
        ("bewater zzzz", "Bomen bewateren"),  # one of the words is enough
    ],
)
def test_best_practice_comes_first(practices, text, best):
    assert found(text)[0] == best


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("sensoren -straat", ["Laadpalen vinden zonder rondrijden"]),
        ("bodemvocht OR drukte", ["Bomen bewateren", "Sensoren in de straat"]),
        ('sensoren -"vrije plekken"', ["Sensoren in de straat"]),
        ('"plekken vrije"', ["Laadpalen vinden zonder rondrijden"]),  # in another order: better than nothing
        ("zzz", []),
    ],
)
def test_operators_narrow_and_widen(practices, text, titles):
    """What only looks like it may come after."""
    assert sorted(found(text)[: len(titles) or None]) == titles


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "!?", '""'])
def test_search_for_nothing_finds_everything_in_its_own_order(practices, text):
    assert found(text) == [
        "Saving trees",
        "Bomen bewateren",
        "Sensoren in de straat",
        "Laadpalen vinden zonder rondrijden",
    ]


def test_search_finds_only_what_everybody_may_see(practices):
    assert list(Practice.objects.filter(status="draft").search("laadpalen")) == []


def test_names_labels_and_places_count():
    owner = factories.OrganisationFactory(name="Sluisdam", place="Sluisdam", aliases=["Waterstad"])
    practice = factories.PracticeFactory(title="Iets heel anders", owner=owner)
    factories.PracticeFactory(title="Nog iets anders")
    practice.tags.add(factories.TagFactory(name="Mantelzorg", synonyms=["Buurthulp"]))
    practice.themes.add(factories.ThemeFactory(name_nl="Wonen", synonyms=["Huisvesting"]))
    for word in ("sluisdam", "waterstad", "mantelzorg", "buurthulp", "wonen", "huisvesting"):
        assert found(word) == ["Iets heel anders"]


def test_more_words_rank_better_together_than_apart():
    apart = (
        "Open de deur. "
        + "Wij praatten lang met elkaar over van alles in de wijk. " * 5
        + "Daarna kwam de data."
    )
    factories.PracticeFactory(title="Een", problem=apart)
    together = apart.replace("de data", "open data").replace("Open de", "Sluit de")
    factories.PracticeFactory(title="Twee", problem=together)
    assert found("open data") == ["Twee", "Een"]


def test_adoptions_lift_a_little_and_never_over_relevance():
    for title in ("Warmtenet aanleggen", "Warmtenet beheren"):
        factories.PracticeFactory(title=title)
    adopted = Practice.objects.get(title="Warmtenet aanleggen")
    factories.AdoptionFactory.create_batch(5, practice=adopted, stage="in_use")
    assert found("warmtenet") == ["Warmtenet aanleggen", "Warmtenet beheren"]
    assert found("warmtenet beheren")[0] == "Warmtenet beheren"


def test_search_follows_every_change_however_it_was_made(practices):
    practice = Practice.objects.get(title="Bomen bewateren")
    practice.title = "Fonteinen"
    practice.save()
    assert (found("fontein"), found("bewateren")) == (
        ["Fonteinen"],
        ["Saving trees"],
    )  # which only looks like it
    Practice.objects.filter(pk=practice.pk).update(title="Zwembaden")
    assert found("zwembad") == ["Zwembaden"]
    Practice.objects.filter(pk=practice.pk).update(status="archived")
    assert found("zwembad") == []


def test_search_follows_a_name_that_changed():
    practice = factories.PracticeFactory(title="Iets")
    Organisation.objects.filter(practices=practice).update(name="Nieuwstad")
    assert found("nieuwstad") == ["Iets"]


def test_published_practice_is_found_at_once():
    practice = factories.PracticeFactory(in_review=True, title="Vleermuiskasten")
    assert found("vleermuis") == []
    Practice.objects.filter(pk=practice.pk).update(status="published", published_at="2026-01-01T12:00Z")
    assert found("vleermuis") == ["Vleermuiskasten"]
