"""Text to words: one way for documents, questions and passages, so that they meet.

A word is letters and digits, in small letters without accents. `auto's` is the word `auto`; PostgreSQL knows the stems.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 60  # letters of a word that count
MOST_OCCURRENCES = 50
_GENITIVE = re.compile(r"(?:['’]s(?![^\W_]))?")
WORD = re.compile(rf"[^\W_]+{_GENITIVE.pattern}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


class Token(NamedTuple):
    """A word and where it stands in the text."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """`word` in small letters, without accents and without `'s`."""
    small = word.casefold().removesuffix("'s").removesuffix("’s")
    if not small.isascii():
        plain = unicodedata.normalize("NFKD", small.translate(_SPECIAL))
        small = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return small[:LONGEST]


def composed(text: str) -> str:
    """`text` with each letter and its accent as one character, and without what PostgreSQL cannot keep."""
    return unicodedata.normalize("NFC", text).replace("\x00", " ")


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` (composed), in order."""
    for match in WORD.finditer(text):
        if word := fold(match.group()):
            yield Token(word, match.start(), match.end())


def occurrences(text: str, words: Iterable[str]) -> list[Token]:
    """Where folded `words` stand in `text` (composed), in order; of each the first fifty.

    They are looked up in the text folded as a whole, which is many times as fast as going through all its words.
    """
    flat = _folded(text)
    if flat is None:
        wanted = set(words)
        return [token for token in tokens(text) if token.word in wanted]
    found = []
    for word in words:
        at, number = flat.find(word), 0
        while at >= 0 and number < MOST_OCCURRENCES:
            end = at + len(word)
            if not flat[end : end + 1].isalnum() and not (at and flat[at - 1].isalnum()):
                found.append(Token(word, at, _GENITIVE.match(flat, end).end()))
                number += 1
            at = flat.find(word, end)
    found.sort(key=lambda token: token.start)
    return [
        hit for nth, hit in enumerate(found) if not nth or hit.start >= found[nth - 1].end
    ]  # the s of auto's


def _folded(text: str) -> str | None:
    """`text` folded letter by letter, or nothing when that would move the letters."""
    small = text.lower()
    plain = {letter: fold(letter) for letter in set(_NOT_ASCII.findall(small))}
    if len(small) != len(text) or any(len(letter) != 1 for letter in plain.values()):
        return None
    return _NOT_ASCII.sub(lambda match: plain[match.group()], small) if plain else small


def words(text: str) -> list[str]:
    """The words of `text` without their places."""
    return [token.word for token in tokens(composed(text))]


@lru_cache(maxsize=10_000)  # more than a kilobyte each
def grams(word: str) -> frozenset[str]:
    """The runs of three letters of `word`, its beginning and end marked by a space."""
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
