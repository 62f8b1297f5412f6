"""More like this: what shares the telling words of an entry, names of themes and tags among them."""

import math
from collections import defaultdict

from django.db import connection

from smartsociety.core.search.kinds import KIND_BITS, entry_id
from smartsociety.core.search.postings import of_entries, read
from smartsociety.core.search.state import current_state

TELLING = 25  # words of the entry that say most
COMMON = 300  # a word in so many entries says nothing, however many there are
COMMON_SHARE = 3  # nor does one in a third of them
LEAST_SHARED = 2
SHORTEST = 3


def alike(kind: int, object_id: int, most: int) -> list[int]:
    """Numbers of the rows of this kind that are most like this one, at most so many.

    By the index as it is: whoever only reads a page does not wait for what others changed. The worker sees to that.
    """
    own = entry_id(kind, object_id)
    found: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, int] = defaultdict(int)
    for value, entries in _telling(own):
        for entry, weight in entries.items():
            if entry != own and entry & (1 << KIND_BITS) - 1 == kind:
                found[entry] += value * weight
                shared[entry] += 1
    best = sorted(found, key=lambda entry: (-found[entry], entry))
    return [entry >> KIND_BITS for entry in best if shared[entry] >= LEAST_SHARED][:most]


def _telling(own: int) -> list[tuple[float, dict[int, float]]]:
    """What each of the telling words is worth, and how much it weighs in each entry that has a form of it."""
    total, _average = current_state().size
    common = max(LEAST_SHARED, min(COMMON, total // COMMON_SHARE))
    told = []
    for weight, entries in _stems(own, common):
        if 2 <= len(entries) <= common:
            rarity = math.log(1 + total / len(entries))
            told.append((weight * rarity, rarity, entries))
    told.sort(key=lambda each: -each[0])
    return [(value * rarity, entries) for value, rarity, entries in told[:TELLING]]


def _stems(own: int, common: int) -> list[tuple[float, dict[int, float]]]:
    """By stem, so that forms of a word are one: its weight in this entry, and its entries with their weights.

    What is common already by how its words were packed is not even read.
    """
    weights = of_entries([own]).get(own, {})
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.stem, array_agg(v.id) FROM search_word w JOIN search_word v USING (stem)
             WHERE w.id = ANY(%s) AND length(w.text) >= %s GROUP BY w.stem HAVING max(v.entries) <= %s
            """,
            [list(weights), SHORTEST, common],
        )
        forms = dict(cursor.fetchall())
    postings = read({number for numbers in forms.values() for number in numbers})
    found = []
    for numbers in forms.values():
        entries: defaultdict[int, float] = defaultdict(float)
        for number in set(numbers) & postings.keys():
            for entry, weight in zip(*(column.tolist() for column in postings[number]), strict=True):
                entries[entry] += weight
        found.append((sum(weights.get(number, 0.0) for number in set(numbers)), entries))
    return found
