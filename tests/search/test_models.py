"""What the tables of the index refuse."""

import pytest

from tests import factories
from tests.database import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("entry_prior_is_bounded", lambda: factories.EntryFactory(prior=1.6)),
        ("entry_prior_is_bounded", lambda: factories.EntryFactory(prior=-0.6)),
        ("entry_weighs_each_word", lambda: factories.EntryFactory(words=b"\x01\x00\x00\x00")),
        ("postinglist_weighs_each_entry", lambda: factories.PostingListFactory(entries=b"")),
        ("word_once_per_language", lambda: factories.WordFactory.create_batch(2, text="fiets")),
        ("synonym_says_something", lambda: factories.SynonymFactory(left="fiets")),
        ("askedcount_once_a_month", lambda: factories.AskedCountFactory.create_batch(2, words="fiets")),
        ("askedcount_month_is_its_first_day", lambda: factories.AskedCountFactory(asked_on="2026-01-02")),
        ("pinnedsearch_once_per_search", lambda: factories.PinnedSearchFactory.create_batch(2, words="a1")),
        ("pinnedsearch_names_a_word", lambda: factories.PinnedSearchFactory(key="")),
        ("pinnedsearch_one_to_five", lambda: factories.PinnedSearchFactory(entries=[])),
        ("pinnedsearch_one_to_five", lambda: factories.PinnedSearchFactory(entries=[33] * 6)),
        ("specialword_kind_is_known", lambda: factories.SpecialWordFactory(kind="odd")),
    ],
)
def test_rule_is_kept(rule, make):
    with refused_by(f"search_{rule}"):
        make()


@pytest.mark.parametrize(
    ("left", "right", "sides"),
    [
        ("fiets, rijwiel", "", (["fiets", "rijwiel"], ["fiets", "rijwiel"])),
        ("ov", "openbaar vervoer, bus", (["ov"], ["openbaar vervoer", "bus"])),
        (" fiets ,, rijwiel,", "", (["fiets", "rijwiel"], ["fiets", "rijwiel"])),
    ],
)
def test_synonym_knows_its_sides(left, right, sides):
    assert factories.SynonymFactory.build(left=left, right=right).sides == sides
