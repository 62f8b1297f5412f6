"""Lists as files: CSV and ODS for people, JSON for programs; a list is a `Sheet` with its columns."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

from smartsociety.core.spreadsheet import MIMETYPE, spreadsheet

LICENCE = "CC0-1.0"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ods": MIMETYPE,
}
# A spreadsheet takes a cell that begins so for a formula, and runs what a stranger wrote in it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A key of the JSON, its heading in a spreadsheet, and how both read a row."""

    key: str
    heading: str | Promise
    value: Callable[[Any], Any]  # for programs: a code, a list, a number
    words: Callable[[Any], Any] | None = None  # for people, when that is something else


@dataclass(frozen=True)
class Sheet:
    """What a file of one kind of list holds. `key` names the rows in the JSON."""

    columns: tuple[Column, ...]
    key: str
    title: str | Promise
    name: str | Promise  # of the table, and in short of the file

    def csv(self, rows: Iterable) -> bytes:
        """For Excel as it is set up in the Netherlands.

        It needs a byte order mark, or it spoils the â of Fryslân, and semicolons, or all comes in one column.
        """
        lines = io.StringIO(newline="")
        writer = csv.writer(lines, delimiter=";")
        writer.writerow([str(column.heading) for column in self.columns])
        writer.writerows([_harmless(cell) for cell in row] for row in self._cells(rows))
        return lines.getvalue().encode("utf-8-sig")

    def ods(self, rows: Iterable) -> bytes:
        """An OpenDocument spreadsheet: texts are texts there, so nothing is run."""
        headings = [str(column.heading) for column in self.columns]
        return spreadsheet([headings, *self._cells(rows)], name=str(self.name))

    def json(self, rows: Iterable, source: str) -> bytes:
        """With what its keys mean, its licence and its source."""
        found = [{column.key: _plain(column.value(row)) for column in self.columns} for row in rows]
        answer = {
            "title": str(self.title),
            "licence": {"name": LICENCE, "url": LICENCE_URL},
            "source": source,
            "retrieved_at": timezone.now().isoformat(timespec="seconds"),
            "fields": {column.key: str(column.heading) for column in self.columns},
            "count": len(found),
            self.key: found,
        }
        return json.dumps(answer, ensure_ascii=False, indent=1).encode()

    def response(self, rows: Iterable, *, extension: str, source: str) -> HttpResponse:
        """The file to download, with the day in its name."""
        if extension not in CONTENT_TYPES:
            raise Http404(extension)
        made = self.json(rows, source) if extension == "json" else getattr(self, extension)(rows)
        name = f"{str(self.name).lower()}-{timezone.localdate():%Y-%m-%d}.{extension}"
        return HttpResponse(
            made,
            content_type=CONTENT_TYPES[extension],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _cells(self, rows: Iterable) -> list[list[Any]]:
        """What people read: words and numbers, a line per row."""
        return [[_cell((column.words or column.value)(row)) for column in self.columns] for row in rows]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return _plain("" if value is None else value)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe before it, as people type it themselves."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell
