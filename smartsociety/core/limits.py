"""How often something may be done: counted in the database, one count for all processes, exact at any crowd."""

from datetime import UTC, datetime

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from smartsociety.core.audit import origin
from smartsociety.core.models import RateCount

HOUR, DAY = 60 * 60, 24 * 60 * 60
# One statement: two requests at the same moment never read the same count.
COUNT_ONE = """
    INSERT INTO core_ratecount (key, count, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET count = core_ratecount.count + 1 RETURNING count
"""


def allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `key`, and whether it is among the first `limit` in the present window of `seconds`.

    `key` names what is limited and for whom ("sign:network:192.0.2.0/24"); only a keyed hash of it is stored. Call it
    outside a transaction: a count that is rolled back counts nothing, and one that waits for a commit holds others up.
    """
    window = int(timezone.now().timestamp()) // seconds
    name = salted_hmac("smartsociety.limits", f"{key}|{seconds}|{window}", algorithm="sha256").hexdigest()
    ends_at = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [name, ends_at])
        return cursor.fetchone()[0] <= limit


def network_allowed(request: HttpRequest, what: str, *, limit: int, seconds: int = HOUR) -> bool:
    """As `allowed`, for the network (/24 or /48) that the request came from; an unknown network is one network."""
    return allowed(f"{what}:network:{origin(request)}", limit=limit, seconds=seconds)


def erase_counts() -> int:
    """Forget windows that ended. Returns how many."""
    return RateCount.objects.filter(ends_at__lt=timezone.now()).delete()[0]
