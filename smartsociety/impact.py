"""What spread and what is stuck, over all apps; every number with the query string of the list behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Adoption, Practice
from knowledgebase.spreading import municipalities_with_practices
from knowledgebase.travelling import flows


@dataclass(frozen=True)
class Part:
    """A number and the query string of the practices that it counts."""

    number: int
    query: str


@dataclass(frozen=True)
class Row:
    """Practices of one theme, province or kind of owner: all, adopted by another, and stuck."""

    label: str
    total: Part
    adopted: Part
    stuck: Part
    share: int  # adopted, of a hundred


def rows_of(chosen: PracticeFilter, facet: str) -> list[Row]:
    """A row per value of a facet that has a practice; counted in the index, without a query."""
    index = chosen.index
    adopted, stuck = index.having("spread", ["adopted"]), index.having("spread", ["stuck"])
    found = []
    for value, label in chosen.options(facet):
        bits = index.having(facet, [value])
        numbers = [(bits, {}), (bits & adopted, {"spread": "adopted"}), (bits & stuck, {"spread": "stuck"})]
        parts = [Part(kept.bit_count(), urlencode({facet: value, **query})) for kept, query in numbers]
        if parts[0].number:
            found.append(Row(str(label), *parts, share=round(100 * parts[1].number / parts[0].number)))
    return found


def whole(chosen: PracticeFilter) -> Row:
    """The same of all practices together."""
    index = chosen.index
    counts = [len(index.pks), *(index.having("spread", [name]).bit_count() for name in ("adopted", "stuck"))]
    queries = ("", "spread=adopted", "spread=stuck")
    parts = [Part(number, query) for number, query in zip(counts, queries, strict=True)]
    return Row(_("All practices"), *parts, share=round(100 * counts[1] / counts[0]) if counts[0] else 0)


def adoptions_over_time() -> list[tuple[datetime, int]]:
    """How many adoptions there were at the begin of each month since the first, and now; one query."""
    months = list(
        Adoption.objects.adopted()
        .order_by()
        .annotate(month=TruncMonth("claimed_at"))
        .values_list("month")
        .annotate(number=Count("pk"))
        .order_by("month")
    )
    if not months:
        return []
    moments = [*(month for month, _number in months), timezone.now()]
    return list(zip(moments, [0, *accumulate(number for _month, number in months)], strict=True))


@dataclass(frozen=True)
class Days:
    """How long practices from fieldlabs were on their way; None when none of them came so far."""

    to_practice: int | None
    to_adoption: int | None
    practices: int
    adopted: int


def days_on_the_way() -> Days:
    """Median days from the end of a fieldlab to the practice, and from there to its first adoption; one query."""
    real = Q(adoptions__stage__in=("piloting", "in_use", "adapted"))
    rows = list(
        Practice.objects.published()
        .exclude(outcome=None)
        .annotate(first=Min("adoptions__claimed_at", filter=real))
        .values_list("outcome__fieldlab__ends_at", "published_at", "first")
    )
    to_practice = [(published - ended).days for ended, published, _first in rows]
    to_adoption = [(first - published).days for _ended, published, first in rows if first]
    return Days(_median(to_practice), _median(to_adoption), len(to_practice), len(to_adoption))


def _median(days: Iterable[int]) -> int | None:
    days = [max(day, 0) for day in days]
    return round(median(days)) if days else None


def reach() -> dict[str, int]:
    """Municipalities of the register that own or took over a practice, of all there are; one query."""
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
        "days": days_on_the_way(),
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
