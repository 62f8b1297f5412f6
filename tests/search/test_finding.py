"""What a search tells beside its results: synonyms, what was probably meant, and that it was made simpler."""

import pytest
from django.db import connection

from knowledgebase.models import Practice
from smartsociety.core.search import finding, packing
from smartsociety.core.search.finding import find
from smartsociety.core.search.suggestions import distance
from smartsociety.core.search.vocabulary import CONTAINS, DERIVED, EXACT, LIKE, STEM, likeness
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices():
    """About bicycles and public transport."""
    for title in ("Stalling voor tweewielers", "Bussen op tijd", "Slimme apparaten in huis", "Bomen"):
        factories.PracticeFactory(title=title)


def titles(text: str) -> list[str]:
    """What is found, the best first."""
    return [practice.title for practice in Practice.objects.published().search(text)]


def test_synonym_works_both_ways_and_is_told(practices):
    factories.SynonymFactory(left="fiets, tweewieler")
    assert (titles("fietsen")[0], find("fietsen").synonyms) == ("Stalling voor tweewielers", ["tweewieler"])
    assert find("tweewieler").synonyms == []  # nobody wrote the other word
    assert find("bomen").synonyms == []


def test_synonym_of_one_way_works_one_way(practices):
    factories.SynonymFactory(left="ov", right="openbaar vervoer, bus")
    factories.PracticeFactory(title="Het OV van morgen")
    assert titles("ov")[:2] == ["Het OV van morgen", "Bussen op tijd"]
    assert "Het OV van morgen" not in titles("bus")


def test_synonym_of_several_words(practices):
    factories.SynonymFactory(left="internet of things, slimme apparaten")
    assert titles("internet of things")[0] == "Slimme apparaten in huis"
    assert find("internet of things").synonyms == ["slimme apparaten"]


def test_synonym_stops_when_it_is_removed(practices):
    synonym = factories.SynonymFactory(left="fiets, tweewieler")
    assert titles("fiets") == ["Stalling voor tweewielers"]
    synonym.delete()
    assert titles("fiets") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("twewielers", "tweewielers"),
        ("stallnig tweewielers", "stalling tweewielers"),
        ("bomen", ""),
        ("boom", ""),  # another form of a known word is no mistake
        ("zzzzzz", ""),
    ],
)
def test_misspelled_word_is_set_right(practices, text, meant):
    assert find(text).meant == meant


def test_other_word_of_the_same_stem_is_no_form_of_it(practices):
    for title in ("Overige vragen", "Overheid en vragen", "Overheden en vragen"):
        factories.PracticeFactory(title=title)
    found = find("overheid")
    assert {s.variant.text: s.weight for s in found.expanded.groups[0].values()} == {
        "overheid": 1.0,
        "overheden": STEM,
        "overige": DERIVED,
    }
    assert titles("overheid")[-1] == "Overige vragen"


def test_words_with_the_same_ending_are_hardly_alike(practices):
    factories.PracticeFactory(title="Tijdelijke huizen")
    factories.PracticeFactory(title="Begrijpelijke brieven")
    assert titles("tijdelijke")[:2] == ["Tijdelijke huizen", "Bussen op tijd"]


def test_title_that_is_what_was_asked_comes_first(practices):
    factories.PracticeFactory(title="Bomen", body="Over bomen.")
    factories.PracticeFactory(title="Wat is een deelfiets?", body="Over een deelfiets.")
    factories.PracticeFactory(title="Een deelfiets in alle wijken", body="Deelfiets, deelfiets, deelfiets.")
    assert titles("wat is een deelfiets")[0] == "Wat is een deelfiets?"


def test_question_words_are_not_looked_for(practices):
    factories.PracticeFactory(title="Waar en wanneer wij welke vragen mogen stellen")
    assert titles("waar en wanneer mag ik welke bomen")[0] == "Bomen"
    assert find("waar en wanneer mag ik welke bomen").question.groups == [["bomen"]]


def test_phrase_that_nothing_holds_is_told(practices):
    assert find('"tijd bussen"').without_phrase is True
    assert find('"bussen op tijd"').without_phrase is False


def test_search_that_takes_too_long_is_made_simpler(practices, monkeypatch):
    monkeypatch.setattr(finding, "TIME_LIMIT_MS", 1)
    slow = finding.rank
    monkeypatch.setattr(
        finding, "rank", lambda *a, **k: slow(*a, **k) if k == {"phrases": False} else _sleep()
    )
    found = find("bomen")
    assert (found.is_simplified, len(found.rows)) == (True, 1)


def test_search_that_reads_too_much_is_made_simpler(practices, monkeypatch):
    assert (find("bomen").is_simplified, find("bomen tijd").is_simplified) == (False, False)
    packing.pack()
    monkeypatch.setattr(finding, "MOST_READ", 1)
    found = find("bomen tijd")
    assert (found.is_simplified, {row.title for row in rows_of(found)}) == (True, {"Bomen", "Bussen op tijd"})
    found = find("bomen tijd -bussen")  # what may not be there stays out
    assert (found.is_simplified, {row.title for row in rows_of(found)}) == (True, {"Bomen"})


def test_kind_apart_is_ranked_as_in_its_own_list(practices):
    factories.ProjectFactory(title_nl="Bomen en bomen", is_published=True)
    alone, together = find("bomen", [1]), find("bomen", apart=[1])
    assert together.ids(1) == alone.ids(1) != []
    assert together.apart[1].scores == alone.ranked.scores
    assert {kind for kind, _number in together.rows} == {1, 3}


def test_word_that_only_another_kind_has_is_no_answer_of_this_one(practices):
    factories.PracticeFactory(title="Deelnemers aan de wandeling")
    factories.NeedFactory(title="Regels voor deelscooters")
    here, everywhere = find("deelscooters", [1]), find("deelscooters")
    assert (bool(here.ranked), here.only_near, here.has_answer) == (True, True, False)
    assert (everywhere.only_near, everywhere.has_answer) == (False, True)


def test_synonym_is_an_answer(practices):
    factories.SynonymFactory(left="bomen, woudreuzen")
    found = find("woudreuzen", [1])
    assert (found.only_near, found.has_answer) == (False, True)


def test_row_with_most_of_what_was_asked_is_an_answer_and_one_with_a_common_word_only_near(practices):
    rare = factories.PracticeFactory(title="Duizendknoop met stoom")
    common = [factories.PracticeFactory(title=f"Bestrijden van {what}") for what in ("ratten", "muggen")]
    found = find("duizendknoop bestrijden", [1])
    assert set(found.ids(1)) == {rare.pk, *(practice.pk for practice in common)}
    assert (found.answers(1), set(found.answers(1, share=0.1))) == ([rare.pk], set(found.ids(1)))


def rows_of(found: finding.Found) -> list[Practice]:
    """The practices among them."""
    return list(Practice.objects.filter(pk__in=found.ids(1)))


def _sleep():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("bomen", "bomen", 0),
        ("bomen", "boemn", 1),
        ("bomen", "bome", 1),
        ("bomen", "bommen", 1),
        ("bomen", "kat", 3),
    ],
)
def test_distance_counts_letters(one, other, wrong):
    assert distance(one, other, 2) == wrong


@pytest.mark.parametrize(
    ("word", "stem", "other", "other_stem", "shared", "expected"),
    [
        (
            "sensor",
            "sensor",
            "parkeersensoren",
            "parkeersensor",
            0.7,
            LIKE * 0.7,
        ),  # neither starts nor ends with it…
        ("sensor", "sensor", "sensordata", "sensordata", 0.8, CONTAINS),
        ("sensor", "sensor", "parkeersensor", "parkeersensor", 0.8, CONTAINS),
        ("ov", "ov", "ovaal", "oval", 0.5, LIKE * 0.5),  # too short to be a part
    ],
)
def test_likeness_knows_compounds(word, stem, other, other_stem, shared, expected):
    found = likeness(word, stem, other, other_stem, shared)
    assert found >= expected
    assert found < EXACT
