"""`manage.py import_practices FILE.jsonl`: practices that others published."""

import gc
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import DatabaseError, transaction

from knowledgebase.actions.external import Taken, take_external
from knowledgebase.importing import Owners, Record, Reject, lines_of, read
from smartsociety.core.search import packing
from smartsociety.core.search.indexing import index_pending

BATCH = 200
SAY_EVERY = 1_000


class Command(BaseCommand):
    """Takes what is right and says of each other line what is wrong with it."""

    help = (
        "Imports practices from a file with one JSON object a line (title, summary, body, owner, tags, source, "
        "language, published_on). Safe to repeat: a practice is known by its source."
    )

    def add_arguments(self, parser) -> None:
        """Which file, and whether only to look."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="judge everything, keep nothing")

    @no_translations  # like every command: what a validator says too
    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the file in batches, each in a transaction of its own."""
        self.dry_run, self.total, self.rejected, self.lines = options["dry_run"], Taken(), 0, 0
        passed_over: dict[str, int] = {}
        try:
            with options["file"].open("rb") as file, _seldom_sweeping():
                size = max(options["file"].stat().st_size, 1)
                for batch in _batched(read(lines_of(file), Owners(), passed_over)):
                    self.take(batch)
                    self.say_how_far(len(batch), file, size)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}") from error
        if not self.dry_run:
            packing.pack()
        self.say_what_came_of_it(passed_over)

    def take(self, batch: tuple[Record | Reject, ...]) -> None:
        """One batch: kept and findable together; when the database refuses it, one record at a time."""
        records = [each for each in batch if isinstance(each, Record)]
        for reject in batch:
            if isinstance(reject, Reject):
                self.reject(reject)
        try:
            self.keep(records)
        except DatabaseError as error:
            if len(records) > 1:
                for record in records:
                    self.take((record,))
            else:
                self.reject(Reject(records[0].line, f"The database refuses it: {error}".splitlines()[0]))

    def keep(self, records: list[Record]) -> None:
        """All of these, or none."""
        with transaction.atomic():
            taken = take_external(records=records)
            if self.dry_run:
                transaction.set_rollback(True)
            else:
                while index_pending(BATCH * 5):
                    pass
        for name in ("created", "changed", "unchanged"):
            setattr(self.total, name, getattr(self.total, name) + getattr(taken, name))

    def reject(self, reject: Reject) -> None:
        """Which line, and why."""
        self.rejected += 1
        self.stderr.write(f"line {reject.line}: {reject.reason}")

    def say_how_far(self, more: int, file: BinaryIO, size: int) -> None:
        """At every thousand lines, at once also when the output goes to a file."""
        before, self.lines = self.lines, self.lines + more
        if self.lines // SAY_EVERY > before // SAY_EVERY:
            self.stdout.write(f"{self.lines} lines ({100 * file.tell() // size}%)")
            self.stdout.flush()

    def say_what_came_of_it(self, passed_over: dict[str, int]) -> None:
        """The sum of it."""
        if passed_over:
            keys = ", ".join(f"{key} ({number})" for key, number in sorted(passed_over.items())[:20])
            self.stdout.write(f"Passed over, for the import does not know them: {keys}")
        said = "Nothing was kept (--dry-run). " if self.dry_run else ""
        self.stdout.write(
            f"{said}New: {self.total.created}, changed: {self.total.changed}, as it was: {self.total.unchanged}, "
            f"rejected: {self.rejected}"
        )


def _batched(found: Iterator[Record | Reject]) -> Iterator[tuple[Record | Reject, ...]]:
    while batch := tuple(itertools.islice(found, BATCH)):
        yield batch


@contextmanager
def _seldom_sweeping() -> Iterator[None]:
    """A batch makes and drops so many objects that looking for lost ones as often as usual took half of the time."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
