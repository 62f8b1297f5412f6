"""What spread and what is stuck, over all apps; every number with the query string of the list behind it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from alliance.growth import moments_since
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Adoption
from knowledgebase.querysets import PracticeQuerySet
from knowledgebase.spreading import in_use, moment_of, municipalities_with_practices
from knowledgebase.travelling import flows


@dataclass(frozen=True)
class Part:
    """A number and the query string of the practices that it counts."""

    number: int
    query: str


@dataclass(frozen=True)
class Row:
    """Our own practices of one theme, province or kind of owner: all, adopted by another, and stuck."""

    label: str
    total: Part
    adopted: Part
    stuck: Part
    share: int  # adopted, of a hundred


# What was taken over from other sources is left out: nobody of ours made it, and it can be as old as it likes.
OWN = {"origin": "own"}


def _row(chosen: PracticeFilter, label: str, **values: str) -> Row:
    """Counted in the index, as the list that the query string gives."""
    parts = []
    for spread in ({}, {"spread": "adopted"}, {"spread": "stuck"}):
        query = {**values, **OWN, **spread}
        kept = [chosen.index.having(facet, [value]) for facet, value in query.items()]
        parts.append(Part(reduce(and_, kept).bit_count(), urlencode(query)))
    total, adopted, _stuck = (part.number for part in parts)
    return Row(label, *parts, share=round(100 * adopted / total) if total else 0)


def rows_of(chosen: PracticeFilter, facet: str) -> list[Row]:
    """A row per value of a facet that has a practice of our own; counted in the index, without a query."""
    rows = (_row(chosen, str(label), **{facet: value}) for value, label in chosen.options(facet))
    return [row for row in rows if row.total.number]


def whole(chosen: PracticeFilter) -> Row:
    """The same of all our own practices together."""
    return _row(chosen, _("All practices"))


def taken_over(chosen: PracticeFilter) -> Part:
    """Practices that came from other sources."""
    query = {"origin": "external"}
    return Part(chosen.index.having("origin", query.values()).bit_count(), urlencode(query))


def adoptions_over_time() -> list[tuple[datetime, int, str]]:
    """How many adoptions were in use or tried on the first of each month since the first, and today; one query.

    Each with the address of the list of those. When there are many months, of fewer of them.
    """
    numbers = in_use(Adoption.objects.of_published())
    changed, now = list(numbers), timezone.now()
    if not changed or changed[0] > localdate(now):
        return []
    before = moment_of(changed[0] - timedelta(days=1))
    address = reverse("knowledgebase:adoption_list")
    points = []
    for day in dict.fromkeys(localdate(moment) for moment in moments_since(before, now)):
        known = bisect_right(changed, day)
        number = numbers[changed[known - 1]] if known else 0
        points.append((moment_of(day), number, f"{address}?{urlencode({'on': day})}"))
    return points


@dataclass(frozen=True)
class Days:
    """How long practices from fieldlabs were on their way; None when none of them came so far."""

    to_practice: int | None
    to_adoption: int | None
    practices: int
    adopted: int


def days_on_the_way(rows: PracticeQuerySet) -> Days:
    """Median days from the end of a fieldlab to the practice, and from there to the first day of use; one query.

    The first day counts of practices that others use or try now, whoever began and whether those stopped since.
    """
    of_this = Adoption.objects.filter(practice=OuterRef("pk"))
    rows = list(
        rows.own()
        .exclude(outcome=None)
        .annotate(
            is_adopted=Exists(of_this.adopted()),
            first=Subquery(of_this.with_first_day().order_by("adopted_on").values("adopted_on")[:1]),
        )
        .values_list("outcome__fieldlab__ends_at", "published_at", "is_adopted", "first")
    )
    days = [
        (localdate(ended), localdate(published), first if used else None)
        for ended, published, used, first in rows
    ]
    to_practice = [(published - ended).days for ended, published, _first in days]
    to_adoption = [(first - published).days for _ended, published, first in days if first]
    return Days(_median(to_practice), _median(to_adoption), len(to_practice), len(to_adoption))


def _median(days: Iterable[int]) -> int | None:
    """What came before it was expected took no days."""
    days = [max(day, 0) for day in days]
    return round(median(days)) if days else None


def reach() -> dict[str, int]:
    """Municipalities of the register that own a practice of ours or took one over, of all there are; one query."""
    found = municipalities_with_practices().aggregate(
        total=Count("pk"),
        reached=Count("pk", filter=Q(owned__gt=0) | Q(used__gt=0)),
        examples=Count("pk", filter=Q(is_example=True)),
    )
    share = round(100 * found["reached"] / found["total"]) if found["total"] else 0
    return found | {"share": share}


def overview(chosen: PracticeFilter) -> dict[str, Any]:
    """All that /impact/ shows."""
    return {
        "whole": whole(chosen),
        "curve": adoptions_over_time(),
        "taken_over": taken_over(chosen),
        "days": days_on_the_way(chosen.rows()),
        "reach": reach(),
        "flows": flows(),
        "tables": [
            (_("By theme"), _("Theme"), rows_of(chosen, "theme")),
            (_("By province of the owner"), _("Province"), rows_of(chosen, "province")),
            (_("From the G5 and from other municipalities"), _("Owner"), rows_of(chosen, "group")),
            (_("By side of the helix"), _("Side of the helix"), rows_of(chosen, "side")),
            (_("By year of publication"), _("Year"), rows_of(chosen, "year")),
        ],
    }
