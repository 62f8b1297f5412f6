"""What a proposed change, or an earlier version, differs from the text as it stands; readable, word by word."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst

from alliance.models import Project, Theme
from knowledgebase.models import Practice, Proposal, Tag
from knowledgebase.models.choices import Gap
from smartsociety.core.comparison import Part, compare


@dataclass(frozen=True)
class Difference:
    """A field that differs, with its words as they were and as they come."""

    label: str
    paragraphs: list[list[Part]]


def differences(practice: Practice, proposal: Proposal) -> list[Difference]:
    """From the published text to the proposed one."""
    found = []
    for name, value in proposal.values.items():
        label = str(capfirst(Practice._meta.get_field(name).verbose_name))
        found.append(Difference(label, _between(name, _now(practice, name), words(name, value))))
    return [difference for difference in found if difference.paragraphs]


def compared(old: dict[str, Any], new: dict[str, Any], names: list[str]) -> list[Difference]:
    """Between two versions as the history keeps them."""
    return [
        Difference(
            str(capfirst(Practice._meta.get_field(name).verbose_name)),
            _between(name, words(name, old.get(name)), words(name, new.get(name))),
        )
        for name in names
        if old.get(name) != new.get(name)
    ]


def words(name: str, value: Any) -> str:
    """A stored value (of JSON or of the history) in the words of a reader."""
    if name == "gaps":
        fields = {key: str(capfirst(Practice._meta.get_field(key).verbose_name)) for key in value or {}}
        return "\n".join(f"{fields[key]}: {Gap(why).label}" for key, why in (value or {}).items())
    if name in ("themes", "tags", "project"):
        model = {"themes": Theme, "tags": Tag, "project": Project}[name]
        keys = value if isinstance(value, list) else [value]
        return ", ".join(str(row) for row in model.objects.filter(pk__in=[key for key in keys if key]))
    field = Practice._meta.get_field(name)
    if isinstance(field, ArrayField):
        labels = {key: str(label) for key, label in field.base_field.choices}
        return ", ".join(labels.get(key, key) for key in value or [])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    return "" if value is None else str(value)


def _between(name: str, old: str, new: str) -> list[list[Part]]:
    """Texts word by word; a choice as a whole, for half of another choice says nothing."""
    if isinstance(Practice._meta.get_field(name), models.TextField) or name == "title":
        return compare(old, new)
    parts = [Part(kind, text) for kind, text in (("gone", old), ("same", " "), ("new", new)) if text]
    return [parts] if old != new else []


def _now(practice: Practice, name: str) -> str:
    if name in ("themes", "tags"):
        return ", ".join(str(row) for row in getattr(practice, name).all())
    field = Practice._meta.get_field(name)
    value = getattr(practice, field.attname)
    return words(name, value.isoformat() if isinstance(field, models.DateField) and value else value)
