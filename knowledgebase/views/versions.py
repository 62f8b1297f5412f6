"""Every text a practice has had, readable and to be had again, and who and what came along; from the audit tables."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from alliance.models import Organisation
from knowledgebase.changes import Difference, are_told, compared
from knowledgebase.models import Attachment, PartInvitation, Picture, Practice, PracticeOrganisation
from knowledgebase.models.part import Role
from knowledgebase.models.practice import LINKS
from knowledgebase.models.sections import WRITTEN
from smartsociety.core.audit import Change, history, history_around
from smartsociety.core.models import User

WORTH_TELLING = [*WRITTEN, "status", "evidence"]
# What belongs to a practice and changes apart from its text.
ALONG = (PracticeOrganisation, PartInvitation, Attachment, Picture)
PARTS = (PracticeOrganisation, PartInvitation)


@dataclass
class Version:
    """The text as it was from a moment on; numbered from the first."""

    is_text: ClassVar[bool] = True

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


@dataclass
class Happening:
    """Something beside the text, in words: an organisation, a document or a picture came, changed or went."""

    is_text: ClassVar[bool] = False

    at: datetime
    by: User | None
    words: str


def story(practice: Practice) -> list[Version | Happening]:
    """The texts and what happened beside them, the latest first; of one moment the text was first, and is below."""
    return sorted([*happenings(practice), *versions(practice)], key=lambda told: told.at, reverse=True)


def happenings(practice: Practice) -> list[Happening]:
    """Who takes part and what is attached: what came, changed and went, the latest first."""
    changes = [change for change in history_around(practice, *ALONG) if change.model in ALONG]
    names = Organisation.objects.in_bulk(
        {change.data["organisation_id"] for change in changes if change.model in PARTS}
    )
    found, before = [], {}
    for change in reversed(changes):
        row = change.model, change.object_id
        if change.model in PARTS:
            tell = _part_words if change.model is PracticeOrganisation else _asked_words
            words = tell(change, before.get(row), str(names.get(change.data["organisation_id"], "")))
        else:
            words = _file_words(change)
        before[row] = change.data
        if words:
            found.append(Happening(change.at, change.by, words))
    return found[::-1]


def _part_words(change: Change, before: dict[str, Any] | None, name: str) -> str:
    if change.kind == "delete":
        return _("%(name)s no longer takes part.") % {"name": name}
    why = change.data.get("named_because", "")
    if before and (before["role"], before.get("named_because", "")) == (change.data["role"], why):
        return ""
    words = _("%(name)s takes part as: %(role)s.")
    if why:
        words = _("%(name)s takes part as: %(role)s. Named by an editor, without asking: %(why)s")
    return words % {"name": name, "role": Role(change.data["role"]).label, "why": why}


def _asked_words(change: Change, before: dict[str, Any] | None, name: str) -> str:
    if change.kind == "delete":
        return _("%(name)s is not asked any more whether it takes part.") % {"name": name}
    answer = change.data["answer"]
    if answer == PartInvitation.Answer.NO:
        return _("%(name)s does not take part.") % {"name": name}
    if answer or (before and before["role"] == change.data["role"] and not before["answer"]):
        return ""  # that it takes part tells for itself
    role = Role(change.data["role"]).label
    return _("%(name)s is asked whether it takes part as: %(role)s.") % {"name": name, "role": role}


def _file_words(change: Change) -> str:
    if change.model is Attachment:
        words = {
            "insert": _("Document added: %(title)s"),
            "wait": _("Document added to a proposed change: %(title)s"),
            "update": _("Document approved: %(title)s"),
            "delete": _("Document removed: %(title)s"),
        }
    else:
        words = {
            "insert": _("Picture added: %(title)s"),
            "wait": _("Picture added to a proposed change: %(title)s"),
            "update": _("Picture approved: %(title)s"),
            "delete": _("Picture removed: %(title)s"),
        }
    kind = "wait" if change.kind == "insert" and change.data.get("waits_for_id") else change.kind
    if kind == "update" and "waits_for_id" not in change.fields:
        return ""
    return words[kind] % {"title": change.data.get("title") or change.data.get("alt")}


def versions(practice: Practice) -> list[Version]:
    """The latest first; changes that say nothing to a reader are left out."""
    found: list[Version] = []
    before: dict[str, Any] | None = None
    changes = list(reversed(history(practice)))
    at = changes[0].at
    for number, change in enumerate(changes, 1):
        data = _by_field(change.data)
        at = max(
            at, change.at
        )  # a change that waited for the one before is stamped with when it began to wait
        if before is not None and LINKS[0] not in before and change.fields == ("linked",):
            found[-1].data = before = data  # what it was linked to when it began
            continue
        if before is None or are_told(before, data, WORTH_TELLING):
            found.append(Version(number, at, change.by, before, data))
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
