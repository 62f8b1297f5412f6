"""A municipality joins the signature of a partnership: with a signature of its own, which the secretariat verifies."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from alliance import emails
from alliance.actions.parties import ANSWER_TERM, answered
from alliance.actions.signature import AlreadySigned, keep_consents
from alliance.models import JointInvitation, Signature
from alliance.models.signature import ACTIVE
from smartsociety.core.tokens import hash_token


def find(token: str) -> JointInvitation | None:
    """The invitation with this secret while its term runs and the partnership's signature stands; else None."""
    asked = JointInvitation.objects.select_related(
        "organisation", "signature__organisation", "signature__declaration"
    )
    return asked.filter(
        token_hash=hash_token(token), asked_at__gt=timezone.now() - ANSWER_TERM, signature__status__in=ACTIVE
    ).first()


@transaction.atomic
def join(
    *, invitation: JointInvitation, language: str, consents: Mapping[str, str] | None = None, **answers: Any
) -> Signature:
    """Sign as the municipality that was invited; the link in its mailbox proved the address.

    Asked twice, it is one signature. Raises AlreadySigned when the municipality signed this version otherwise, and
    JointInvitation.DoesNotExist when it declined.
    """
    open_or_joined = JointInvitation.objects.filter(Q(answered_at=None) | Q(accepted=True))
    invitation = open_or_joined.select_for_update(of=("self",)).get(pk=invitation.pk)
    leading = invitation.signature
    if invitation.accepted:
        return Signature.objects.filter(joint_with=leading, organisation=invitation.organisation).latest("pk")
    signature = Signature(
        organisation=invitation.organisation,
        declaration=leading.declaration,
        joint_with=leading,
        signer_email=invitation.email,
        language=language,
        text_sha256=leading.declaration.sha256,
        confirmed_at=timezone.now(),
        **answers,
    )
    signature.become(Signature.Status.SUBMITTED)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        signature.mandate_document.delete(save=False)
        raise AlreadySigned(invitation.organisation) from error
    keep_consents(email=signature.signer_email, wordings=consents or {}, language=language)
    emails.signature_received(signature)
    emails.signature_to_verify(signature)
    answered(invitation=invitation, accepted=True)
    return signature
