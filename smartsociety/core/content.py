"""Whether anything that visitors see has changed: a version of all content, asked afresh by every request.

A trigger on each table of content adds one row per transaction that changes it, in that transaction. The version is the
sum of those rows: it becomes visible at the same moment as the change, never earlier, whoever makes it and how. No row
is ever written by two transactions, so writers do not wait for each other. See docs/adr/0014.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.apps import apps
from django.db import OperationalError, connection, models, router, transaction
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone
from pghistory.models import Event

from smartsociety.core.models import ContentChange

# Tables of packages that no visitor reads. A model of our own says so itself with `is_content = False`.
MACHINERY = {
    "account",
    "admin",
    "auth",
    "contenttypes",
    "mfa",
    "pghistory",
    "pgtrigger",
    "procrastinate",
    "sessions",
    "socialaccount",
}
TRIGGER = "content_changed"
VERSION = "SELECT coalesce(sum(weight), 0)::bigint FROM core_contentchange"
FUNCTION = """
    CREATE OR REPLACE FUNCTION core_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO core_contentchange (transaction, started_at, weight)
        VALUES (pg_current_xact_id()::text::bigint, transaction_timestamp(), 1) ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
"""
UNWATCHED = """
    SELECT name FROM unnest(%s::text[]) AS name
     WHERE to_regclass(quote_ident(name)) IS NOT NULL
       AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(quote_ident(name)) AND tgname = %s)
"""
# Adds up to the same, so the version stays what it was.
FOLD = """
    WITH gone AS (DELETE FROM core_contentchange WHERE transaction <> 0 RETURNING weight)
    INSERT INTO core_contentchange (transaction, started_at, weight)
    SELECT 0, 'epoch', sum(weight) FROM gone HAVING count(*) > 0
    ON CONFLICT (transaction, started_at) DO UPDATE SET weight = core_contentchange.weight + excluded.weight
"""
# What depends on the clock in a way that no column tells is at most this late.
LONGEST = timedelta(minutes=1)


@dataclass(frozen=True)
class Version:
    """What the content is now: `number` grows with every change.

    At `moment` time changes what is shown, by what stands in the content; `until` then, but not longer than a minute, a
    page is trusted.
    """

    number: int
    moment: datetime
    until: datetime


def version() -> Version | None:
    """The version of now; one small query. None inside a transaction: what it changed itself has no version yet."""
    if connection.in_atomic_block:
        return None
    number = _number()
    moment = _next_moment(number)
    return Version(number, moment, min(moment, timezone.now() + LONGEST))


def version_of(request: HttpRequest | None) -> Version | None:
    """The version that a request shows; what is behind its page is not asked twice."""
    return getattr(request, "content_version", None) or version()


def _number() -> int:
    """The first question of a request also shows whether the connection still lives; else it is asked again."""
    connection.health_check_done = True
    try:
        return _ask(VERSION)
    except OperationalError:
        connection.close()
        return _ask(VERSION)


def _ask(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


# The version that was last looked at, and when time will next change its content.
_known: tuple[int, datetime] = (-1, datetime.min.replace(tzinfo=timezone.get_fixed_timezone(0)))


def _next_moment(number: int) -> datetime:
    global _known  # noqa: PLW0603 one value per process, and any of them is right
    now = timezone.now()
    if _known[0] != number or _known[1] <= now:
        _known = (number, next_moment(now))
    return _known[1]


def next_moment(now: datetime) -> datetime:
    """When content next changes by itself: a moment that stands in any row (a window that opens), or midnight."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
    parts, values = [], []
    for model in content_models():
        if columns := [connection.ops.quote_name(column) for column in _moments(model)]:
            table = connection.ops.quote_name(model._meta.db_table)
            earliest = ", ".join(f"min({name}) FILTER (WHERE {name} > %s)" for name in columns)
            parts.append(f"SELECT least({earliest}) FROM {table}")  # noqa: S608 names of our own models
            values += [now] * len(columns)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return min([midnight, *(moment for (moment,) in cursor.fetchall() if moment)])


def _moments(model: type[models.Model]) -> list[str]:
    """Its columns with a moment, without those that the database fills with the present one."""
    return [
        field.column
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.DateTimeField)
        and not (isinstance(field.db_default, Now) or field.auto_now or field.auto_now_add)
    ]


def is_content(model: type[models.Model]) -> bool:
    """Whether visitors may see something of its rows. So it is, unless it is known not to be."""
    known_not = model._meta.app_label in MACHINERY or issubclass(model, Event)
    return not known_not and model._meta.managed and getattr(model, "is_content", True)


def content_models() -> list[type[models.Model]]:
    """All models of content, those between two models too."""
    return [model for model in apps.get_models(include_auto_created=True) if is_content(model)]


def watch(**_signal) -> None:
    """Put the trigger on each table of content that has none yet. Runs after every `migrate`."""
    if not router.allow_migrate_model(connection.alias, ContentChange):
        return
    heard = {model._meta.db_table: _heard(model) for model in content_models()}
    tables = list(heard)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_contentchange') IS NOT NULL")
        if not cursor.fetchone()[0]:  # migrated to before this table
            return
        cursor.execute(UNWATCHED, [tables, TRIGGER])
        unwatched = [name for (name,) in cursor.fetchall()]
        # Which columns are heard may change with the model, so those triggers are made each time.
        partly = [name for name in tables if heard[name] and name not in unwatched]
        if unwatched:
            cursor.execute(FUNCTION)
        for name in [*unwatched, *partly]:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {TRIGGER} AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE {heard[name]} "
                f"ON {connection.ops.quote_name(name)} EXECUTE FUNCTION core_content_changed()"
            )


def _heard(model: type[models.Model]) -> str:
    """`OF` the columns of which a change is one of content, when it names `silent_columns`; else all are heard."""
    silent = getattr(model, "silent_columns", ())
    fields = model._meta.local_concrete_fields
    heard = [connection.ops.quote_name(field.column) for field in fields if field.name not in silent]
    return f"OF {', '.join(heard)}" if silent else ""


def fold() -> None:
    """Put the rows of past changes together in one; the version stays the same. Safe beside writers and readers."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
