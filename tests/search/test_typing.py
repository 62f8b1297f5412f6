"""Whatever is typed: understood in part or not at all, and never an error."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledgebase.models import Practice
from smartsociety.core.search.finding import find
from smartsociety.core.search.parsing import MOST_WORDS, parse
from tests import factories

QUERY_SIGNS = st.text(alphabet="\"'“”-–|&!:*()<>\\%_;=~ OR OF a é 1 \x00\n\t", max_size=60)
ANYTHING = st.one_of(
    QUERY_SIGNS, st.text(max_size=80), st.text(alphabet=st.characters(codec=None), max_size=40)
)


@pytest.mark.parametrize(
    ("text", "groups", "phrases", "without"),
    [
        ("fiets", [["fiets"]], [], []),
        ("Fietsen in de stad", [["fietsen"], ["stad"]], [], []),
        ("fiets OR auto bus", [["fiets", "auto"], ["bus"]], [], []),
        ("fiets OF auto", [["fiets", "auto"]], [], []),
        ("fiets of auto", [["fiets"], ["auto"]], [], []),  # in small letters it is a word like any other
        ("OR fiets OR", [["fiets"]], [], []),
        ('"open data" fiets', [["open"], ["data"], ["fiets"]], [["open", "data"]], []),
        ('"open data', [["open"], ["data"]], [], []),  # a quote that was never closed
        ("fiets -auto", [["fiets"]], [], [["auto"]]),
        ('fiets -"open data"', [["fiets"]], [], [["open", "data"]]),
        ("IoT-proeftuin", [["iot"], ["proeftuin"]], [], []),  # a hyphen inside a word is no minus
        ("de het een", [["de"], ["het"], ["een"]], [], []),  # nothing else was asked
        ("auto's", [["auto"]], [], []),
        ("Coöperatie", [["cooperatie"]], [], []),
        ("fiets fiets", [["fiets"]], [], []),
        ("", [], [], []),
        ("- \" ' & | !", [], [], []),
    ],
)
def test_question_is_understood(text, groups, phrases, without):
    question = parse(text)
    assert (question.groups, question.phrases, question.without) == (groups, phrases, without)


def test_long_question_is_cut_and_says_so():
    assert len(parse(" ".join(f"woord{n}" for n in range(50))).groups) == MOST_WORDS
    assert parse(" ".join(f"woord{n}" for n in range(50))).is_cut is True
    assert parse("a " * 5000).is_cut is True
    assert parse("fiets").is_cut is False


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
@example("x'; DROP TABLE search_word; --")
@example("laad:* & !('a' <-> 'b')")
@example("a" * 10_000)
@example("\x00")
@example("\ud800")
@example("دعم 🔌 ² ﷺ ẞ")
def test_anything_can_be_asked(db, text):
    if not Practice.objects.exists():
        factories.PracticeFactory(title="Laadpalen vinden")
    titles = [practice.title for practice in Practice.objects.published().search(text)]
    assert titles in ([], ["Laadpalen vinden"])
    assert isinstance(find(text).meant, str)
