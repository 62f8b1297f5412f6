"""Editors say which words mean the same, after seeing what that does."""

import pytest
from django.utils.html import escape

from smartsociety.core.search.effects import Effect, Place
from smartsociety.core.search.finding import find
from smartsociety.core.search.models import SpecialWord, Synonym
from smartsociety.core.search.state import current_state
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/zoekwoorden/"


@pytest.fixture
def practices():
    """One about bicycles, by another name."""
    factories.PracticeFactory(title="Stalling voor tweewielers")


def typed(**fields) -> dict:
    """What an editor sends, opened a moment ago."""
    empty = {"synonyms": "", "stop": "", "protected": "", "question": "", "version": current_state().rules}
    return {**empty, **fields}


def test_editor_saves_words_and_they_hold_at_once(reviewer, visitor, practices):
    response = reviewer.post(
        ADDRESS, typed(synonyms="fiets, tweewieler\nov -> bus, tram", stop="slim", protected="ai")
    )
    assert (response.status_code, response.url) == (302, ADDRESS)
    assert list(Synonym.objects.values_list("left", "right")) == [
        ("fiets, tweewieler", ""),
        ("ov", "bus, tram"),
    ]
    assert set(SpecialWord.objects.values_list("word", "kind")) == {("slim", "stop"), ("ai", "protected")}
    assert "Stalling voor tweewielers" in visitor.get("/kennisbank/", {"q": "slim fiets"}).content.decode()
    kept = reviewer.get(ADDRESS).content.decode()
    assert "fiets, tweewieler\nov =&gt; bus, tram" in kept


def test_preview_shows_what_would_be_found_and_saves_nothing(reviewer, practices):
    for words in ("fiets", "fietsen", "boom"):  # the last has nothing to do with it
        factories.AskedCountFactory(words=words, times=3)
    response = reviewer.post(ADDRESS, typed(synonyms="fiets, tweewieler", question="fiets", preview="1"))
    place = Place(1, "", "Stalling voor tweewielers", 0)
    assert response.context["preview"].shown == [
        Effect("fiets", 0, [place], is_changed=True),
        Effect("fietsen", 3, [place], is_changed=True),
    ]
    assert "nieuw hier" in response.content.decode()
    assert Synonym.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"synonyms": "fiets"}, "Regel 1: geef minstens twee woorden."),
        ({"synonyms": f"a, {'b' * 400}"}, "Regel 1 is te lang."),
        ({"synonyms": "fiets, Fiets"}, "Regel 1: geef minstens twee woorden."),
        ({"synonyms": "ov => bus => tram"}, "Regel 1: ‘bus =&gt; tram’ is geen woord."),
        ({"synonyms": "?!, fiets"}, "Regel 1: ‘?!’ is geen woord."),
        ({"stop": "twee woorden"}, "‘twee woorden’ is niet één woord."),
        ({"stop": "--"}, "‘--’ is niet één woord."),
        ({"stop": "slim", "protected": "slim"}, "‘slim’ staat hierboven al bij de woorden die niets zeggen."),
    ],
)
def test_wrong_line_is_told_and_nothing_is_lost(reviewer, fields, message):
    html = reviewer.post(ADDRESS, typed(**fields)).content.decode()
    assert message in html
    assert escape(next(iter(fields.values()))) in html
    assert (Synonym.objects.count(), SpecialWord.objects.count()) == (0, 0)


def test_colleague_who_was_first_is_not_overwritten(reviewer):
    mine = typed(synonyms="a, b")
    factories.SynonymFactory(left="fiets, rijwiel")
    assert "Een collega" in reviewer.post(ADDRESS, mine).content.decode()
    assert list(Synonym.objects.values_list("left", flat=True)) == ["fiets, rijwiel"]


def test_protected_word_finds_nothing_that_looks_like_it(practices):
    assert len(find("tweewiel").rows) == 1
    factories.SpecialWordFactory(word="tweewiel", kind="protected")
    assert find("tweewiel").rows == []
