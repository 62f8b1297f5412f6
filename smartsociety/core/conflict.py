"""What a person must know whose decision came second: what changed since the page was opened, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

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
    """A field that two people filled in at once: from what is saved to what the second one answered."""

    label: str
    paragraphs: list[list[Part]]


@dataclass(frozen=True)
class Overtaken:
    """Who saved first, and what saving now would change of it."""

    by: User | None
    differences: list[Difference]


def overtaken_by(saved: Model, form: forms.BaseForm, fresh: forms.BaseForm) -> Overtaken:
    """What the second writer must see before `form` replaces what is `saved`, which `fresh` would begin with."""
    differences = []
    for answer in form.visible_fields():
        was, now = in_words(fresh[answer.name], fresh[answer.name].initial), in_words(answer, answer.value())
        if was != now and not answer.field.widget.needs_multipart_form:
            differences.append(Difference(str(answer.label), compare(was, now)))
    last = next(iter(history(saved)), None)
    return Overtaken(last.by if last else None, differences)


def in_words(field: forms.BoundField, value: Any) -> str:
    """An answer as its reader knows it: choices by their labels, text as it is."""
    if isinstance(field.field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    if not hasattr(field.field, "choices"):
        return "" if value is None else str(value).replace("\r\n", "\n")
    chosen = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    keys = {str(getattr(each, "pk", each)) for each in chosen if each not in (None, "")}
    return ", ".join(str(label) for key, label in field.field.choices if str(key) in keys)
