"""What the clock does: registration opens and closes, people are reminded and told how to join.

Thanks go with the questionnaire (`actions.questionnaire`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.actions.fieldlab import moved
from fieldlabs.models import Fieldlab

Status = Fieldlab.Status
JOINING = "joining"


def turn_the_clock() -> None:
    """Open and close registration, mark as held what has ended, and send each round of mail once."""
    to_come = Fieldlab.objects.filter(status__in=["announced", "open", "closed"])
    for fieldlab_id in to_come.order_by("starts_at").values_list("pk", flat=True):
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
    if not fieldlab.is_to_come or now >= fieldlab.starts_at:
        return []
    planned = sorted(rounds(fieldlab).items(), key=lambda planned: planned[1])
    return [name for name, at in planned if at <= now and name not in fieldlab.rounds_sent]


def rounds(fieldlab: Fieldlab) -> dict[str, datetime]:
    """When each round before the fieldlab goes out."""
    planned = {str(hours): fieldlab.starts_at - timedelta(hours=hours) for hours in fieldlab.reminder_hours}
    return {**planned, JOINING: moved(fieldlab.starts_at, -1)}


def _send(fieldlab: Fieldlab, name: str) -> None:
    mail = emails.joining if name == JOINING else emails.reminder
    for registration in fieldlab.registrations.filter(status="registered").reachable().with_names():
        mail(registration)
