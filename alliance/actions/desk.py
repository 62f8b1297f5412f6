"""What the secretariat decides about a signature after it was published or rejected, and how it puts mistakes right."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from alliance import emails
from alliance.actions.signature import CONFIRMATION_TERM, AlreadySigned, lock
from alliance.models import Membership, Organisation, Signature
from smartsociety.core.audit import because
from smartsociety.core.models import User
from smartsociety.core.people import account_for
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import new_token

Status = Signature.Status


class SignerForgotten(Exception):
    """The details of the signer were erased after their term: only signing again helps."""


@transaction.atomic
def hold(
    *, signature: Signature, reason: str, by: User, revision: int | None = None, notify: bool = True
) -> Signature:
    """Not in force for a while; the signer reads why.

    Raises InvalidTransition when it is not in force, ChangedMeanwhile when it is not at `revision` any more.
    """
    signature = lock(signature, revision=revision)
    signature.become(Status.ON_HOLD)
    _decided(signature, by=by, reason=reason)
    signature.save()
    if notify:
        emails.signature_held(signature)
    return signature


@transaction.atomic
def resume(*, signature: Signature, by: User, revision: int | None = None, notify: bool = True) -> Signature:
    """In force again, with the date of its first publication. Raises InvalidTransition and ChangedMeanwhile."""
    signature = lock(signature, revision=revision)
    if signature.status != Status.ON_HOLD:  # the first time is `publish`
        raise InvalidTransition(signature, Status.PUBLISHED)
    if signature.nudged_at is not None:  # held for want of an answer: the secretariat has heard it
        signature.checked_on, signature.nudged_at = timezone.localdate(), None
    signature.become(Status.PUBLISHED)
    _decided(signature, by=by)
    signature.save()
    if notify:
        emails.signature_resumed(signature)
    return signature


@transaction.atomic
def reopen(*, signature: Signature, by: User, revision: int | None = None, notify: bool = True) -> Signature:
    """A rejection was a mistake: it waits again, for the secretariat or, with a new link, for its signer.

    Raises InvalidTransition, ChangedMeanwhile, SignerForgotten, or AlreadySigned when the organisation signed since.
    """
    signature = lock(signature, revision=revision)
    signature.become(Status.SUBMITTED if signature.confirmed_at else Status.UNCONFIRMED)
    if not signature.signer_email:
        raise SignerForgotten(signature)
    _decided(signature, by=by)
    token, confirmation_hash = new_token()
    if signature.status == Status.UNCONFIRMED:
        signature.confirmation_hash = confirmation_hash
        signature.confirmation_expires_at = timezone.now() + CONFIRMATION_TERM
    _save_alone(signature)
    if signature.status == Status.UNCONFIRMED:
        emails.confirm_signature(signature, token=token)
    elif notify:
        emails.signature_reopened(signature)
    return signature


@transaction.atomic
def correct(
    *,
    signature: Signature,
    revision: int,
    organisation: Organisation,
    mandate_by: str,
    mandate_on: date,
    language: str,
    reason: str,
    by: User,
) -> Signature:
    """Put right what is not in the signer's own words; the signer is told, and the audit keeps what and why.

    Raises ChangedMeanwhile, or AlreadySigned when the right organisation has an active signature already.
    """
    signature = lock(signature, revision=revision)
    former = signature.organisation
    signature.organisation, signature.language = organisation, language
    signature.mandate_by, signature.mandate_on = mandate_by, mandate_on
    with because(reason):
        _save_alone(signature)
        if former != organisation and signature.is_in_force:
            _move_signer(signature, former)
    if signature.signer_email and signature.confirmed_at:
        emails.signature_corrected(signature, reason=reason)
    return signature


def _move_signer(signature: Signature, former: Organisation) -> None:
    """The signer represents the right organisation, not the one that was chosen by mistake."""
    person = account_for(
        email=signature.signer_email, name=signature.signer_name, language=signature.language
    )
    Membership.objects.filter(user=person, organisation=former).delete()
    Membership.objects.update_or_create(
        user=person, organisation=signature.organisation, defaults={"role": Membership.Role.REPRESENTATIVE}
    )


def _decided(signature: Signature, *, by: User, reason: str = "") -> None:
    signature.decided_at, signature.decided_by, signature.reason = timezone.now(), by, reason


def _save_alone(signature: Signature) -> None:
    """Save, unless another signature of the organisation took its place."""
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        raise AlreadySigned(signature.organisation) from error
