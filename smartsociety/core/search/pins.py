"""What editors put on top of the results of one search, whatever its words find by themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.utils import timezone

from smartsociety.core.search.kinds import all_kinds, row_of
from smartsociety.core.search.models import Entry, PinnedSearch
from smartsociety.core.search.parsing import Question, parse
from smartsociety.core.search.stems import stems_of

if TYPE_CHECKING:
    from smartsociety.core.search.ranking import Ranked  # which needs the rules, and those the pins

Key = frozenset[str]


@dataclass(frozen=True)
class Pin:
    """Entries to put on top, in this order, up to and including a day."""

    entries: tuple[int, ...]
    until: date | None = None


@dataclass
class Pins:
    """In force for one search; a preview makes its own."""

    table: dict[Key, Pin] = field(default_factory=dict)

    @classmethod
    def kept(cls, stop: frozenset[str], *, without: int | None = None) -> "Pins":
        """As they are; `without` the one that is being changed."""
        rows = PinnedSearch.objects.exclude(pk=without).order_by("pk")
        return cls({key_of(row.words, stop): Pin(tuple(row.entries), row.until_on) for row in rows})

    def with_pin(self, words: str, pin: Pin, stop: frozenset[str]) -> "Pins":
        """These and one more, for `words`."""
        return Pins({**self.table, key_of(words, stop): pin})

    def on_top(self, question: Question, stop: frozenset[str]) -> tuple[int, ...]:
        """What belongs on top of the answer to `question` today."""
        pin = self.table.get(_key(question, stop)) if self.table else None
        return () if pin is None or (pin.until and pin.until < timezone.localdate()) else pin.entries


def key_of(text: str, stop: frozenset[str] = frozenset()) -> Key:
    """What makes two searches the same one: their telling words by stem, in any order."""
    return _key(parse(text), stop)


def written_key(text: str) -> str:
    """That key as it is stored; empty for what cannot have pins."""
    return " ".join(sorted(key_of(text)))


def _key(question: Question, stop: frozenset[str]) -> Key:
    """Empty for a search with quotes, a minus or OR: whoever narrows so wants that, and nothing on top of it."""
    if question.phrases or question.without or any(len(group) > 1 for group in question.groups):
        return frozenset()
    words = question.words
    return frozenset(stems_of([word for word in words if word not in stop] or words))


def put_on_top(ranked: "Ranked", pinned: Iterable[int], kinds: Iterable[int]) -> list[int]:
    """Move or add those that are in the index and of these kinds; returns which. What was withdrawn is not there."""
    pinned, kinds = list(dict.fromkeys(pinned)), set(kinds)
    if not pinned:
        return []
    there = set(Entry.objects.filter(pk__in=pinned).values_list("pk", flat=True))
    first = [entry for entry in pinned if entry in there and row_of(entry)[0] in kinds]
    scores = dict(zip(ranked.entries.tolist(), ranked.scores, strict=False))
    rest = ranked.entries[~np.isin(ranked.entries, first)]
    ranked.entries = np.concatenate([np.array(first, int), rest])
    ranked.scores = [scores.get(entry, 0.0) for entry in ranked.first(len(first) + len(scores))]
    return first


class Candidate(NamedTuple):
    """An entry that can be put on top, or was. Without a title it is not in the index: it was withdrawn."""

    entry: int
    title: str
    language: str
    label: Any  # what kind of things it is one of


def described(entries: list[int]) -> list[Candidate]:
    """In the same order."""
    rows = Entry.objects.filter(pk__in=entries).values_list("pk", "title", "language")
    known = {entry: (title, language) for entry, title, language in rows}
    labels = {kind.number: kind.label for kind in all_kinds()}
    return [
        Candidate(entry, *known.get(entry, ("", "nl")), labels.get(row_of(entry)[0], "")) for entry in entries
    ]


def in_index(numbers: Iterable[int]) -> list[int]:
    """Those of them that are numbers of entries, in the same order, each once."""
    wanted = list(dict.fromkeys(numbers))
    there = set(Entry.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [number for number in wanted if number in there]
