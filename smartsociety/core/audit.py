"""Who did what: in the log lines (see `core.logs`) and in the audit tables that triggers of the database fill."""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

import pghistory
import structlog
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from pghistory.middleware import HistoryMiddleware
from pghistory.models import Event, Events

from smartsociety.core.models import User

# A part of an address that is a key (see `core.tokens`), told from a slug by its capitals.
_KEY = re.compile(r"(?=[\w-]*[A-Z])[\w-]{40,}")
READING = ("GET", "HEAD", "OPTIONS", "TRACE")


def origin(request: HttpRequest) -> str:
    """The network that `request` came from, /24 or for IPv6 /48: enough to see abuse, not enough to see a person.

    Only as many X-Forwarded-For addresses are believed as there are proxies of our own; empty when it is unknown.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.TRUSTED_PROXY_COUNT and len(forwarded) >= settings.TRUSTED_PROXY_COUNT:
        address = forwarded[-settings.TRUSTED_PROXY_COUNT].strip() or address
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False))


def path_without_keys(request: HttpRequest) -> str:
    """The path with … for each key in it: whoever reads a log or the audit may not use them."""
    return _KEY.sub("…", request.path)


class RequestLogMiddleware(RequestMiddleware):
    """One line per request, with a request id, the actor and the origin."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=origin(request))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path; without the query, which holds what people search for, and without keys."""
        return f"{request.method} {path_without_keys(request)}"


class AuditMiddleware(HistoryMiddleware):
    """Tells the triggers who changes something, from where, by which request. Reading leaves no trace."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in READING else super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """What is stored beside each change of this request."""
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        context = super().get_context(request) | {"url": path_without_keys(request)}
        return {**context, "method": request.method, "origin": origin(request), "request_id": request_id}


def because(reason: str) -> AbstractContextManager:
    """Changes inside carry `reason` in the audit tables."""
    return pghistory.context(reason=reason)


@dataclass(frozen=True)
class Change:
    """One change of one object, for people to read."""

    at: datetime
    kind: str  # "insert", "update" or "delete"
    model: type[Model]
    object_id: str
    by: User | None  # nobody: the system itself, or an account that no longer exists
    origin: str
    fields: tuple[str, ...]  # what changed; empty for a new object
    reason: str = ""  # why, when staff had to say so
    number: int = 0  # of changes of one model the later one has the higher
    data: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # the row after the change

    @property
    def model_name(self) -> str:
        """What kind of thing changed, for people."""
        return str(self.model._meta.verbose_name)

    @property
    def field_names(self) -> list[str]:
        """What changed, in the words of the forms."""
        known = {column.column: str(column.verbose_name) for column in self.model._meta.concrete_fields}
        return [known.get(name, name) for name in self.fields]


def history(obj: Model) -> list[Change]:
    """Every change of `obj`, the latest first; empty when its model is not tracked."""
    if not hasattr(obj, "pgh_event_models"):
        return []
    # By number: a change is stamped with when its transaction began, perhaps before the one that it waited for.
    return sorted(_read(Events.objects.tracks(obj)), key=lambda change: change.number, reverse=True)


def history_around(obj: Model, *models: type[Model]) -> list[Change]:
    """Every change of `obj` and of the rows of `models` that belong to it, gone ones too; latest first."""
    kept = [event for event in _event_models() if event.pgh_tracked_model in models]
    own = history(obj)
    belonging = _read(Events.objects.across(*kept).references(obj)) if kept else []
    return sorted([*own, *belonging], key=lambda change: change.at, reverse=True)


def latest(*, model: type[Model] | None = None, object_id: str = "", person: User | None = None) -> QuerySet:
    """Keys of changes, the latest first, of everything or of one model, one object, one person; read with `read`."""
    parts = []
    for event_model in _event_models():
        if model not in (None, event_model.pgh_tracked_model):
            continue
        events = QuerySet(event_model).order_by()
        if object_id:
            events = events.annotate(pgh_key=Cast("pgh_obj_id", CharField())).filter(pgh_key=object_id)
        if person:
            events = events.filter(pgh_context__metadata__user=person.pk)
        slug = Concat(Value(f"{event_model._meta.label}:"), Cast("pgh_id", CharField()))
        parts.append(events.annotate(pgh_slug=slug).values_list("pgh_slug", "pgh_created_at"))
    if not parts:
        return Events.no_objects.values_list("pgh_slug", "pgh_created_at")
    return parts[0].union(*parts[1:], all=True).order_by("-pgh_created_at", "-pgh_slug")


def read(keys: Iterable[tuple[str, datetime]]) -> list[Change]:
    """The changes with `keys`, as `latest` gave them."""
    slugs = [slug for slug, _at in keys]
    return (
        _read(Events.objects.across(*{slug.split(":")[0] for slug in slugs}).filter(pgh_slug__in=slugs))
        if slugs
        else []
    )


def tracked_models() -> list[type[Model]]:
    """The models whose changes are kept."""
    return [event_model.pgh_tracked_model for event_model in _event_models()]


def _event_models() -> list[type[Event]]:
    return [model for model in apps.get_models() if issubclass(model, Event)]


def _read(events: QuerySet) -> list[Change]:
    events = sorted(events, key=lambda event: (event.pgh_created_at, _number(event)), reverse=True)
    people = User.objects.in_bulk({(event.pgh_context or {}).get("user") for event in events} - {None})
    return [
        Change(
            at=event.pgh_created_at,
            kind=event.pgh_label,
            model=apps.get_model(event.pgh_obj_model),
            object_id=event.pgh_obj_id,
            by=people.get((event.pgh_context or {}).get("user")),
            origin=(event.pgh_context or {}).get("origin", ""),
            fields=tuple(sorted(event.pgh_diff or ())),
            reason=(event.pgh_context or {}).get("reason", ""),
            number=_number(event),
            data=event.pgh_data or {},
        )
        for event in events
    ]


def _number(event: Event) -> int:
    return int(event.pgh_slug.rpartition(":")[2])
