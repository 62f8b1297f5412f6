"""Why a result is there: the piece of its text where the words stand, marked, and in words what they stand for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from smartsociety.core.search.analysis import WORD, Token, occurrences
from smartsociety.core.search.expansion import Sought, by_group
from smartsociety.core.search.finding import Found
from smartsociety.core.search.kinds import entry_id, row_of
from smartsociety.core.search.postings import NUMBER
from smartsociety.core.search.reasons import TOLD, why
from smartsociety.core.search.vocabulary import EXACT

LONGEST_READ = 20_000  # characters of a text that are looked through
AROUND = 28  # words of a passage,
BEFORE = 5  # of which so many stand before the first hit
NEAR = 150  # characters within which hits stand in the same passage
REACH = 250  # characters before a hit, and a third of those after it, that are enough for a passage
LEAST = 0.3  # of what counts less only the best is marked
LEAST_BESIDE_OWN = 0.5  # and where the word itself stands, only its compounds too


class Instead(NamedTuple):
    """A word that stands there instead of one that was asked, and why that counts; empty when it speaks for itself."""

    word: str
    why: Any


@dataclass
class Passage:
    """What to show with a result."""

    title: SafeString
    text: SafeString = field(default_factory=SafeString)
    labels: list[str] = field(default_factory=list)  # names and themes with the words in them
    because: list["Instead"] = field(default_factory=list)
    language: str = "nl"
    is_pinned: bool = False  # editors put it on top


def passages(found: Found, kind: int, ids: Iterable[int]) -> dict[int, Passage]:
    """For each of these rows of a kind its passage, in one question to the database."""
    sought = by_group(found.expanded)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, language, title, left(passages, %s), labels, words FROM search_entry WHERE id = ANY(%s)
            """,
            [LONGEST_READ, [entry_id(kind, number) for number in ids]],
        )
        rows = cursor.fetchall()
    made = {row[0]: _passage(*row[1:], sought) for row in rows}
    for entry in made.keys() & set(found.pinned):
        made[entry].is_pinned = True
    return {row_of(entry)[1]: passage for entry, passage in made.items()}


def _passage(language: str, title: str, text: str, labels: str, numbers: bytes, sought: dict) -> Passage:
    matched = [each for number in np.frombuffer(numbers, NUMBER).tolist() for each in sought.get(number, ())]
    best = max((each.weight for each in matched), default=0.0)
    own = {each.asked for each in matched if each.variant.likeness >= EXACT}
    words = {
        each.variant.text
        for each in matched
        if each.weight >= (LEAST_BESIDE_OWN if each.asked in own else min(LEAST, best))
    }
    shown = _window(text, words)
    in_title, in_text = occurrences(title, words), occurrences(shown, words)
    told = {hit.word for hit in (*in_title, *in_text)}
    untold = words - told - _beside(matched, told)
    return Passage(
        title=marked(title, in_title),
        text=marked(shown, in_text),
        labels=_labels(labels, untold),
        because=_because(matched, words),
        language=language,
    )


def _labels(labels: str, words: set[str]) -> list[str]:
    """The first three with any of these words; a name that is also that of a place is said once."""
    found = (label for label in labels.splitlines() if occurrences(label, words)) if words else ()
    return list(dict.fromkeys(found))[:3]


def _beside(matched: list[Sought], told: set[str]) -> set[str]:
    """Words that stand for a word of the question of which the text that is shown says enough."""
    enough = {each.asked for each in matched if each.variant.text in told}
    return {each.variant.text for each in matched if each.asked in enough}


def _because(matched: list[Sought], words: set[str]) -> list[Instead]:
    """Words that stand there for a word of which no form does; the best three."""
    own = {each.asked for each in matched if each.variant.likeness >= EXACT and not each.because}
    other = sorted(
        (each for each in matched if each.asked not in own and each.variant.text in words),
        key=lambda each: -each.weight,
    )
    best: dict[str, Sought] = {}
    for each in other:
        best.setdefault(each.variant.text, each)
    return [Instead(word, TOLD.get(why(each), "")) for word, each in list(best.items())[:3]]


def _window(text: str, words: set[str]) -> str:
    """The run of AROUND words with the most different hits, whole at its sides."""
    hits = occurrences(text, words)
    best = max(hits, key=lambda hit: (_different(hits, hit.start), -hit.start), default=None)
    return _cut(text, best.start if best else 0)


def _different(hits: list[Token], start: int) -> int:
    return len({hit.word for hit in hits if start <= hit.start < start + NEAR})


def _cut(text: str, start: int) -> str:
    """From some words before the one at `start`; only the text around it is looked at."""
    least = max(0, start - REACH)
    around = list(WORD.finditer(text, least, start + 3 * REACH))
    if least:
        around = around[1:]  # it may be half a word
    place = next((place for place, word in enumerate(around) if word.end() > start), 0)
    part = around[max(0, place - BEFORE) :][:AROUND]
    if not part:
        return ""
    first, last = part[0].start(), part[-1].end()
    before = "… " if WORD.search(text, 0, first) else ""
    after = " …" if WORD.search(text, last) else text[last:].rstrip()[:1]
    return before + " ".join(text[first:last].split()) + after


def marked(text: str, hits: Iterable[Token]) -> SafeString:
    """`text` as HTML with these words in it marked."""
    pieces, last = [], 0
    for hit in hits:
        pieces += [escape(text[last : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
        last = hit.end
    return mark_safe("".join([*pieces, escape(text[last:])]))  # noqa: S308 each piece is escaped
