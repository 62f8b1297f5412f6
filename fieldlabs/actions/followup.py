"""What happens to a follow-up: asked, accepted, done, dropped, carried over; and the reminders in between."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.models import CarriedOver, Fieldlab, FollowUp
from fieldlabs.models.followup import STANDING
from smartsociety.core.models import User
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import hash_token, new_token

# A first reminder this long before the day, and every so often while it is not done.
REMINDED_BEFORE = timedelta(days=7)
REMINDED_AGAIN = timedelta(days=14)
# The address of the owner is forgotten this long after it was done or dropped.
OWNER_TERM = timedelta(days=365)

Status = FollowUp.Status


@transaction.atomic
def ask_followup(*, followup: FollowUp, by: User | None) -> FollowUp:
    """Keep a new follow-up and ask its owner to accept it, by a link in a mail."""
    token, followup.token_hash = new_token()
    followup.created_by = by
    followup.save()
    emails.followup_asked(followup, token=token)
    return followup


def find(token: str) -> FollowUp | None:
    """The follow-up that this link, the newest that was mailed, is about; None when there is none."""
    found = FollowUp.objects.select_related("fieldlab", "due_fieldlab", "organisation", "outcome__fieldlab")
    return found.filter(token_hash=hash_token(token)).first()


@transaction.atomic
def accept_followup(*, followup: FollowUp, by: User | None) -> FollowUp:
    """The owner says yes; a second time changes nothing."""
    followup = _locked(followup)
    if followup.status != Status.ACCEPTED:
        followup.become(Status.ACCEPTED)
        followup.settled_at = None
        followup.save(update_fields=["status", "settled_at"])
    return followup


@transaction.atomic
def finish_followup(*, followup: FollowUp, by: User | None) -> FollowUp:
    """It is done."""
    followup = _locked(followup)
    followup.become(Status.DONE)
    followup.settled_at = timezone.now()
    followup.save(update_fields=["status", "settled_at"])
    return followup


@transaction.atomic
def drop_followup(*, followup: FollowUp, reason: str, by: User | None) -> FollowUp:
    """It will not be done, because of `reason`; when the owner says so, programme staff hear it."""
    followup = _locked(followup)
    followup.become(Status.DROPPED)
    followup.reason = reason
    followup.settled_at = timezone.now()
    followup.save(update_fields=["status", "reason", "settled_at"])
    if by is None:
        emails.followup_dropped(followup)
    return followup


@transaction.atomic
def carry_over(*, followup: FollowUp, to: Fieldlab, note: str = "", by: User | None) -> FollowUp:
    """Go on with it until a later fieldlab; what was agreed before stays in its history.

    Raises InvalidTransition when it is settled or that fieldlab is not later.
    """
    followup = _locked(followup)
    if followup.status not in STANDING or timezone.localdate(to.starts_at) <= followup.due:
        raise InvalidTransition(followup, "carried over")
    CarriedOver.objects.create(
        followup=followup, was_due_on=followup.due, to_fieldlab=to, note=note, carried_by=by
    )
    token, followup.token_hash = new_token()
    followup.due_on, followup.due_fieldlab, followup.reminded_at = None, to, None
    followup.save(update_fields=["due_on", "due_fieldlab", "reminded_at", "token_hash"])
    emails.followup_carried_over(followup, token=token)
    return followup


def next_fieldlab(after: Fieldlab) -> Fieldlab | None:
    """The first one later than `after` that is not cancelled; a draft counts, for it is planned."""
    later = Fieldlab.objects.filter(starts_at__gt=after.ends_at).exclude(status="cancelled")
    return later.order_by("starts_at").first()


def remind_all() -> int:
    """Remind owners of what is due within a week or overdue, each at most once a fortnight. Returns how many."""
    soon = timezone.localdate() + REMINDED_BEFORE
    due = FollowUp.objects.standing().with_due_day().filter(due_day__lte=soon)
    return sum(_remind(pk) for pk in due.values_list("pk", flat=True))


def erase_owners() -> int:
    """Forget who did what was settled OWNER_TERM ago. Returns how many."""
    old = FollowUp.objects.exclude(status__in=STANDING).filter(settled_at__lt=timezone.now() - OWNER_TERM)
    return old.exclude(owner_email="").update(owner_name="", owner_email="", token_hash=None)


@transaction.atomic
def _remind(pk: int) -> bool:
    followup = _locked(FollowUp(pk=pk))
    last = max(followup.reminded_at or followup.created_at, followup.created_at)
    pause = REMINDED_AGAIN if followup.reminded_at else timedelta(days=1)
    if not followup.is_standing or last > timezone.now() - pause:
        return False
    token, followup.token_hash = new_token()
    followup.reminded_at = timezone.now()
    followup.save(update_fields=["token_hash", "reminded_at"])
    emails.followup_reminder(followup, token=token)
    return True


def _locked(followup: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_related("fieldlab", "due_fieldlab", "organisation", "outcome__fieldlab")
    return rows.select_for_update(of=("self",)).get(pk=followup.pk)
