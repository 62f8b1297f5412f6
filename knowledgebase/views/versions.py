"""Every text a practice has had, from the audit tables, readable and to be had again."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models

from knowledgebase.changes import Difference, are_told, compared
from knowledgebase.models import Practice
from knowledgebase.models.practice import LINKS
from knowledgebase.models.sections import WRITTEN
from smartsociety.core.audit import history
from smartsociety.core.models import User

WORTH_TELLING = [*WRITTEN, "status", "evidence"]


@dataclass
class Version:
    """The text as it was from a moment on; numbered from the first."""

    number: int
    at: datetime
    by: User | None
    before: dict[str, Any] | None
    data: dict[str, Any]
    is_current: bool = False

    @cached_property
    def differences(self) -> list[Difference]:
        """From the version before it; compared when it is shown, as there may be hundreds of versions."""
        return compared(self.before, self.data, WORTH_TELLING) if self.before is not None else []


def versions(practice: Practice) -> list[Version]:
    """The latest first; changes that say nothing to a reader are left out."""
    found: list[Version] = []
    before: dict[str, Any] | None = None
    changes = list(reversed(history(practice)))
    for number, change in enumerate(changes, 1):
        data = _by_field(change.data)
        if before is not None and LINKS[0] not in before and change.fields == ("linked",):
            found[-1].data = before = data  # what it was linked to when it began
            continue
        if before is None or are_told(before, data, WORTH_TELLING):
            found.append(Version(number, change.at, change.by, before, data))
        before = data
    for version in found:
        version.is_current = all(
            version.data.get(name, now) == now for name in WRITTEN for now in [before.get(name)]
        )
    return found[::-1]


def restorable(version: Version) -> dict[str, Any]:
    """The text of then, as values to save; what it was linked to as far as that is still there."""
    values = {}
    for name in WRITTEN:
        if name in version.data:
            values[name] = _value(Practice._meta.get_field(name), version.data[name])
    return values


def _by_field(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the history by the names of fields, with what it was linked to."""
    return {**row, "project": row.get("project_id"), **(row.get("linked") or {})}


def _value(field: models.Field, stored: Any) -> Any:
    if field.name == "tags":
        return list(field.related_model.objects.filter(pk__in=stored).values_list("name", flat=True))
    if field.many_to_many:
        return field.related_model.objects.filter(pk__in=stored)
    if field.is_relation:
        return field.related_model.objects.filter(pk=stored).first()
    return field.to_python(stored)
