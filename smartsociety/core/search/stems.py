"""The stem of a word: PostgreSQL's, and what its Dutch one leaves undone (bussen, bus; algoritmes, algoritme)."""

import re

from django.db import connection

_DICTIONARY = {"nl": "dutch_stem", "en": "english_stem"}
_known: dict[tuple[str, str], str] = {}
MOST_KNOWN = 50_000


def stems_of(words: list[str], language: str = "nl") -> list[str]:
    """The stem of each word; one question to the database for those that were not asked before."""
    missing = sorted({word for word in words if (word, language) not in _known})
    found = dict(zip(missing, _asked(missing, language), strict=True)) if missing else {}
    stems = [found.get(word) or _known[word, language] for word in words]
    if len(_known) > MOST_KNOWN:
        _known.clear()
    _known.update({(word, language): stem for word, stem in found.items()})
    return stems


def _asked(words: list[str], language: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((ts_lexize(%s::regdictionary, word))[1], word) FROM unnest(%s::text[]) "
            "WITH ORDINALITY AS given(word, place) ORDER BY place",
            [_DICTIONARY.get(language, "dutch_stem"), words],
        )
        stems = [row[0] for row in cursor.fetchall()]
    return stems if language == "en" else [root(stem) for stem in stems]


def root(stem: str) -> str:
    """A Dutch stem without what is left of its ending, until nothing is: vleermuizen and vleermuis are one word."""
    shorter = _once(stem)
    return stem if shorter == stem else root(shorter)


def _once(stem: str) -> str:
    """One consonant, one vowel, no voiced end."""
    if len(stem) < 4:
        return stem
    stem = _without(_without(_without(stem, "e"), "s"), "e")
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    stem = re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", stem)
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])


def _without(stem: str, ending: str) -> str:
    return stem[:-1] if len(stem) > 4 and stem[-1] == ending and stem[-2] != ending else stem
