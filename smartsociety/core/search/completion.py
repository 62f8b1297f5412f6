"""Suggestions while somebody types: entries that have the words, the last of which may be unfinished."""

from typing import NamedTuple

from django.db import connection

from smartsociety.core.search.expansion import Expanded, Sought
from smartsociety.core.search.kinds import KIND_BITS
from smartsociety.core.search.parsing import parse
from smartsociety.core.search.ranking import rank
from smartsociety.core.search.state import state_now
from smartsociety.core.search.vocabulary import Variant, variants_of

SHORTEST = 2
# So many postings of unfinished words are ranked; a commoner beginning says too little to suggest by.
MOST_POSTINGS = 30_000
PREFIX = 0.9


class Suggestion(NamedTuple):
    """An entry to offer."""

    object_id: int
    title: str
    language: str


def complete(text: str, kind: int, number: int = 6) -> list[Suggestion]:
    """The best entries of a kind for what was typed so far."""
    question = parse(text)
    if len(text.strip()) < SHORTEST or not question:
        return []
    state = state_now()
    *before, (last, *_others) = question.groups
    known = variants_of([group[0] for group in before], state.vocabulary)
    groups = [{v.id: Sought(v, v.likeness, group[0]) for v in known[group[0]][:8]} for group in before]
    groups.append({v.id: Sought(v, v.likeness, last) for v in _beginning_with(last)})
    ranked = rank(Expanded(question, groups), [kind], state.size, phrases=False)
    best = ranked.first(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, title, language FROM search_entry WHERE id = ANY(%s)", [best])
        found = {
            entry: Suggestion(entry >> KIND_BITS, title, language)
            for entry, title, language in cursor.fetchall()
        }
    return [found[entry] for entry in best if entry in found]


def _beginning_with(start: str) -> list[Variant]:
    """The commonest words that begin so, as many as can be ranked while somebody types."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.id, w.text, found.entries FROM (
                SELECT id, text, entries FROM search_word WHERE text LIKE %s ORDER BY entries DESC, text LIMIT 30
            ) AS w, LATERAL (SELECT greatest(w.entries, 1) AS entries) AS found
            """,
            [f"{start}%"],
        )
        rows = cursor.fetchall()
    found, total = [], 0
    for number, text, entries in rows:
        if total + entries <= MOST_POSTINGS:
            total += entries
            found.append(Variant(number, text, 1.0 if text == start else PREFIX, entries))
    return found
