"""One decision on many signatures, for instance because of abuse; it can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from alliance import emails
from alliance.actions.desk import hold
from alliance.actions.signature import reject
from alliance.models import BulkDecision, Signature
from smartsociety.core.audit import because
from smartsociety.core.models import User

Status = Signature.Status
# What a decision of each kind changes; the rest of what was chosen stays as it is.
AFFECTED = {"reject": (Status.UNCONFIRMED, Status.SUBMITTED), "hold": (Status.PUBLISHED,)}
ACTIONS = {"reject": reject, "hold": hold}
AT_MOST = 1000


class AlreadyUndone(Exception):
    """A colleague took this decision back before."""


@dataclass(frozen=True)
class Undone:
    """How many signatures are back where they were, and how many were left because something happened since."""

    restored: int
    left: int


@transaction.atomic
def decide_many(*, kind: str, seen: Mapping[int, int], reason: str, notify: bool, by: User) -> BulkDecision:
    """Reject or hold all signatures in `seen` (primary key → the revision that was looked at), or none of them.

    Raises ChangedMeanwhile when one is not at its revision any more, InvalidTransition when one cannot.
    """
    decision = BulkDecision.objects.create(kind=kind, reason=reason, notified=notify, decided_by=by)
    before = {}
    with because(reason):
        for signature in Signature.objects.filter(pk__in=seen).order_by(
            "pk"
        ):  # in one order, against deadlock
            decided = ACTIONS[kind](
                signature=signature, reason=reason, by=by, revision=seen[signature.pk], notify=notify
            )
            before[str(signature.pk)] = [signature.status, decided.revision]
    decision.before = before
    decision.save()
    return decision


@transaction.atomic
def undo(*, decision: BulkDecision, by: User) -> Undone:
    """Put every signature back where it was, unless something happened to it since. Raises AlreadyUndone."""
    decision = BulkDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.undone_at:
        raise AlreadyUndone(decision)
    decision.undone_at = timezone.now()
    decision.save()
    restored = sum(
        _restore(int(pk), status, revision, notify=decision.notified, by=by)
        for pk, (status, revision) in sorted(decision.before.items(), key=lambda entry: int(entry[0]))
    )
    return Undone(restored, len(decision.before) - restored)


def _restore(pk: int, status: str, revision: int, *, notify: bool, by: User) -> bool:
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("organisation", "declaration")
        .filter(pk=pk, revision=revision)
        .first()
    )
    if signature is None:
        return False
    signature.become(status)
    signature.revision += 1
    signature.reason = ""
    in_force = status == Status.PUBLISHED
    signature.decided_at, signature.decided_by = (timezone.now(), by) if in_force else (None, None)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError:  # the organisation signed again since
        return False
    if notify and signature.confirmed_at:
        (emails.signature_resumed if in_force else emails.signature_reopened)(signature)
    return True
