"""Which words stand in which entries, for whoever explains a ranking."""

import math
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from smartsociety.core.search.expansion import Sought
from smartsociety.core.search.kinds import KIND_BITS


def weights_in(entries: list[int], words: Iterable[int]) -> dict[int, dict[int, float]]:
    """Per entry those of `words` that it has, with their weights."""
    found: defaultdict[int, dict[int, float]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, word_id, weight FROM search_posting WHERE entry_id = ANY(%s) AND word_id = ANY(%s)",
            [entries, list(words)],
        )
        for entry, word, weight in cursor.fetchall():
            found[entry][word] = weight
    return found


def rarities(groups: list[dict[int, Sought]], kinds: list[int], entries: int) -> dict[int, float]:
    """Per group that is found at all how rare it is; as in `ranking`."""
    rows = [(word, n, sought.weight) for n, group in enumerate(groups) for word, sought in group.items()]
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT grp, sum(nearest * nearest) FROM (
                SELECT p.entry_id, grp, max(likeness) AS nearest
                  FROM unnest(%s::int[], %s::int[], %s::float[]) AS s(word, grp, likeness)
                  JOIN search_posting p ON p.word_id = s.word WHERE p.entry_id & %s = ANY(%s)
                 GROUP BY p.entry_id, grp
            ) AS part GROUP BY grp
            """,
            [*(list(column) for column in zip(*rows, strict=True)), (1 << KIND_BITS) - 1, kinds],
        )
        found = {group: min(number, entries) for group, number in cursor.fetchall()}
    return {group: math.log(1 + (entries - number + 0.5) / (number + 0.5)) for group, number in found.items()}
