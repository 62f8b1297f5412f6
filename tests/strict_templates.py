"""A variable that a template of ours names and its view does not give is a mistake, not an empty string."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

# Others wrote these, or count on Django's leniency.
NOT_OURS = ("admin/", "django/", "allauth/")


class _Watch(logging.Filter):
    """Notes what Django's template engine only whispers (at level DEBUG), and keeps it out of the output."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg.startswith("Exception while resolving variable"):
            name, template = record.args
            if _is_ours(template):
                self.unknown.append(f"{name} in {template}")
            return False
        return record.levelno > logging.DEBUG


def _is_ours(template: str) -> bool:
    if template.startswith(NOT_OURS):
        return False
    return template == "unknown" or (settings.BASE_DIR / "templates" / template).exists()


@contextmanager
def unknown_variables() -> Iterator[list[str]]:
    """A list that fills with every "variable in template" that was asked for in vain."""
    logger, watch = logging.getLogger("django.template"), _Watch()
    level, disabled = logger.level, logger.disabled
    logger.addFilter(watch)
    logger.setLevel(logging.DEBUG)
    logger.disabled = False
    try:
        yield watch.unknown
    finally:
        logger.removeFilter(watch)
        logger.setLevel(level)
        logger.disabled = disabled
