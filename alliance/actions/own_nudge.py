"""The yearly question "is this still right?": asked, answered, and what follows when nobody answers."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from alliance import emails
from alliance.models import Signature
from smartsociety.core.models import User

ASKED_AFTER = timedelta(days=365)
# First shown as not confirmed (models.signature.ANSWER_TERM, 30 days), this long after the question on hold.
HELD_AFTER = timedelta(days=120)
_SALT = "alliance.still_right"

Status = Signature.Status


class DeadLink(Exception):
    """The link was used, is not ours, or the signature is not in force any more."""


def ask_all() -> int:
    """Ask the representatives of every signature that nobody confirmed for a year. Returns how many were asked."""
    due = Signature.objects.to_nudge(timezone.localdate() - ASKED_AFTER)
    return sum(_ask(pk) for pk in due.values_list("pk", flat=True))


def hold_all() -> int:
    """Put on hold what nobody confirmed after the question. Returns how many."""
    silent = Signature.objects.published().filter(nudged_at__lte=timezone.now() - HELD_AFTER)
    return sum(_hold(pk) for pk in silent.values_list("pk", flat=True))


@transaction.atomic
def still_right(*, signature: Signature, by: User | None = None) -> Signature:
    """Somebody of the organisation says yes. What was on hold for want of an answer is in force again.

    Raises DeadLink when the signature is withdrawn.
    """
    signature = Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    if signature.status not in (Status.PUBLISHED, Status.ON_HOLD):
        raise DeadLink(signature)
    if _held_by_silence(signature):
        signature.become(Status.PUBLISHED)
        signature.decided_at, signature.decided_by, signature.reason = timezone.now(), by, ""
    signature.checked_on, signature.nudged_at = timezone.localdate(), None
    signature.revision += 1
    signature.save()
    return signature


@transaction.atomic
def answer_yes(*, token: str) -> Signature:
    """Whoever has the link in the mail says yes, once. Raises DeadLink."""
    signature = asked_by(token)
    Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    return still_right(signature=asked_by(token))  # read again: two clicks, one answer


def token_for(signature: Signature) -> str:
    """The secret in the link. It names the moment of asking, so that an answer makes it worthless."""
    return signing.dumps([signature.pk, signature.nudged_at.isoformat()], salt=_SALT)


def asked_by(token: str) -> Signature:
    """The signature that the link asks about. Raises DeadLink."""
    try:
        pk, asked_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise DeadLink from error
    standing = Signature.objects.filter(status__in=[Status.PUBLISHED, Status.ON_HOLD])
    signature = standing.with_card_data().filter(pk=pk, nudged_at=asked_at).first()
    if signature is None:
        raise DeadLink
    return signature


@transaction.atomic
def _ask(pk: int) -> bool:
    due = Signature.objects.to_nudge(timezone.localdate() - ASKED_AFTER).filter(pk=pk)
    signature = due.select_for_update(of=("self",)).first()
    if signature is None:
        return False
    signature.nudged_at = timezone.now()
    signature.save(update_fields=["nudged_at"])
    emails.still_right(signature, token=token_for(signature))
    return True


@transaction.atomic
def _hold(pk: int) -> bool:
    signature = Signature.objects.select_for_update(of=("self",)).get(pk=pk)
    if signature.status != Status.PUBLISHED or signature.nudged_at is None:  # answered just now
        return False
    signature.become(Status.ON_HOLD)
    signature.decided_at, signature.decided_by, signature.reason = timezone.now(), None, ""
    signature.revision += 1
    signature.save()
    emails.held_unanswered(signature, token=token_for(signature))
    return True


def _held_by_silence(signature: Signature) -> bool:
    """On hold by the clock, not by a decision of the secretariat."""
    return (
        signature.status == Status.ON_HOLD
        and signature.nudged_at is not None
        and signature.decided_by_id is None
    )
