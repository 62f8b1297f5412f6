"""What happens to a fieldlab: whole or not at all, mail in the same transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.actions.registration import fill
from fieldlabs.models import Fieldlab
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition

# A change of one of these reaches everybody who counts on it by mail.
MATTERS = ("starts_at", "ends_at", "format", "venue", "place", "online_link", "travel_nl")
# And of one of these the calendars.
IN_CALENDARS = (*MATTERS, "title_nl", "title_en", "summary_nl", "summary_en")
# What moves along when a fieldlab is moved.
MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")


@transaction.atomic
def schedule(*, fieldlab: Fieldlab, by: User | None) -> Fieldlab:
    """Keep a new fieldlab as a draft, with an address of its own."""
    fieldlab.slug = unique_slug(Fieldlab, f"{fieldlab.quarter} {fieldlab.title_nl}")
    fieldlab.changed_by = by
    fieldlab.save()
    return fieldlab


@transaction.atomic
def change(*, fieldlab: Fieldlab, values: dict[str, Any], revision: int, by: User) -> list[str]:
    """Set `values`; when something that matters changed, everybody who counts on it hears it and calendars follow.

    More places, or fewer reserved ones, go to those who wait. Returns the names of the fields that were mailed about.
    Raises ChangedMeanwhile when a colleague saved it after the form was opened at `revision`.
    """
    fieldlab = lock_revision(Fieldlab.objects.all(), pk=fieldlab.pk, revision=revision)
    several = {name: value for name, value in values.items() if name in ("themes", "projects")}
    changed = _set(fieldlab, {name: value for name, value in values.items() if name not in several})
    _keep(fieldlab, changed, by)
    for name, value in several.items():
        getattr(fieldlab, name).set(value)
    told = [name for name in changed if name in MATTERS] if fieldlab.is_to_come else []
    if told:
        for registration in emails.to_everybody(fieldlab):
            emails.fieldlab_changed(registration, changed=told)
    fill(fieldlab=fieldlab)
    return told


def _set(fieldlab: Fieldlab, values: dict[str, Any]) -> list[str]:
    """Assign; the names of what is different now."""
    changed = [name for name, value in values.items() if getattr(fieldlab, name) != value]
    for name in changed:
        setattr(fieldlab, name, values[name])
    return changed


def _keep(fieldlab: Fieldlab, changed: list[str], by: User | None) -> None:
    """Save with what calendars and the next reminder go by."""
    if set(changed) & set(IN_CALENDARS):
        fieldlab.sequence += 1
    if "starts_at" in changed:
        fieldlab.rounds_sent = []  # people are reminded of the new day
    fieldlab.changed_at, fieldlab.changed_by = timezone.now(), by
    fieldlab.save()


def moved(moment: datetime, days: int) -> datetime:
    """As many days later at the same time by the clock of Amsterdam, whatever summer time does in between."""
    local = timezone.localtime(moment)
    return datetime.combine(
        local.date() + timedelta(days=days), local.time(), timezone.get_default_timezone()
    )


@transaction.atomic
def shift(*, fieldlab: Fieldlab, days: int, by: User, reason: str = "") -> Fieldlab:
    """Move a fieldlab, its programme and its registration window by whole days; the others stay where they are.

    Everybody who counts on it hears it, with the reason. Raises InvalidTransition once it was held or is off.
    """
    fieldlab = Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab.pk)
    if not (fieldlab.is_to_come or fieldlab.status == Fieldlab.Status.DRAFT):
        raise InvalidTransition(fieldlab, "moved")
    if not days:
        return fieldlab
    values = {name: moved(value, days) for name in MOMENTS if (value := getattr(fieldlab, name))}
    changed = _set(fieldlab, values)
    if fieldlab.reserved_until_on:
        fieldlab.reserved_until_on += timedelta(days=days)
    fieldlab.revision += 1
    _keep(fieldlab, changed, by)
    for item in fieldlab.items.all():
        item.starts_at, item.ends_at = moved(item.starts_at, days), moved(item.ends_at, days)
        item.save(update_fields=["starts_at", "ends_at"])
    if fieldlab.is_to_come:
        for registration in emails.to_everybody(fieldlab):
            emails.fieldlab_changed(registration, changed=["starts_at"], reason=reason)
    return fieldlab


COPIED = [
    "title_nl",
    "title_en",
    "summary_nl",
    "summary_en",
    "programme_nl",
    "programme_en",
    "host",
    "format",
    "venue",
    "place",
    "travel_nl",
    "travel_en",
    "contact_name",
    "contact_email",
    "capacity",
    "reserved_government",
    "reserved_business",
    "reserved_knowledge",
    "reserved_society",
    "reminder_hours",
]


@transaction.atomic
def copy(*, fieldlab: Fieldlab, starts_on, by: User) -> Fieldlab:
    """A new draft on another day with the same programme; people, cases and outcomes stay with the old one."""
    days = (starts_on - timezone.localtime(fieldlab.starts_at).date()).days
    made = Fieldlab(**{name: getattr(fieldlab, name) for name in COPIED})
    for name in MOMENTS:
        if value := getattr(fieldlab, name):
            setattr(made, name, moved(value, days))
    if fieldlab.reserved_until_on:
        made.reserved_until_on = fieldlab.reserved_until_on + timedelta(days=days)
    made = schedule(fieldlab=made, by=by)
    made.themes.set(fieldlab.themes.all())
    made.projects.set(fieldlab.projects.all())
    for item in fieldlab.items.all():
        item.pk, item.fieldlab, item.case = None, made, None
        item.starts_at, item.ends_at = moved(item.starts_at, days), moved(item.ends_at, days)
        item.online_link = ""  # a meeting of another day
        item._state.adding = True
        item.save()
    return made


@transaction.atomic
def move(*, fieldlab: Fieldlab, status: str, by: User | None) -> Fieldlab:
    """Announce, open, close or mark a fieldlab as held; cancelling and reporting have actions of their own.

    Raises InvalidTransition when it cannot go there from where it is.
    """
    if status in (Fieldlab.Status.CANCELLED, Fieldlab.Status.REPORTED):
        raise InvalidTransition(fieldlab, status)
    fieldlab = Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab.pk)
    fieldlab.become(status)
    if status == Fieldlab.Status.ANNOUNCED:
        fieldlab.announced_at = timezone.now()
    fieldlab.save(update_fields=["status", "announced_at"])
    return fieldlab


@transaction.atomic
def cancel_fieldlab(*, fieldlab: Fieldlab, by: User) -> Fieldlab:
    """Cancel; everybody with a standing registration hears it in the same transaction, and calendars say so."""
    fieldlab = Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab.pk)
    fieldlab.become(Fieldlab.Status.CANCELLED)
    fieldlab.sequence += 1
    fieldlab.changed_at, fieldlab.changed_by = timezone.now(), by
    fieldlab.save(update_fields=["status", "sequence", "changed_at", "changed_by"])
    for registration in emails.to_everybody(fieldlab):
        emails.fieldlab_cancelled(registration)
    return fieldlab
