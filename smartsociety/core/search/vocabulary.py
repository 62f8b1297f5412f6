"""From a word that was asked to the words that were written: its forms, its compounds, what is spelled nearly so.

A Dutch stemmer alone is blind for compounds and misspellings. So each word of the vocabulary is compared by its runs
of three letters, rare ones weighing more; what that found is then weighed by how the two words contain each other.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from smartsociety.core.search.analysis import grams
from smartsociety.core.search.stems import stems_of

# Measured with benchmarks/search_quality.py; see docs/search.md for what else was tried.
STEM = 0.96  # another form of the same word
CONTAINS = 0.7  # a compound with the word at its beginning or end
CONTAINS_INSIDE = 0.56
PART = 0.4  # the word is itself a compound, of which this is a part
LIKE = 0.6  # times the share of letter runs that it has in common
LEAST_LIKE = 0.24
UNKNOWN_GRAM = 0.8  # a run that no word has weighs so much of the rarest
EXACT = 0.9  # from here on a word counts as the word itself
MOST = 30  # words that one word is expanded to
SHORTEST_PART = 4
# Up to here runs are counted when asked; a larger vocabulary has them counted beforehand.
COUNTED_AT_ONCE = 20_000


@dataclass(frozen=True)
class Variant:
    """A word of the vocabulary that stands for a word that was asked."""

    id: int
    text: str
    likeness: float
    entries: int


def variants_of(words: Iterable[str], state: tuple[int, int]) -> dict[str, tuple[Variant, ...]]:
    """For each word the words to look for, the likest first; remembered until `state` of the vocabulary changes."""
    wanted = list(dict.fromkeys(words))
    if not wanted:
        return {}
    missing = [word for word in wanted if (state, word) not in _remembered]
    if missing:
        if len(_remembered) > 20_000:
            _remembered.clear()
        for word, found in _look_up(missing, state).items():
            _remembered[state, word] = found
    return {word: _remembered[state, word] for word in wanted}


_remembered: dict[tuple, tuple[Variant, ...]] = {}


def _look_up(words: list[str], state: tuple[int, int]) -> dict[str, tuple[Variant, ...]]:
    size, weights = _gram_weights(words, state)
    with connection.cursor() as cursor:
        same = _same_words(cursor, words)
        like = _like_words(cursor, words, weights, size)
    return {word: _weighed(word, same[word], like[word], weights, size) for word in words}


def _same_words(cursor, words: list[str]) -> dict[str, dict[int, tuple]]:
    """The word itself and its other forms; each language has its own stems."""
    cursor.execute(
        """
        WITH asked AS MATERIALIZED (
            SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]) AS given(word, nl, en)
        )
        SELECT asked.word, w.id, w.text, w.entries, asked.nl FROM asked JOIN search_word w ON w.text = asked.word
        UNION
        SELECT asked.word, w.id, w.text, w.entries, asked.nl FROM asked JOIN search_word w
            ON w.stem = asked.nl AND w.language = 'nl'
        UNION
        SELECT asked.word, w.id, w.text, w.entries, asked.nl FROM asked JOIN search_word w
            ON w.stem = asked.en AND w.language = 'en'
        UNION
        SELECT word, 0, '', 0, nl FROM asked
        """,
        [words, stems_of(words, "nl"), stems_of(words, "en")],
    )
    found = defaultdict(dict)
    for word, number, text, entries, stem in cursor.fetchall():
        found[word][number] = (text, entries, stem)
    return found


def _like_words(cursor, words: list[str], weights: dict[str, float], size: int) -> dict[str, list[tuple]]:
    """Words that share letter runs; the commonest runs, too light to decide, are not even read."""
    rows = []
    for number, word in enumerate(words):
        total = sum(weights[gram] for gram in grams(word))
        skipped = 0.0
        for gram in sorted(grams(word), key=weights.__getitem__):
            if size > COUNTED_AT_ONCE and skipped + weights[gram] < LEAST_LIKE * total:
                skipped += weights[gram]
            else:
                rows.append((number, gram, weights[gram], LEAST_LIKE * total - skipped))
    cursor.execute(
        """
        WITH wanted AS MATERIALIZED (
            SELECT * FROM unnest(%s::int[], %s::text[], %s::float[], %s::float[]) AS given(number, gram, weight, least)
        ), shared AS (
            SELECT number, word_id, sum(weight) AS shared FROM wanted JOIN search_gram g USING (gram)
             GROUP BY number, word_id HAVING sum(weight) >= min(least)
        ), best AS (
            SELECT *, row_number() OVER (PARTITION BY number ORDER BY shared DESC, word_id) AS place FROM shared
        )
        SELECT number, w.id, w.text, w.entries, w.stem FROM best JOIN search_word w ON w.id = word_id
         WHERE place <= 150
        """,
        [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], [], []],
    )
    found = defaultdict(list)
    for number, *word in cursor.fetchall():
        found[words[number]].append(tuple(word))
    return found


def _gram_weights(words: list[str], state: tuple[int, int]) -> tuple[int, dict[str, float]]:
    """How many words there are, and how much each run of letters of `words` weighs: rare ones more."""
    wanted = sorted({gram for word in words for gram in grams(word)})
    with connection.cursor() as cursor:
        size = _vocabulary_size(state)
        if size > COUNTED_AT_ONCE and state[1]:
            cursor.execute("SELECT gram, words FROM search_gramcount WHERE gram = ANY(%s)", [wanted])
        else:
            cursor.execute(
                "SELECT gram, count(*) FROM search_gram WHERE gram = ANY(%s) GROUP BY gram", [wanted]
            )
        counts = dict(cursor.fetchall())
    rarest = math.log(1 + size / 0.5)
    weights = {
        gram: math.log(1 + (max(size - counts[gram], 0) + 0.5) / (counts[gram] + 0.5)) if gram in counts
        else UNKNOWN_GRAM * rarest
        for gram in wanted
    }  # fmt: skip
    return size, weights


@lru_cache(maxsize=8)
def _vocabulary_size(state: tuple[int, int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM search_word LIMIT %s) AS counted", [COUNTED_AT_ONCE + 1]
        )
        size = cursor.fetchone()[0]
    return max(size, state[1]) if size > COUNTED_AT_ONCE else size


def _weighed(word: str, same: dict, like: list, weights: dict[str, float], size: int) -> tuple[Variant, ...]:
    stem = same[0][2]
    found = {
        number: Variant(number, text, 1.0 if text == word else STEM, entries)
        for number, (text, entries, _stem) in same.items()
        if number
    }
    total = sum(weights[gram] for gram in grams(word)) or 1.0
    for number, text, entries, other_stem in like:
        if number not in found:
            shared = sum(weights[gram] for gram in grams(word) & grams(text)) / total
            if shared >= LEAST_LIKE:
                found[number] = Variant(number, text, likeness(word, stem, text, other_stem, shared), entries)
    return tuple(sorted(found.values(), key=lambda v: (-v.likeness, v.text, v.id))[:MOST])


def likeness(word: str, stem: str, other: str, other_stem: str, shared: float) -> float:
    """How well `other` stands for `word`, below EXACT, when they share so much of their letter runs."""
    best = LIKE * shared
    if len(word) >= SHORTEST_PART:
        for part in {word, stem}:
            if len(part) >= SHORTEST_PART and part in other:
                at_an_end = other.startswith(part) or other.endswith(part)
                best = max(best, CONTAINS if at_an_end else CONTAINS_INSIDE)
    if len(other_stem) >= SHORTEST_PART and (word.startswith(other_stem) or word.endswith(other)):
        best = max(best, PART * min(1.0, len(other_stem) / len(word) + 0.2))
    return best
