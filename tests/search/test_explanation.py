"""Each step of a ranking is told, and together they give the score that ranking gave."""

import pytest

from knowledgebase.models import Practice
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.search.explanation import Explanation, explanation
from smartsociety.core.search.finding import find
from smartsociety.core.search.kinds import entry_id
from smartsociety.core.search.ranking import NEARNESS, PRIOR, TITLED
from smartsociety.core.search.reasons import Why
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices() -> dict[str, Practice]:
    """Words as they are, in another form, in compounds, as parts, misspelled; one was taken over."""
    titles = (
        "Sensoren tellen fietsen",
        "Parkeersensoren in de straat",
        "Een sensor",
        "Tweewielers stallen",
        "Bomen",
    )
    made = {
        title: factories.PracticeFactory(title=title, problem="Zonder fiets is er niets.")
        for title in titles[:3]
    }
    made |= {title: factories.PracticeFactory(title=title) for title in titles[3:]}
    factories.AdoptionFactory.create_batch(3, practice=made["Een sensor"], stage="in_use")
    factories.SynonymFactory(left="fiets", right="tweewieler")
    return made


def told(text: str) -> Explanation:
    """Of a search among practices."""
    return explanation(find(text, [PRACTICE_KIND]), [PRACTICE_KIND])


@pytest.mark.parametrize(
    "text", ["sensor", "fiets", "sensor fiets", "sensoren OR bomen fiets", "parkeersensoor tellen"]
)
def test_steps_give_the_score_of_the_ranking(practices, text):
    results = told(text).results
    assert len(results) > 1
    for result in results:
        near = result.by_words * result.coverage * (1 + result.titled + result.prior)
        assert near <= result.total * 1.000001  # the rest is nearness,
        assert 0 <= result.nearness <= NEARNESS  # which only several words have
        assert 0 <= result.titled <= TITLED
        if len(result.groups) == 1:
            assert result.total == pytest.approx(near)


def test_prior_is_that_of_the_entry(practices):
    result = next(each for each in told("sensor").results if each.title == "Een sensor")
    other = next(each for each in told("sensor").results if each.title == "Sensoren tellen fietsen")
    assert 0 < other.prior < result.prior <= PRIOR


def test_word_of_both_languages_is_told_once(practices):
    factories.PracticeFactory(title="Een sensor", language="en")
    (group,) = told("sensor").groups
    texts = [word.text for word in group.words]
    assert (texts[0], texts.count("sensor"), group.others) == ("sensor", 1, 0)


def test_words_are_told_with_why_they_were_looked_for(practices):
    (group,) = told("fiets").groups
    assert {word.text: (word.why, word.because) for word in group.words} == {
        "fiets": (Why.SELF, ""),
        "fietsen": (Why.FORM, ""),
        "tweewielers": (Why.SYNONYM, "tweewieler"),
    }
    (group,) = told("sensor").groups
    assert {word.text: word.why for word in group.words} == {
        "sensor": Why.SELF,
        "sensoren": Why.FORM,
        "parkeersensoren": Why.COMPOUND,
    }
    (group,) = told("winkelstraat").groups
    assert group.words[0].why == Why.PART
    (group,) = told("sensroen").groups
    assert group.words[0].why == Why.LIKE


def test_place_of_each_word_is_told():
    owner = factories.OrganisationFactory(name="Vleermuiswerk", place="")
    practice = factories.PracticeFactory(
        title="Vleermuis", summary="De vleermuis.", problem="Een vleermuis.", owner=owner
    )
    practice.tags.add(factories.TagFactory(name="Vleermuis"))
    (result,) = told("vleermuis").results
    words = {word.text: word.places for word in result.groups[0].words}
    assert words == {
        "vleermuis": ["titel", "samenvatting", "tekst", "thema’s, trefwoorden en andere namen"],
        "vleermuiswerk": ["organisatie, plaats of project"],
    }


def test_question_is_told_as_it_was_understood(practices):
    factories.SpecialWordFactory(word="slimme", kind="stop")
    answer = told('de slimme "een sensor" -bomen')
    assert (answer.left_out, answer.phrases, answer.without) == (
        ["de", "slimme", "een"],
        ["een sensor"],
        ["bomen"],
    )
    assert [group.asked for group in answer.groups] == [["sensor"]]


def test_pinned_result_says_so_and_what_its_words_gave(practices):
    entries = [entry_id(PRACTICE_KIND, practices[title].pk) for title in ("Bomen", "Een sensor")]
    factories.PinnedSearchFactory(words="sensor", entries=entries)
    first, second, *rest = told("sensor").results
    assert (first.title, first.is_pinned, first.total, first.by_words) == ("Bomen", True, 0.0, 0)
    assert (second.title, second.is_pinned, second.total > 0) == ("Een sensor", True, True)
    assert {each.is_pinned for each in rest} == {False}
