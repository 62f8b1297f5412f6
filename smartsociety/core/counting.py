"""Counts beside rows, without joins: they neither multiply rows nor lose the order, and cost only the rows shown."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, to: str) -> Coalesce:
    """An annotation: how many of `rows` point to the outer row with their foreign key `to`."""
    per_row = (
        rows.filter(**{to: OuterRef("pk")}).order_by().values(to).annotate(count=Count("*")).values("count")
    )
    return Coalesce(Subquery(per_row, output_field=IntegerField()), 0)


def counts_of(things: dict[str, QuerySet]) -> dict[str, int]:
    """How many rows each has, in one question."""
    each = [
        rows.order_by()
        .annotate(thing=Value(name))
        .values("thing")
        .annotate(number=Count("pk", distinct=True))
        for name, rows in things.items()
    ]
    found = each[0].union(*each[1:], all=True).values_list("thing", "number")
    return dict.fromkeys(things, 0) | dict(found)
