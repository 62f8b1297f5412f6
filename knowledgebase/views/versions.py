"""Every text a practice has had, from the audit tables, readable and to be had again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledgebase.changes import Difference, compared
from knowledgebase.forms.practice import SECTIONS, PracticeForm
from knowledgebase.models import Practice
from smartsociety.core.audit import history
from smartsociety.core.models import User

# Themes and the project are links to other things, which may be gone.
TEXTS = [name for name in PracticeForm.Meta.fields if name not in ("themes", "project")]
TEXTS += [name for _label, names in SECTIONS.values() for name in names.split()] + ["gaps"]
WORTH_TELLING = [*TEXTS, "status", "evidence"]


@dataclass(frozen=True)
class Version:
    """The text as it was from a moment on; numbered from the first."""

    number: int
    at: datetime
    by: User | None
    differences: list[Difference]
    data: dict[str, Any]
    is_current: bool


def versions(practice: Practice) -> list[Version]:
    """The latest first; changes that say nothing to a reader are left out."""
    found: list[Version] = []
    before: dict[str, Any] | None = None
    changes = list(reversed(history(practice)))
    for number, change in enumerate(changes, 1):
        differences = compared(before, change.data, WORTH_TELLING) if before is not None else []
        if before is None or differences:
            is_current = all(
                other.data.get(name) == change.data.get(name) for other in changes[-1:] for name in TEXTS
            )
            found.append(Version(number, change.at, change.by, differences, change.data, is_current))
        before = change.data
    return found[::-1]


def restorable(version: Version) -> dict[str, Any]:
    """The texts of then, as values to save."""
    values = {}
    for name in TEXTS:
        if name in version.data:
            field = Practice._meta.get_field(name)
            values[name] = field.to_python(version.data[name])
    return values
