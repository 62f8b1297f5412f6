"""`manage.py import_practices FILE.jsonl`: practices that others published."""

import itertools
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from knowledgebase.actions.external import Taken, take_external
from knowledgebase.importing import Owners, Record, Reject, read
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

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the file in batches, each in a transaction of its own."""
        self.dry_run, self.total, self.rejected, self.lines = options["dry_run"], Taken(), 0, 0
        try:
            with options["file"].open("rb") as lines:
                for batch in _batched(read(lines, Owners())):
                    self.take(batch)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}") from error
        if not self.dry_run:
            packing.pack()
        said = "Nothing was kept (--dry-run). " if self.dry_run else ""
        self.stdout.write(
            f"{said}New: {self.total.created}, changed: {self.total.changed}, as it was: {self.total.unchanged}, "
            f"rejected: {self.rejected}"
        )

    def take(self, batch: tuple[Record | Reject, ...]) -> None:
        """One batch: kept and findable together."""
        records = [each for each in batch if isinstance(each, Record)]
        for reject in batch:
            if isinstance(reject, Reject):
                self.rejected += 1
                self.stderr.write(f"line {reject.line}: {reject.reason}")
        with transaction.atomic():
            taken = take_external(records=records)
            if self.dry_run:
                transaction.set_rollback(True)
            else:
                while index_pending(BATCH * 5):
                    pass
        for name in ("created", "changed", "unchanged"):
            setattr(self.total, name, getattr(self.total, name) + getattr(taken, name))
        before, self.lines = self.lines, self.lines + len(batch)
        if self.lines // SAY_EVERY > before // SAY_EVERY:
            self.stdout.write(f"{self.lines} lines")


def _batched(found):
    while batch := tuple(itertools.islice(found, BATCH)):
        yield batch
