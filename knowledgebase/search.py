"""Search over practices on PostgreSQL alone: every word first, any word when that finds nothing."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, When


def weighted_vector(config: str, *, a: str, b: str, c: tuple[str, ...]) -> SearchVector:
    """The vector of a row: `a` weighs most, the fields of `c` least."""
    return (
        SearchVector(a, weight="A", config=config)
        + SearchVector(b, weight="B", config=config)
        + SearchVector(*c, weight="C", config=config)
    )


def queries(text: str) -> list[Case]:
    """What to ask in turn until something is found: all words as typed (quotes, minus and OR work), then any word's start.

    Each asks in the language of the row, as its vector was made.
    """
    words = re.findall(r"\w+", text)[:20]
    beginnings = " | ".join(f"{word}:*" for word in words)
    asked = [(text, "websearch")] + ([(beginnings, "raw")] if words else [])
    return [
        Case(
            When(language="en", then=SearchQuery(value, search_type=kind, config="english")),
            default=SearchQuery(value, search_type=kind, config="dutch"),
        )
        for value, kind in asked
    ]
