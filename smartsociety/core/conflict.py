"""What a person must know whose decision came second: what changed since the page was opened, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model

from smartsociety.core.audit import Change, history
from smartsociety.core.comparison import Part, compare
from smartsociety.core.models import User

CONFLICT = 409  # the status of a page that says: somebody was first


@dataclass(frozen=True)
class Conflict:
    """Changes after the revision that was on the screen, the latest first, and the words that were typed meanwhile."""

    changes: list[Change] = field(default_factory=list)
    typed: str = ""


def conflict_over(obj: Model, form: forms.BaseForm) -> Conflict:
    """The changes of `obj` after the revision that `form` was opened with."""
    seen = form.cleaned_data["revision"]
    changes = [change for change in history(obj) if change.data.get("revision", 0) > seen]
    return Conflict(changes, form.cleaned_data.get("reason", ""))


def reopened(form: forms.BaseForm, **revisions: int) -> forms.BaseForm:
    """The form with what was typed, now about the present revision: pressing again decides on what is shown."""
    data: Any = form.data.copy()
    for name, revision in revisions.items():
        data[form.add_prefix(name)] = str(revision)
    form.data = data
    return form


@dataclass(frozen=True)
class Difference:
    """A text that two people wrote at once: from what is saved to what the second one typed."""

    label: str
    paragraphs: list[list[Part]]


@dataclass(frozen=True)
class Overtaken:
    """Who saved first, and what saving now would change of it."""

    by: User | None
    differences: list[Difference]


def overtaken_by(saved: Model, form: forms.BaseForm, names: Iterable[str]) -> Overtaken:
    """What the second writer must see of the text fields `names` before the form replaces what is `saved`."""
    differences = [
        Difference(str(form[name].label), compare(getattr(saved, name), form[name].value() or ""))
        for name in names
        if getattr(saved, name) != (form[name].value() or "").replace("\r\n", "\n")
    ]
    last = next(iter(history(saved)), None)
    return Overtaken(last.by if last else None, differences)
