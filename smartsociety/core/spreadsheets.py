"""Rows as a file that people open in a spreadsheet: CSV and OpenDocument."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from odfdo import Cell, Document, Row, Table

CSV = "text/csv; charset=utf-8"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
# A spreadsheet takes a cell that begins so for a formula, and runs what a stranger wrote in it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A key for programs, its heading in a spreadsheet, and how both read a row."""

    key: str
    heading: str | Promise
    value: Callable[[Any], Any]  # for programs: a code, a list, a number
    words: Callable[[Any], Any] | None = None  # for people, when that is something else


def as_csv(columns: Sequence[Column], rows: Iterable[Any], *, title: str = "") -> bytes:
    """For Excel as it is set up in the Netherlands.

    It needs a byte order mark, or it spoils the â of Fryslân, and semicolons, or all comes in one column.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";")
    writer.writerow([str(column.heading) for column in columns])
    writer.writerows([harmless(cell) for cell in row] for row in cells(columns, rows))
    return lines.getvalue().encode("utf-8-sig")


def as_ods(columns: Sequence[Column], rows: Iterable[Any], *, title: str) -> bytes:
    """An OpenDocument spreadsheet: texts are texts there, so nothing is run."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(title)
    for values in ([str(column.heading) for column in columns], *cells(columns, rows)):
        row = Row()
        row.extend_cells([_ods_cell(value) for value in values])
        table.append_row(row)
    document.body.append(table)
    document.meta.title = title
    document.meta.language = "nl-NL"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def cells(columns: Sequence[Column], rows: Iterable[Any]) -> list[list[Any]]:
    """What people read: words and numbers, a list per row."""
    return [[_cell((column.words or column.value)(row)) for column in columns] for row in rows]


def plain(value: Any) -> Any:
    """A day or a moment as text; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe before it, as people type it themselves."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return plain("" if value is None else value)


def _ods_cell(value: Any) -> Cell:
    return Cell(value) if isinstance(value, int) else Cell(str(value), cell_type="string")
