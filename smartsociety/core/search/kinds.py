"""What is searched: every app tells it of its own rows, in a module `searched`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

# An entry of the index is numbered by its row and its kind together; see `models.Entry`.
KIND_BITS = 5

TITLE, SUMMARY, LABELS, NAMES, BODY = 2.5, 1.6, 1.6, 1.2, 1.0


@dataclass(frozen=True)
class Part:
    """A piece of a document and how much its words weigh. A passage is shown with its hits marked; labels are not."""

    text: str
    weight: float = BODY
    is_passage: bool = True


@dataclass(frozen=True)
class Document:
    """What is known of one row. `prior`, from 0 to 1, lifts it a little among its equals.

    What staff say about it may move that by a half, up or down; `given` is how much of it that is.
    """

    object_id: int
    title: str
    language: str = "nl"
    parts: list[Part] = field(default_factory=list)
    prior: float = 0.0
    given: float = 0.0


@dataclass(frozen=True)
class Watch:
    """A table whose changes change what is found. `rows` is SQL for the numbers of the rows to index anew.

    In it `ROW` is the row that was added, changed or removed: `SELECT ROW.practice_id`.
    """

    model: type[Model]
    rows: str
    columns: tuple[str, ...] = ()


class Kind:
    """A kind of thing that is found. Subclasses are registered with `register`."""

    number: int  # below 2 ** KIND_BITS, and never used for anything else
    name: str  # in addresses
    label: Any  # plural, on the page

    def rows(self) -> QuerySet:
        """The rows that everybody may find."""
        raise NotImplementedError

    def documents(self, ids: Iterable[int]) -> list[Document]:
        """What of those rows is searched; rows that may not be found are left out."""
        raise NotImplementedError

    def watched(self) -> list[Watch]:
        """Every table that `documents` reads."""
        raise NotImplementedError

    def shown(self, ids: Iterable[int]) -> dict[int, Model]:
        """Rows to show by number, read afresh: what was withdrawn a moment ago is not among them."""
        return self.rows().in_bulk(list(ids))


_kinds: dict[int, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Make a kind findable."""
    taken = _kinds.setdefault(kind.number, kind())
    if type(taken) is not kind or not 0 <= kind.number < 2**KIND_BITS:
        raise ValueError(f"number {kind.number} of search kind {kind.name} is taken or too large")
    return kind


def all_kinds() -> list[Kind]:
    """Every kind, in the order of its number."""
    return [_kinds[number] for number in sorted(_kinds)]


def kind_of(number: int) -> Kind:
    """The kind with this number."""
    return _kinds[number]


def entry_id(kind: int, object_id: int) -> int:
    """The number of the entry of a row."""
    return object_id << KIND_BITS | kind


def row_of(entry: int) -> tuple[int, int]:
    """The kind and the number of the row of an entry."""
    return entry & (1 << KIND_BITS) - 1, entry >> KIND_BITS
