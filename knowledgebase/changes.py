"""What a proposed change, or an earlier version, differs from the text as it stands; readable, word by word."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst

from knowledgebase.models import Practice, Proposal
from knowledgebase.models.choices import Gap
from knowledgebase.models.practice import LINKS
from knowledgebase.models.sections import WRITTEN
from smartsociety.core.comparison import Part, compare, paragraphs


@dataclass(frozen=True)
class Difference:
    """A field that differs, with its words as they were and as they come."""

    label: str
    paragraphs: list[list[Part]]


def differences(practice: Practice, proposal: Proposal) -> list[Difference]:
    """From the published text to the proposed one."""
    names = [name for name in WRITTEN if name in proposal.values]
    return _told({name: (_now(practice, name), proposal.values[name]) for name in names})


def compared(old: dict[str, Any], new: dict[str, Any], names: list[str]) -> list[Difference]:
    """Between two versions as the history keeps them."""
    return _told({name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)})


def are_told(old: dict[str, Any], new: dict[str, Any], names: list[str]) -> bool:
    """Whether `compared` would tell anything; without comparing texts word by word."""
    return any(
        _is_told(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    )


def words(name: str, value: Any) -> str:
    """A stored value (of JSON or of the history) in the words of a reader."""
    if name == "gaps":
        fields = {key: str(capfirst(Practice._meta.get_field(key).verbose_name)) for key in value or {}}
        return "\n".join(f"{fields[key]}: {Gap(why).label}" for key, why in (value or {}).items())
    field = Practice._meta.get_field(name)
    if field.is_relation:
        return ", ".join(_labels(field, value))
    if isinstance(field, ArrayField):
        labels = {key: str(label) for key, label in field.base_field.choices}
        return ", ".join(labels.get(key, key) for key in value or [])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    return "" if value is None else str(value)


def _labels(field: models.Field, value: Any) -> list[str]:
    """What the rows with these keys are called, as far as they are still there."""
    keys = value if isinstance(value, list) else [value]
    return [str(row) for row in field.related_model.objects.filter(pk__in=[key for key in keys if key])]


def _told(pairs: dict[str, tuple[Any, Any]]) -> list[Difference]:
    """Those of the fields with their old and new values that a reader can see the difference of."""
    told = [
        Difference(str(capfirst(Practice._meta.get_field(name).verbose_name)), _between(name, old, new))
        for name, (old, new) in pairs.items()
    ]
    return [difference for difference in told if difference.paragraphs]


def _between(name: str, old: Any, new: Any) -> list[list[Part]]:
    """Texts word by word, links one by one; a choice as a whole, for half of another choice says nothing."""
    field = Practice._meta.get_field(name)
    if name in LINKS:
        return _between_links(_labels(field, old or []), _labels(field, new or []))
    before, after = words(name, old), words(name, new)
    if _is_prose(field):
        return compare(before, after)
    parts = [Part(kind, text) for kind, text in (("gone", before), ("same", " "), ("new", after)) if text]
    return [parts] if before != after else []


def _is_told(name: str, old: Any, new: Any) -> bool:
    if _is_prose(Practice._meta.get_field(name)):
        return bool(paragraphs(words(name, old)) or paragraphs(words(name, new)))
    return bool(_between(name, old, new))


def _is_prose(field: models.Field) -> bool:
    """What is read word by word."""
    return isinstance(field, models.TextField) or field.name == "title"


def _between_links(old: list[str], new: list[str]) -> list[list[Part]]:
    if set(old) == set(new):
        return []
    kinds = [("same" if label in new else "gone", label) for label in old]
    kinds += [("new", label) for label in new if label not in old]
    apart = [(Part("same", ", "), Part(kind, label)) for kind, label in kinds]
    return [[part for pair in apart for part in pair][1:]]


def _now(practice: Practice, name: str) -> Any:
    """The value as the proposal stores it."""
    if name in LINKS:
        return [row.pk for row in getattr(practice, name).all()]
    field = Practice._meta.get_field(name)
    value = getattr(practice, field.attname)
    return value.isoformat() if isinstance(field, models.DateField) and value else value
