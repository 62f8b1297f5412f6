"""What a person must know whose decision came second: what changed since the page was opened, and by whom."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model

from smartsociety.core.audit import Change, history

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
