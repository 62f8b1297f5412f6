"""Packing changes how fast words are found, never what is found."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from knowledgebase.models import Practice
from smartsociety.core.search import packing, tasks, upkeep
from smartsociety.core.search.alike import alike
from smartsociety.core.search.finding import find
from smartsociety.core.search.indexing import index_pending
from smartsociety.core.search.kinds import entry_id, row_of
from smartsociety.core.search.models import Entry, GramList, Outdated, PackedWords, PostingList, Word
from smartsociety.core.search.postings import NUMBER, Postings, of_entries, read, without
from tests import factories

pytestmark = pytest.mark.django_db

QUESTIONS = (
    "fietsen", "parkeersensor", "sensor", "fietsparkeren druk", "stalling -druk", '"drukte in de stalling"', "stalingen"
)  # fmt: skip


@pytest.fixture
def practices():
    """Indexed, and loose."""
    made = [
        factories.PracticeFactory(title=title, problem=problem)
        for title, problem in [
            ("Fietsparkeren bij het station", "Te veel fietsen."),
            ("Drukte in de stalling", "Parkeersensoren tellen fietsen."),
            ("Sensoren in de stal", "Een sensor meet hoe warm het is."),
            ("Meer bomen", "Het is te warm."),
        ]
    ]
    index()
    return made


def index() -> None:
    """Everything that changed."""
    while index_pending():
        pass


def answers() -> list[tuple[list, list[float]]]:
    """Rows and scores of some questions, and what is alike."""
    found = [find(text) for text in QUESTIONS]
    return [
        *((each.rows, [round(score, 5) for score in each.ranked.scores]) for each in found),
        *(alike(1, number, 3) for number in Practice.objects.order_by("pk").values_list("pk", flat=True)),
    ]


def packed() -> list[int]:
    """Numbers of the packed practices."""
    entries = Entry.objects.filter(is_packed=True).order_by("pk").values_list("pk", flat=True)
    return [number for kind, number in map(row_of, entries) if kind == 1]


def test_packed_entries_are_found_as_before(practices):
    before = answers()
    assert [bool(rows) for rows, _scores in before[: len(QUESTIONS)]] == [True] * len(QUESTIONS)
    packing.pack()
    assert packed() == [practice.pk for practice in practices]
    assert before == answers()


def test_partly_packed_is_as_wholly_packed(practices, monkeypatch):
    before = answers()
    monkeypatch.setattr(packing, "AT_ONCE", 2)
    packing._pack_entries()
    assert len(Entry.objects.filter(is_packed=True)) == 2
    assert before == answers()
    packing.pack()
    assert before == answers()


def test_small_portions_come_to_the_same(practices, monkeypatch):
    before = answers()
    monkeypatch.setattr(packing, "AT_ONCE", 2)
    monkeypatch.setattr(packing, "POSTINGS_AT_ONCE", 3)
    monkeypatch.setattr(packing, "WORDS_AT_ONCE", 2)
    packing.pack()
    assert (packed(), upkeep.lists_at_fault()) == ([practice.pk for practice in practices], [])
    assert PackedWords.objects.get().number == Word.objects.count()
    assert before == answers()


def test_changed_entry_is_found_by_its_new_words_alone(practices):
    packing.pack()
    practices[0].title, practices[0].problem = "Vleermuizen tellen", "Het is donker."
    practices[0].save()
    assert find("vleermuizen").ids(1) == [practices[0].pk]
    assert practices[0].pk not in find("fietsparkeren").ids(1)
    assert (packed(), Outdated.objects.count()) == ([practice.pk for practice in practices[1:]], 1)
    before = answers()
    packing.pack()
    assert (packed(), Outdated.objects.count()) == ([practice.pk for practice in practices], 0)
    assert before == answers()
    assert practices[0].pk not in find("fietsparkeren").ids(1)


def test_entry_that_changed_twice_between_packing_is_found_once(practices):
    packing.pack()
    for title in ("Vleermuizen tellen", "Vleermuizen verjagen"):
        practices[0].title = title
        practices[0].save()
        index()
    packing.pack()
    assert (find("vleermuizen").ids(1), upkeep.lists_at_fault()) == ([practices[0].pk], [])
    assert find("tellen").ids(1) == [practices[1].pk]


def test_word_counts_the_entries_that_are_packed(practices):
    assert Word.objects.get(text="fietsen").entries == 0
    packing.pack()
    assert Word.objects.get(text="fietsen").entries == 2


def test_words_that_come_after_packing_are_compared_too(practices):
    packing.pack()
    assert PackedWords.objects.get().number == Word.objects.count()
    factories.PracticeFactory(title="Fietsvlonders")
    assert find("vlonder").rows  # a compound
    assert PackedWords.objects.get().number < Word.objects.count()
    packing.pack()
    runs = np.frombuffer(GramList.objects.get(gram="vlo").words, NUMBER)
    assert runs.tolist() == [Word.objects.get(text="fietsvlonders").pk]


def test_packing_again_changes_nothing(practices):
    packing.pack()
    before = list(PostingList.objects.order_by("pk").values_list("pk", "entries", "weights"))
    packing.pack()
    assert list(PostingList.objects.order_by("pk").values_list("pk", "entries", "weights")) == before


def test_worker_packs_once_it_is_worthwhile(practices, monkeypatch):
    tasks.index_rest(0)
    assert packed() == []
    monkeypatch.setattr(packing, "WORTHWHILE", 4)
    tasks.index_rest(0)
    assert packed() == [practice.pk for practice in practices]


def test_every_night_the_rest_is_packed(practices):
    tasks.pack(0)
    assert packed() == [practice.pk for practice in practices]


def test_wrong_list_is_told_and_mended(practices, capsys):
    packing.pack()
    word = Word.objects.get(text="fietsen")
    PostingList.objects.filter(word=word).delete()
    factories.PostingListFactory(word=factories.WordFactory(text="verzonnen"))
    with pytest.raises(CommandError, match="lists of words that differ from the entries: 2"):
        call_command("rebuild_search", "--check")
    capsys.readouterr()
    call_command("rebuild_search", "--kind", "needs")
    assert "Lists of words mended: 2" in capsys.readouterr().out
    call_command("rebuild_search", "--check")
    assert len(find("fietsen").ids(1)) == 2


def test_words_of_an_entry_are_told_with_their_weights(practices):
    entry = entry_id(1, practices[3].pk)
    words = of_entries([entry])[entry]
    texts = dict(Word.objects.filter(pk__in=words).values_list("pk", "text"))
    by_text = {texts[number]: weight for number, weight in words.items()}
    assert {"bomen", "warm"} <= by_text.keys()
    assert by_text["bomen"] > by_text["warm"]  # the title weighs more


@pytest.mark.parametrize(
    ("entries", "gone", "left"),
    [
        ([], [], []),
        ([1, 2, 3], [], [1, 2, 3]),
        ([1, 2, 3], [2], [1, 3]),
        ([1, 2, 3], [0, 4], [1, 2, 3]),
        ([2], [1, 2, 3], []),
        ([1, 5, 9], [1, 9, 20], [5]),
    ],
)
def test_outdated_entries_do_not_count(entries, gone, left):
    postings = Postings(np.array(entries, NUMBER), np.array(entries, "<f4"))
    found = without(postings, np.array(gone, NUMBER))
    assert (found.entries.tolist(), found.weights.tolist()) == (left, left)


def test_nothing_is_read_for_no_words(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read([]) == {}
