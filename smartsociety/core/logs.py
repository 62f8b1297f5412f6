"""One log line per thing that happened, as JSON on standard output.

Fields, named after what the government's baseline (BIO) asks of a log: `time`, `action` (what happened), `object` (to
what), `result` (how it ended), `origin` (a network, never a full address), `actor` (the number of a user, never a name
or e-mail address). `level`, `logger` and `request_id` help to find lines; `request_id` also stands in the audit tables.
"""

import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What structlog and django-structlog call them → what the baseline calls them.
NAMES = {"event": "action", "request": "object", "code": "result", "ip": "origin", "user_id": "actor"}
# Says much about a person and little about what happened.
UNWANTED = ("user_agent",)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def baseline_fields(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the names of the baseline, in its order, all of them always there."""
    named = {NAMES.get(name, name): value for name, value in event.items() if name not in UNWANTED}
    first = {
        name: named.pop(name, None) for name in ("time", "action", "object", "result", "origin", "actor")
    }
    return {**first, **named}


def without_addresses(_logger: Any, _method: str, line: str) -> str:
    """A structlog processor, the last: no e-mail address leaves, not even in the text of a database error."""
    return _ADDRESS.sub("…@…", line)


# For every line, from structlog and from the standard library alike.
_SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
]
_READABLE = [
    structlog.dev.ConsoleRenderer(
        timestamp_key="time", colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
]
_JSON = [
    # Without local variables: they hold what people typed.
    structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
    baseline_fields,
    structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    without_addresses,
]


def logging_config(*, level: str, readable: bool) -> dict[str, Any]:
    """The value of Django's LOGGING; also configures structlog, so that both write the same lines.

    `level` is a name of the standard library (INFO, WARNING …); `readable` writes for a developer's terminal.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(_READABLE if readable else _JSON),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"}
        },
        "root": {"handlers": ["console"], "level": level.upper()},
        "loggers": {
            # To the root alone; with Django's own handlers everything would be written twice, or mailed.
            "django": {"handlers": [], "level": level.upper()},
            # Every request has its own line already, also one that failed.
            "django.request": {"level": "CRITICAL"},
            # Scanners that try other host names all day.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {
                "handlers": ["console"],
                "level": "INFO" if readable else "ERROR",
                "propagate": False,
            },
            # A job that failed is told; that one started and ended is noise.
            "procrastinate": {"level": "WARNING"},
        },
    }
