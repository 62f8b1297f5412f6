"""What the clock does: registration opens and closes, people are reminded, joined in and thanked."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.actions.fieldlab import moved
from fieldlabs.models import Fieldlab, Registration

Status = Fieldlab.Status
JOINING, THANKS = "joining", "thanks"
# The morning after, people still know.
THANKS_AFTER = timedelta(hours=15)
# After this it would only surprise.
THANKS_UNTIL = timedelta(days=7)


def turn_the_clock() -> None:
    """Open and close registration, mark as held what has ended, and send each round of mail once."""
    to_look_at = Fieldlab.objects.filter(status__in=["announced", "open", "closed", "held", "reported"])
    recent = to_look_at.filter(ends_at__gt=timezone.now() - THANKS_UNTIL)
    for fieldlab_id in recent.order_by("starts_at").values_list("pk", flat=True):
        _turn(fieldlab_id)


@transaction.atomic
def _turn(fieldlab_id: int) -> None:
    fieldlab = Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab_id)
    if status := due_status(fieldlab):
        fieldlab.become(status)
        fieldlab.save(update_fields=["status"])
    due = due_rounds(fieldlab)
    if due:
        fieldlab.rounds_sent = [*fieldlab.rounds_sent, *due]
        fieldlab.save(update_fields=["rounds_sent"])
        # When several came due at once (it was announced late), people hear the last one only.
        _send(fieldlab, due[-1])


def due_status(fieldlab: Fieldlab) -> str | None:
    """Where the clock puts a fieldlab now; None when it stays."""
    now, opens, closes = timezone.now(), fieldlab.registration_opens_at, fieldlab.registration_closes_at
    closes = closes or fieldlab.starts_at
    if fieldlab.status in (Status.OPEN, Status.CLOSED) and fieldlab.ends_at <= now:
        return Status.HELD
    if fieldlab.status == Status.ANNOUNCED and opens and opens <= now < closes:
        return Status.OPEN
    if fieldlab.status == Status.OPEN and closes <= now:
        return Status.CLOSED
    return None


def due_rounds(fieldlab: Fieldlab) -> list[str]:
    """The rounds of mail whose time has come and that were not sent, the latest last."""
    now = timezone.now()
    if fieldlab.status in (Status.HELD, Status.REPORTED):
        due = fieldlab.ends_at + THANKS_AFTER <= now and THANKS not in fieldlab.rounds_sent
        return [THANKS] if due else []
    if not fieldlab.is_to_come or now >= fieldlab.starts_at:
        return []
    planned = sorted(rounds(fieldlab).items(), key=lambda planned: planned[1])
    return [name for name, at in planned if at <= now and name not in fieldlab.rounds_sent]


def rounds(fieldlab: Fieldlab) -> dict[str, datetime]:
    """When each round before the fieldlab goes out."""
    planned = {str(hours): fieldlab.starts_at - timedelta(hours=hours) for hours in fieldlab.reminder_hours}
    return {**planned, JOINING: moved(fieldlab.starts_at, -1)}


def _send(fieldlab: Fieldlab, name: str) -> None:
    mail, people = _round(fieldlab, name)
    for registration in people.reachable().with_names():
        mail(registration)


def _round(fieldlab: Fieldlab, name: str) -> tuple[Callable[[Registration], None], object]:
    everybody = fieldlab.registrations
    if name == THANKS:
        there = everybody.filter(status=Registration.Status.ATTENDED)
        # Nobody was checked in: then it was not done, and everybody is thanked.
        return emails.thanks, there if there.exists() else everybody.filter(status="registered")
    return (emails.joining if name == JOINING else emails.reminder), everybody.filter(status="registered")
