"""Two people in the same form: the second is told, and nothing is overwritten unknowingly.

A model with a `revision` that counts its changes; the form carries the one it was opened with.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class ChangedMeanwhile(Exception):
    """Somebody else saved the object after this form was opened."""


def lock_revision(
    rows: "QuerySet[Row]", *, pk: int, revision: int, overlaps: Callable[[Row], bool] = lambda _row: True
) -> Row:
    """The row, held until the transaction ends, with its next revision (unsaved).

    Raises ChangedMeanwhile when it is not at `revision` any more, and what changed since `overlaps`; call it inside a
    transaction.
    """
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.revision != revision and overlaps(row):
        raise ChangedMeanwhile(row)
    row.revision += 1
    return row
