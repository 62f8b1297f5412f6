"""Making the whole index anew, checking it, and mending it, in portions that each stand on their own."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction

from smartsociety.core.search import packing, triggers
from smartsociety.core.search.indexing import analyse, index_rows
from smartsociety.core.search.kinds import KIND_BITS, Kind, all_kinds, entry_id
from smartsociety.core.search.models import Entry, Outdated, PostingList
from smartsociety.core.search.postings import NUMBER, WEIGHT, Postings, by_word, without

PORTION = 500


@dataclass
class Progress:
    """How far the work is: rows done of one kind, up to and with number `last`."""

    kind: Kind
    done: int
    total: int
    last: int


def rebuild(kind: Kind, after: int = 0) -> Iterator[Progress]:
    """Index every row of `kind` anew, from the number after `after`; entries without a row go."""
    rows = kind.rows().order_by("pk")
    total, done = rows.count(), rows.filter(pk__lte=after).count()
    while ids := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        index_rows(kind.number, ids)
        after, done = ids[-1], done + len(ids)
        yield Progress(kind, done, total, after)
    for leftover in _leftovers(kind):
        index_rows(kind.number, leftover)


def _leftovers(kind: Kind) -> Iterator[list[int]]:
    entries = _entries(kind).values_list("id", flat=True)
    numbers = [entry >> KIND_BITS for entry in entries.iterator(chunk_size=5_000)]
    there = set(kind.rows().values_list("pk", flat=True))
    gone = [number for number in numbers if number not in there]
    yield from (gone[at : at + PORTION] for at in range(0, len(gone), PORTION))


def _entries(kind: Kind):
    return Entry.objects.extra(
        where=["search_entry.id & %s = %s"], params=[(1 << KIND_BITS) - 1, kind.number]
    )


@dataclass
class Faults:
    """What is wrong with the index of one kind; all empty when it is right."""

    missing: list[int]
    superfluous: list[int]
    outdated: list[int]

    def __bool__(self) -> bool:
        return bool(self.missing or self.superfluous or self.outdated)


def check(kind: Kind) -> Faults:
    """Compare what is indexed with what should be, row by row."""
    rows = kind.rows().order_by("pk")
    missing, outdated, seen, after = [], [], set(), 0
    while ids := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        after = ids[-1]
        numbers = [entry_id(kind.number, number) for number in ids]
        digests = dict(Entry.objects.filter(pk__in=numbers).values_list("pk", "digest"))
        for document in kind.documents(ids):
            analysed = analyse(kind.number, document)
            seen.add(analysed.id)
            if analysed.id not in digests:
                missing.append(document.object_id)
            elif digests[analysed.id] != analysed.digest:
                outdated.append(document.object_id)
    superfluous = [
        number >> KIND_BITS
        for number in _entries(kind).values_list("id", flat=True).iterator(chunk_size=5_000)
        if number not in seen
    ]
    return Faults(missing, superfluous, outdated)


def lists_at_fault() -> list[int]:
    """Numbers of words whose list does not say what the entries say."""
    wanted, there = _wanted_lists(), _kept_lists()
    return sorted(
        word
        for word in {*wanted, *there}
        if word not in wanted
        or word not in there
        or not all(np.array_equal(*columns) for columns in zip(wanted[word], there[word], strict=True))
    )


@transaction.atomic
def mend_lists(words: list[int]) -> None:
    """Write the lists of these words anew."""
    wanted = _wanted_lists()
    nothing = Postings(np.empty(0, NUMBER), np.empty(0, WEIGHT))
    with connection.cursor() as cursor:
        packing.write_lists(cursor, {word: wanted.get(word, nothing) for word in words})


def _wanted_lists() -> dict[int, Postings]:
    """By the packed entries."""
    packed = Entry.objects.filter(is_packed=True).values_list("id", "words", "weights")
    return by_word(
        (entry, np.frombuffer(words, NUMBER), np.frombuffer(weights, WEIGHT))
        for entry, words, weights in packed.iterator(chunk_size=5_000)
    )


def _kept_lists() -> dict[int, Postings]:
    """As they are kept, without what is outdated."""
    gone = np.array(sorted(Outdated.objects.values_list("pk", flat=True)), NUMBER)
    lists = {
        word: without(Postings(np.frombuffer(entries, NUMBER), np.frombuffer(weights, WEIGHT)), gone)
        for word, entries, weights in PostingList.objects.values_list("pk", "entries", "weights").iterator()
    }
    return {word: postings for word, postings in lists.items() if postings.entries.size}


def vacuum() -> None:
    """After much was written. Not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) search_postinglist, search_gramlist, search_word, search_entry")


def repair_triggers() -> list[str]:
    """Put back triggers that are gone; returns which."""
    gone = triggers.missing()
    if gone:
        triggers.install()
    return gone


def kinds_named(name: str) -> list[Kind]:
    """The kind with that name, or all when it is empty."""
    return [kind for kind in all_kinds() if name in ("", kind.name)]
