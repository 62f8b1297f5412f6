"""How the number of signatories grew, month by month."""

from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from alliance.models import Signature
from alliance.models.signature import PUBLIC

MOST_POINTS = 25


def growth() -> list[tuple[datetime, int]]:
    """Moments from the first signature to now, each with how many organisations had one in force; two queries."""
    signatures = Signature.objects.filter(status__in=PUBLIC, published_at__isnull=False)
    first = signatures.aggregate(first=Min("published_at"))["first"]
    if first is None:
        return []
    moments = moments_since(first, timezone.now())
    numbers = signatures.aggregate(
        **{
            f"at_{index}": Count("organisation", distinct=True, filter=_in_force_at(moment))
            for index, moment in enumerate(moments)
        }
    )
    return [(moment, numbers[f"at_{index}"]) for index, moment in enumerate(moments)]


def _in_force_at(moment: datetime) -> Q:
    """Published by then, and not yet withdrawn, put on hold, or gone up in a successor."""
    held = Q(status=Signature.Status.ON_HOLD) & (Q(decided_at=None) | Q(decided_at__lte=moment))
    ended = Q(withdrawn_at__lte=moment) | held
    ended |= Q(organisation__succeeded_on__lte=timezone.localdate(moment))
    return Q(published_at__lte=moment) & ~ended


def moments_since(first: datetime, now: datetime) -> list[datetime]:
    """The begin of every month since the first one, or of fewer when that is too many; and now."""
    start = timezone.localtime(first).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    today = timezone.localtime(now)
    months = range(12 * (today.year - start.year) + today.month - start.month + 1)
    step = next(step for step in (1, 3, 6, 12, 24, 60, 120) if len(months) / step <= MOST_POINTS - 1)
    return [*(_later(start, number) for number in months[::step] if _later(start, number) < now), now]


def _later(start: datetime, months: int) -> datetime:
    """The begin of the month so many months later."""
    years, month = divmod(start.month - 1 + months, 12)
    return datetime(start.year + years, month + 1, 1, tzinfo=start.tzinfo)
