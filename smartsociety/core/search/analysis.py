"""Text to words: one way for documents, questions and passages, so that they meet.

A word is letters and digits, in small letters without accents. `auto's` is the word `auto`; PostgreSQL knows the stems.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 60  # letters of a word that count
_WORD = re.compile(r"[^\W_]+(?:['’]s(?![^\W_]))?")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


class Token(NamedTuple):
    """A word and where it stands in the text."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """`word` in small letters, without accents and without `'s`."""
    small = word.casefold().translate(_SPECIAL)
    if small.endswith(("'s", "’s")):
        small = small[:-2]
    plain = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return plain[:LONGEST]


def composed(text: str) -> str:
    """`text` with each letter and its accent as one character, and without what PostgreSQL cannot keep."""
    return unicodedata.normalize("NFC", text).replace("\x00", " ")


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` (composed), in order."""
    for match in _WORD.finditer(text):
        if word := fold(match.group()):
            yield Token(word, match.start(), match.end())


def words(text: str) -> list[str]:
    """The words of `text` without their places."""
    return [token.word for token in tokens(composed(text))]


@lru_cache(maxsize=50_000)
def grams(word: str) -> frozenset[str]:
    """The runs of three letters of `word`, its beginning and end marked by a space."""
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
