"""Moving entries and words that came lately into the lists that are read fast. Nothing that is found depends on it.

The worker does it once many are loose, and `rebuild_search` when it is done. One process packs at a time; searching and
indexing go on meanwhile.
"""

from collections.abc import Iterator

import numpy as np
from django.db import connection, transaction

from smartsociety.core.search.analysis import grams
from smartsociety.core.search.postings import NUMBER, WEIGHT, Postings, by_word, merged, without

# From so many loose entries on it is worth the work: each list of a word they have is written anew.
WORTHWHILE = 200
# What is in memory at one time, however large the index is.
AT_ONCE = 2_000
POSTINGS_AT_ONCE = 200_000
POSTINGS_PER_WORD = 20  # a list that has next to nothing takes up so much too
WORDS_AT_ONCE = 5_000
_LOCK = 1_917_016  # any number that no other advisory lock has
_NONE = Postings(np.empty(0, NUMBER), np.empty(0, WEIGHT))


def pack_when_worthwhile() -> None:
    """Pack once enough has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM search_entry WHERE NOT is_packed LIMIT %s) AS loose",
            [WORTHWHILE],
        )
        enough = cursor.fetchone()[0] == WORTHWHILE
    if enough:
        pack()


def pack() -> None:
    """Pack all that is loose now, in portions that each stand on their own."""
    while _pack_words():
        pass
    while _pack_entries():
        pass


@transaction.atomic
def _pack_entries() -> int:
    """Add loose entries to the lists of their words and take outdated ones out. Returns how many of both there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # Loose ones first: one that becomes outdated after this line stays loose until the next time.
        cursor.execute(
            "SELECT id, words, weights FROM search_entry WHERE NOT is_packed ORDER BY id LIMIT %s FOR UPDATE",
            [AT_ONCE],
        )
        loose = [
            (number, np.frombuffer(words, NUMBER), np.frombuffer(weights, WEIGHT))
            for number, words, weights in cursor.fetchall()
        ]
        cursor.execute("SELECT entry_id, words FROM search_outdated")
        outdated = [(number, np.frombuffer(words, NUMBER)) for number, words in cursor.fetchall()]
        gone = np.sort(np.array([number for number, _words in outdated], NUMBER))
        added = by_word(loose)
        left = np.unique(np.concatenate([words for _number, words in outdated])).tolist() if outdated else []
        for words, lists in _lists_of(cursor, sorted({*added, *left})):
            write_lists(
                cursor,
                {
                    word: merged(without(lists.get(word, _NONE), gone), added.get(word, _NONE))
                    for word in words
                },
            )
        cursor.execute(
            "UPDATE search_entry SET is_packed = true WHERE id = ANY(%s)", [[entry[0] for entry in loose]]
        )
        cursor.execute("DELETE FROM search_outdated WHERE entry_id = ANY(%s)", [gone.tolist()])
    return len(loose) + len(outdated)


def _portions(cursor, words: list[int]) -> Iterator[list[int]]:
    """These words in portions whose lists are about equally long together."""
    cursor.execute("SELECT id, entries FROM search_word WHERE id = ANY(%s)", [words])
    entries = dict(cursor.fetchall())
    portion, postings = [], 0
    for word in words:
        portion.append(word)
        postings += POSTINGS_PER_WORD + entries.get(word, 0)
        if postings >= POSTINGS_AT_ONCE:
            yield portion
            portion, postings = [], 0
    if portion:
        yield portion


def _lists_of(cursor, words: list[int]) -> Iterator[tuple[list[int], dict[int, Postings]]]:
    """These words in portions, with the lists that there are of them."""
    for portion in _portions(cursor, words):
        cursor.execute(
            "SELECT word_id, entries, weights FROM search_postinglist WHERE word_id = ANY(%s)", [portion]
        )
        yield (
            portion,
            {
                word: Postings(np.frombuffer(entries, NUMBER), np.frombuffer(weights, WEIGHT))
                for word, entries, weights in cursor.fetchall()
            },
        )


def write_lists(cursor, lists: dict[int, Postings]) -> None:
    """Replace the lists of these words, and count the entries of each."""
    kept = {word: postings for word, postings in lists.items() if postings.entries.size}
    cursor.execute(
        "DELETE FROM search_postinglist WHERE word_id = ANY(%s)",
        [[word for word in lists if word not in kept]],
    )
    cursor.execute(
        """
        INSERT INTO search_postinglist (word_id, entries, weights)
        SELECT * FROM unnest(%s::int[], %s::bytea[], %s::bytea[])
            ON CONFLICT (word_id) DO UPDATE SET entries = excluded.entries, weights = excluded.weights
        """,
        [
            list(kept),
            [postings.entries.astype(NUMBER).tobytes() for postings in kept.values()],
            [postings.weights.astype(WEIGHT).tobytes() for postings in kept.values()],
        ],
    )
    cursor.execute(
        """
        UPDATE search_word w SET entries = counted.entries FROM unnest(%s::int[], %s::int[]) AS counted(id, entries)
         WHERE w.id = counted.id AND w.entries <> counted.entries
        """,
        [list(lists), [postings.entries.size for postings in lists.values()]],
    )


@transaction.atomic
def _pack_words() -> int:
    """Add new words to the lists of their letter runs. Returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT last, number FROM search_packedwords ORDER BY id DESC LIMIT 1")
        last, packed = cursor.fetchone() or (0, 0)
        cursor.execute(
            "SELECT id, text FROM search_word WHERE id > %s ORDER BY id LIMIT %s", [last, WORDS_AT_ONCE]
        )
        new = cursor.fetchall()
        if not new:
            return 0
        lists: dict[str, list[int]] = {}
        for number, text in new:
            for gram in grams(text):
                lists.setdefault(gram, []).append(number)
        cursor.execute(
            """
            INSERT INTO search_gramlist (gram, words) SELECT * FROM unnest(%s::text[], %s::bytea[])
                ON CONFLICT (gram) DO UPDATE SET words = search_gramlist.words || excluded.words
            """,
            [sorted(lists), [np.array(lists[gram], NUMBER).tobytes() for gram in sorted(lists)]],
        )
        cursor.execute("DELETE FROM search_packedwords")
        cursor.execute(
            "INSERT INTO search_packedwords (last, number) VALUES (%s, %s)", [new[-1][0], packed + len(new)]
        )
    return len(new)
