"""Search over practices on PostgreSQL alone: every word first, the start of any word when that finds nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, FloatField, Q, When

# A row is searched in its own language.
CONFIGS = {"nl": "dutch", "en": "english"}


def weighted_vector(config: str, *, a: str, b: str, c: tuple[str, ...]) -> SearchVector:
    """The vector of a row: `a` weighs most, the fields of `c` least."""
    return (
        SearchVector(a, weight="A", config=config)
        + SearchVector(b, weight="B", config=config)
        + SearchVector(*c, weight="C", config=config)
    )


@dataclass(frozen=True)
class Question:
    """What to ask PostgreSQL: text in one of its query languages."""

    text: str
    kind: str

    def _query(self, language: str) -> SearchQuery:
        return SearchQuery(self.text, search_type=self.kind, config=CONFIGS[language])

    @property
    def condition(self) -> Q:
        """Which rows match."""
        matches = (Q(language=language, search_vector=self._query(language)) for language in CONFIGS)
        return Q(*matches, _connector=Q.OR)

    @property
    def rank(self) -> Case:
        """How well a row matches, from 0."""
        ranks = (
            When(language=name, then=SearchRank(F("search_vector"), self._query(name))) for name in CONFIGS
        )
        return Case(*ranks, default=0.0, output_field=FloatField())


def questions(text: str) -> Iterator[Question]:
    """What to ask in turn until something is found.

    First `text` as typed, where quotes, minus and OR work; then the start of any of its words.
    """
    text = text.replace("\x00", " ")
    yield Question(text, "websearch")
    if words := re.findall(r"\w+", text)[:20]:
        yield Question(" | ".join(f"{word}:*" for word in words), "raw")
