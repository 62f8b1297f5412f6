"""Counts beside every choice of a long list: its rows as bits, kept by the process per version of the content.

One query reads which values each row has. After that a choice is an AND and a count is a number of bits, exact for any
combination of choices, so that a list of ten thousand narrows as fast as one of ten. See docs/adr/0015.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression, RawSQL
from django.utils.functional import cached_property

from smartsociety.core import content
from smartsociety.core.content import Version
from smartsociety.core.filters import ListFilter, Sort
from smartsociety.core.memory import Memory

RELEVANCE = "relevance"
# A panel shows no more choices of one facet than this; a link to any other still works.
MOST_OPTIONS = 40


@dataclass
class Index:
    """Rows in their first order; per facet and value a number with a bit for each row that has it."""

    pks: np.ndarray
    bits: dict[str, dict[str, int]]
    keys: dict[str, list[Any]]  # per other order, what each row is sorted by: highest first
    _orders: dict[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: QuerySet, facets: dict[str, BaseExpression], keys: dict[str, BaseExpression]
    ) -> "Index":
        """Read `rows` in their order: per facet an expression that gives a text or an array of them; one query."""
        names, sorts = [f"facet_{name}" for name in facets], [f"key_{name}" for name in keys]
        values = dict(zip([*names, *sorts], [*facets.values(), *keys.values()], strict=True))
        read = list(rows.annotate(**values).values_list("pk", *names, *sorts))
        marks = {name: defaultdict(lambda: bytearray(len(read) // 8 + 1)) for name in facets}
        for place, row in enumerate(read):
            for name, value in zip(facets, row[1:], strict=False):
                for each in value if isinstance(value, list) else (value,):
                    if each:
                        marks[name][each][place >> 3] |= 1 << (place & 7)
        return cls(
            pks=np.array([row[0] for row in read], int),
            bits={
                name: {value: int.from_bytes(mark, "little") for value, mark in known.items()}
                for name, known in marks.items()
            },
            keys={name: [row[1 + len(names) + nth] for row in read] for nth, name in enumerate(keys)},
        )

    @property
    def everything(self) -> int:
        """A bit for every row."""
        return (1 << self.pks.size) - 1

    @cached_property
    def _places(self) -> np.ndarray:
        """By key where its row stands; -1 where there is none."""
        places = np.full(self.pks.max(initial=0) + 1, -1)
        places[self.pks] = np.arange(self.pks.size)
        return places

    def places_of(self, pks: np.ndarray) -> np.ndarray:
        """Where the rows with these keys stand; keys without a row are passed over."""
        places = self._places[pks[pks < self._places.size]]
        return places[places >= 0]

    def marked(self, places: np.ndarray) -> int:
        """A bit for the row at each of these places."""
        marks = np.zeros(self.pks.size, bool)
        marks[places] = True
        return int.from_bytes(np.packbits(marks, bitorder="little").tobytes(), "little")

    def having(self, name: str, values: Iterable[str]) -> int:
        """The rows with one of `values`."""
        found, known = 0, self.bits[name]
        for value in values:
            found |= known.get(value, 0)
        return found

    def order(self, name: str) -> np.ndarray:
        """The places of all rows, sorted by the key of that name; in their first order when there is none."""
        if name not in self._orders:
            keys = self.keys.get(name, [0] * self.pks.size)
            self._orders[name] = np.array(
                sorted(range(len(keys)), key=lambda place: (keys[place] is None, _down(keys[place]))), int
            )
        return self._orders[name]


def _down(key: Any) -> Any:
    """So that sorting upwards gives the highest first."""
    if key is None:
        return 0
    return -(key.toordinal() if hasattr(key, "toordinal") else key)


class Found:
    """The keys of the rows that were found, in order: a sequence that a paginator can cut."""

    def __init__(self, index: Index, bits: int, order: np.ndarray) -> None:
        self.index, self.bits, self.order = index, bits, order

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[int]:
        return iter(self._pks.tolist())

    def __getitem__(self, part: slice) -> list[int]:
        return self._pks[part].tolist()

    @cached_property
    def _pks(self) -> np.ndarray:
        size = self.index.pks.size
        marks = np.frombuffer(self.bits.to_bytes(size // 8 + 1, "little"), np.uint8)
        among = np.unpackbits(marks, count=size, bitorder="little").astype(bool)
        return self.index.pks[self.order[among[self.order]]]


class Option(NamedTuple):
    """A value of a facet, with how many rows it gives."""

    value: str
    label: str
    number: int
    is_chosen: bool


class Group(NamedTuple):
    """A facet in the panel, with what can be chosen now."""

    name: str
    label: str
    options: list[Option]
    chosen: int


def commonest(options: list[Option]) -> list[Option]:
    """Those that give most, in their own order, with all that were chosen: thousands of tags are no choice."""
    if len(options) <= MOST_OPTIONS:
        return options
    by_number = sorted(options, key=lambda option: (not option.is_chosen, -option.number))
    kept = {option.value for option in by_number[:MOST_OPTIONS]}
    return [option for option in options if option.value in kept or option.is_chosen]


class Loosened(NamedTuple):
    """A facet that may go, the query string of the list without it, and how many rows that has."""

    label: str
    query: str
    number: int


class IndexedFilter(ListFilter):
    """A ListFilter whose facets are counted and narrowed by an index of all rows.

    A subclass names `facets` and `sorts` (labels only), keeps a `memory`, and gives `rows` and `read_index`. Its
    filters carry labels and choices; what they keep, the index knows.
    """

    memory: Memory

    def rows(self) -> QuerySet:
        """All rows of the list in their first order."""
        raise NotImplementedError

    def read_index(self) -> Index:
        """The index of `rows`."""
        raise NotImplementedError

    def ranked(self, text: str) -> np.ndarray:
        """The keys of rows that match `text`, best first."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and exists; read without a form, of which making one costs more than finding the rows."""
        if not self.is_bound:
            return {}
        found: dict[str, Any] = {}
        for name in self.filters.keys() & self.given.keys():
            values = self.given[name]
            if name == "q":
                words = values[-1].strip()
                if words and "\x00" not in words:
                    found["q"] = words
            elif {value for value, _label in self.options(name)}.issuperset(values):
                found[name] = values
        return {name: found[name] for name in self.filters if name in found}

    def options(self, name: str) -> list[tuple[str, Any]]:
        """Values and labels of the choices of a facet."""
        return [(str(value), label) for value, label in self.filters[name].extra["choices"]]

    @cached_property
    def version(self) -> Version | None:
        """The version of the content that this request shows."""
        return content.version_of(self.request)

    @cached_property
    def index(self) -> Index:
        """Of all rows; read once per version."""
        return self.memory.remembered("index", self.version, self.read_index, lasts=True)

    @cached_property
    def _ranked(self) -> np.ndarray:
        """Where the rows stand that match the words, best first."""
        return self.index.places_of(self.ranked(self.chosen["q"]))

    @cached_property
    def _by_words(self) -> int:
        """The rows that match the words; all of them without words."""
        return self.index.marked(self._ranked) if "q" in self.chosen else self.index.everything

    @cached_property
    def _by_facet(self) -> dict[str, int]:
        """Per facet in use, the rows that its choices keep."""
        return {
            name: self.index.having(name, self.chosen[name]) for name in self.facets if name in self.chosen
        }

    def bits(self, *, without: str = "") -> int:
        """The rows that all choices keep, or all but those of one facet."""
        found = self._by_words
        for name, kept in self._by_facet.items():
            if name != without:
                found &= kept
        return found

    def counts(self, name: str) -> dict[str, int]:
        """How many rows each value of a facet gives, when the choices of all others stand."""
        others = self.bits(without=name)
        return {value: (bits & others).bit_count() for value, bits in self.index.bits[name].items()}

    @property
    def groups(self) -> list[Group]:
        """The facets for the panel, without choices that give nothing; those without any choice are left out."""
        found = []
        for name in self.facets:
            counts, chosen = self.counts(name), self.chosen.get(name, ())
            options = [
                Option(value, label, counts.get(value, 0), value in chosen)
                for value, label in self.options(name)
                if counts.get(value) or value in chosen
            ]
            if options:
                found.append(Group(name, self.filters[name].label, commonest(options), len(chosen)))
        return found

    @property
    def loosened(self) -> list[Loosened]:
        """When nothing was found: what there is without each of the facets in use, the most first."""
        found = []
        for name in self._by_facet:
            if number := self.bits(without=name).bit_count():
                query = self.query_with(**{name: ""})
                found.append(Loosened(str(self.filters[name].label), query, number))
        return sorted(found, key=lambda each: -each.number)

    @cached_property
    def found(self) -> Found:
        """The keys of the rows that all choices keep, in the chosen order."""
        order = self._ranked if self.sort == RELEVANCE else self.index.order(self.sort)
        return Found(self.index, self.bits(), order)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """`queryset` narrowed to what was found, in its own order; best first when words were typed."""
        if "q" in self.chosen:
            queryset = queryset.search(self.chosen["q"])
        if not self._by_facet:
            return queryset
        keys = RawSQL("SELECT unnest(%s::bigint[])", (list(self.found),))
        return queryset.filter(pk__in=keys)

    @property
    def sort(self) -> str:
        """As was asked; else by relevance when words were typed, or the first other one."""
        asked = self.data.get("sort", "")
        return asked if asked in self._usable_sorts else self._usable_sorts[0]

    @property
    def orders(self) -> list[Sort]:
        """The ways to sort, as links; by relevance only when there are words."""
        return [
            Sort(self.sorts[name][0], self.query_with(sort="" if nth == 0 else name), name == self.sort)
            for nth, name in enumerate(self._usable_sorts)
        ]

    @property
    def _usable_sorts(self) -> list[str]:
        return [name for name in self.sorts if name != RELEVANCE or "q" in self.chosen]
