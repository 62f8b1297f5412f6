"""Reading the index: which entries have a word, and how much it weighs there.

An entry is kept with its own words until `packing` adds it to the lists of those words. An entry that changed
afterwards is loose again, and what the lists still say of it does not count. See docs/adr/0016.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
from django.db import connection

# As the tables hold them: numbers of words and entries, and weights, four bytes each.
NUMBER, WEIGHT = np.dtype("<i4"), np.dtype("<f4")

# In one statement, so that all of it is of one moment.
_READ = """
SELECT 'list', word_id, entries, weights FROM search_postinglist WHERE word_id = ANY(%(words)s)
UNION ALL SELECT 'loose', id, words, weights FROM search_entry WHERE NOT is_packed
UNION ALL SELECT 'outdated', entry_id, NULL, NULL FROM search_outdated
"""


class Postings(NamedTuple):
    """Entries that have a word, and how much it weighs in each."""

    entries: np.ndarray
    weights: np.ndarray


def read(words: Collection[int]) -> dict[int, Postings]:
    """The postings of each of `words` that stands anywhere now."""
    if not words:
        return {}
    found, loose, outdated = {}, [], []
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"words": list(words)})
        for source, number, numbers, weights in cursor.fetchall():
            if source == "list":
                found[number] = Postings(np.frombuffer(numbers, NUMBER), np.frombuffer(weights, WEIGHT))
            elif source == "loose":
                loose.append((number, np.frombuffer(numbers, NUMBER), np.frombuffer(weights, WEIGHT)))
            else:
                outdated.append(number)
    if outdated:
        gone = np.sort(np.array(outdated, NUMBER))
        found = {word: without(postings, gone) for word, postings in found.items()}
    for word, added in by_word(loose, wanted=words).items():
        found[word] = _joined(found[word], added) if word in found else added
    return {word: postings for word, postings in found.items() if postings.entries.size}


def of_entries(entries: Collection[int]) -> dict[int, dict[int, float]]:
    """For each of these entries its words, with how much each weighs there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, words, weights FROM search_entry WHERE id = ANY(%s)", [list(entries)])
        return {
            entry: dict(
                zip(
                    np.frombuffer(words, NUMBER).tolist(),
                    np.frombuffer(weights, WEIGHT).tolist(),
                    strict=True,
                )
            )
            for entry, words, weights in cursor.fetchall()
        }


def by_word(
    entries: Iterable[tuple[int, np.ndarray, np.ndarray]], wanted: Collection[int] | None = None
) -> dict[int, Postings]:
    """From entries with their words and weights to words with their entries and weights, entries in order."""
    entries = list(entries)
    if not entries:
        return {}
    numbers = np.repeat(np.array([e[0] for e in entries], NUMBER), [e[1].size for e in entries])
    words, weights = np.concatenate([e[1] for e in entries]), np.concatenate([e[2] for e in entries])
    if wanted is not None:
        among = np.isin(words, np.array(list(wanted), NUMBER))
        numbers, words, weights = numbers[among], words[among], weights[among]
    order = np.lexsort((numbers, words))
    numbers, words, weights = numbers[order], words[order], weights[order]
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    columns = (np.split(column, starts[1:]) for column in (numbers, weights))
    return dict(zip(words[starts].tolist(), map(Postings, *columns), strict=False))


def without(postings: Postings, gone: np.ndarray) -> Postings:
    """`postings` without the entries in `gone`; both in order."""
    places = np.searchsorted(postings.entries, gone)
    places = places[places < postings.entries.size]
    hits = places[np.isin(postings.entries[places], gone)]
    return Postings(*(np.delete(column, hits) for column in postings)) if hits.size else postings


def _joined(one: Postings, other: Postings) -> Postings:
    return Postings(*(np.concatenate(columns) for columns in zip(one, other, strict=True)))


def merged(one: Postings, other: Postings) -> Postings:
    """Both together, entries in order."""
    both = _joined(one, other)
    order = np.argsort(both.entries, kind="stable")
    return Postings(*(column[order] for column in both))
