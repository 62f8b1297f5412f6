"""From a word that was asked to the words that were written: its forms, its compounds, what is spelled nearly so.

A Dutch stemmer alone is blind for compounds and misspellings. So each word of the vocabulary is compared by its runs
of three letters, rare ones weighing more; what that found is then weighed by how the two words contain each other.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection

from smartsociety.core.search.analysis import grams
from smartsociety.core.search.postings import NUMBER
from smartsociety.core.search.stems import stems_of

# Measured with benchmarks/search_quality.py; see docs/search.md for what else was tried.
STEM = 0.96  # another form of the same word
DERIVED = 0.7  # of the same stem, but another word: veilig and veiligheid, open and openbaar
CONTAINS = 0.8  # a compound with the word at its beginning or end
CONTAINS_INSIDE = 0.6
PART = 0.5  # the word is itself a compound, of which this is a part
LIKE = 0.5  # times the share of letter runs that it has in common
LEAST_LIKE = 0.26
ENDING = 0.35  # runs that reach past the stem weigh so much: half of all words end in -ingen or -lijke
UNKNOWN_GRAM = 0.8  # a run that no word has weighs so much of the rarest
EXACT = 0.9  # from here on a word counts as the word itself
MOST = 30  # words that one word is expanded to
SHORTEST_PART = 4
_SUFFIX = re.compile(r"(hei?d|lijk|ba+r|ig|isch|ing)(?:e|en|s|er|ste)?$")
MOST_REMEMBERED = 20_000
MOST_COMPARED = 150  # of the words that share letter runs, so many of those that share most are weighed


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
    known = _known.at(state)
    if missing := [word for word in wanted if word not in known.variants]:
        known.variants |= _look_up(missing, known)
    return {word: known.variants[word] for word in wanted}


class Known:
    """What this process knows of the vocabulary in one state: words by their letter runs, and variants of words."""

    def __init__(self, state: tuple[int, int] | None = None) -> None:
        self.state = state
        self.lists: dict[str, np.ndarray] = {}  # per letter run the words that have it
        self.variants: dict[str, tuple[Variant, ...]] = {}
        self.size = 0

    def at(self, state: tuple[int, int]) -> "Known":
        """Itself when it is of that state; otherwise one that knows nothing yet, from now on instead of it."""
        global _known  # noqa: PLW0603 the one there is
        if self.state != state or len(self.variants) > MOST_REMEMBERED:
            _known = Known(state)
        return _known

    def learn(self, grams_asked: set[str]) -> None:
        """Read the lists of these runs, with the words that were not packed yet."""
        wanted = sorted(grams_asked - self.lists.keys())
        if not wanted:
            return
        with connection.cursor() as cursor:
            cursor.execute(_LISTS, [wanted, self.state[1]])
            rows = cursor.fetchall()
        packed = {text: numbers for source, _number, text, numbers in rows if source == "list"}
        new = [(number, text) for source, number, text, _numbers in rows if source == "word"]
        added: dict[str, list[int]] = defaultdict(list)
        for number, text in new:
            for gram in grams(text).intersection(wanted):
                added[gram].append(number)
        for gram in wanted:
            known, more = np.frombuffer(packed.get(gram, b""), NUMBER), np.array(added[gram], NUMBER)
            self.lists[gram] = np.union1d(known, more) if more.size else known
        self.size = sum(number for source, number, *_rest in rows if source == "size") + len(new)

    def weights(self, word: str) -> dict[str, float]:
        """How much each letter run of `word` weighs: rare ones more, those of its ending less."""
        (stem,) = stems_of([word])
        telling = grams(word[: max(len(stem), SHORTEST_PART)])
        return {
            gram: self._weight(self.lists[gram].size) * (1 if gram in telling else ENDING)
            for gram in grams(word)
        }

    def _weight(self, number: int) -> float:
        if not number:
            return UNKNOWN_GRAM * math.log(1 + self.size / 0.5)
        return math.log(1 + (max(self.size - number, 0) + 0.5) / (number + 0.5))

    def near(self, word: str) -> list[int]:
        """Numbers of the words that have enough of the runs of `word`, those with most first."""
        weights = self.weights(word)
        lists = [self.lists[gram] for gram in weights]
        each = np.repeat(list(weights.values()), [numbers.size for numbers in lists])
        if not each.size:
            return []
        shared = np.bincount(np.concatenate(lists), each)
        enough = np.flatnonzero(shared >= LEAST_LIKE * sum(weights.values()))
        return enough[np.argsort(-shared[enough], kind="stable")][:MOST_COMPARED].tolist()


_known = Known()
_LISTS = """
SELECT 'list', 0, gram, words FROM search_gramlist WHERE gram = ANY(%s)
UNION ALL SELECT 'size', number, '', NULL FROM search_packedwords
UNION ALL SELECT 'word', id, text, NULL FROM search_word WHERE id > %s
"""


def _look_up(words: list[str], known: Known) -> dict[str, tuple[Variant, ...]]:
    known.learn({gram for word in words for gram in grams(word)})
    stems_of(words)  # of all at once; `weights` asks them one by one
    near = {word: known.near(word) for word in words}
    with connection.cursor() as cursor:
        same = _same_words(cursor, words)
        cursor.execute(
            "SELECT id, text, entries, stem FROM search_word WHERE id = ANY(%s)",
            [sorted({number for numbers in near.values() for number in numbers})],
        )
        rows = {row[0]: row for row in cursor.fetchall()}
    return {
        word: _weighed(word, same[word], [rows[n] for n in near[word] if n in rows], known) for word in words
    }


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


def _weighed(word: str, same: dict, near: list[tuple], known: Known) -> tuple[Variant, ...]:
    stem = same[0][2]
    found = {
        number: Variant(number, text, _sameness(word, text), entries)
        for number, (text, entries, _stem) in same.items()
        if number
    }
    weights = known.weights(word)
    total = sum(weights.values()) or 1.0
    for number, text, entries, other_stem in near:
        if number not in found:
            shared = sum(weights[gram] for gram in weights.keys() & grams(text)) / total
            found[number] = Variant(number, text, likeness(word, stem, text, other_stem, shared), entries)
    return tuple(sorted(found.values(), key=lambda v: (-v.likeness, v.text, v.id))[:MOST])


def _sameness(word: str, other: str) -> float:
    """How well `other`, which has the same stem, stands for `word`: the stemmer takes off more than inflection."""
    if word == other:
        return 1.0
    return STEM if _suffix(word) == _suffix(other) else DERIVED


def _suffix(word: str) -> str:
    """What makes another word of a stem. Two letters tell: it is -heid or -hed(en), -baar or -bar(e)."""
    found = _SUFFIX.search(word)
    return found[1][:2] if found else ""


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
