"""For a load balancer or monitor: whether this process lives, and whether it can serve."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

OLDEST_WAITING_JOB = """
    SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at)))
    FROM procrastinate_jobs AS job
    JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND coalesce(job.scheduled_at, event.at) <= now()
"""


class HealthMiddleware:
    """Answers /-/live (without the database) and /-/ready, before hosts, sessions and languages matter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match request.path_info:
            case "/-/live":
                return _answer({"status": "live"})
            case "/-/ready":
                return _answer(readiness())
        return self.get_response(request)


def readiness() -> dict[str, Any]:
    """`status` (ready or not_ready), the `reasons` why not, and how many seconds the oldest job waits."""
    try:
        # A database that is behind may not have the queue yet.
        behind = _unapplied_migrations() > 0
        lag = None if behind else _queue_lag()
    except DatabaseError:
        # Without the message: it names hosts and users.
        return {"status": "not_ready", "reasons": ["database_unreachable"], "queue_lag_seconds": None}
    reasons = ["unapplied_migrations"] if behind else []
    if lag is not None and lag > settings.QUEUE_LAG_LIMIT_SECONDS:
        reasons.append("queue_lags")
    return {"status": "not_ready" if reasons else "ready", "reasons": reasons, "queue_lag_seconds": lag}


def _unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _queue_lag() -> int:
    """Seconds since the oldest job should have started; 0 when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_WAITING_JOB)
        return int(cursor.fetchone()[0] or 0)


def _answer(answer: dict[str, Any]) -> HttpResponse:
    status = 503 if answer["status"] == "not_ready" else 200
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})
