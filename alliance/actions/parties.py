"""The municipalities that a partnership signs for: named by the partnership, asked by mail, each answers by itself."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance import emails
from alliance.models import JointInvitation, Organisation, Signature
from smartsociety.core.mail import sent_recently
from smartsociety.core.tokens import new_token

# A council or executive meets at least once in this time.
ANSWER_TERM = timedelta(days=60)
# No mailbox is filled by naming the same municipality again and again.
MAILS_PER_DAY = 3


@transaction.atomic
def name_parties(*, signature: Signature, parties: Iterable[tuple[Organisation, str]]) -> None:
    """Keep whom the partnership names, in place of whom it named before. Nobody is mailed until the signer confirms."""
    signature.joint_invitations.all().delete()
    for organisation, email in parties:
        _token, token_hash = new_token()
        JointInvitation.objects.create(
            signature=signature, organisation=organisation, email=email.lower(), token_hash=token_hash
        )


@transaction.atomic
def ask_parties(*, signature: Signature) -> None:
    """The signer of the partnership proved the address: each municipality is mailed a link of its own."""
    waiting = signature.joint_invitations.filter(answered_at=None).select_related("organisation")
    for invitation in waiting.exclude(email=""):
        if sent_recently("alliance/joint_invitation", to=invitation.email) >= MAILS_PER_DAY:
            continue
        token, invitation.token_hash = new_token()
        invitation.asked_at = timezone.now()
        invitation.signature = signature
        invitation.save()
        emails.joint_invitation(invitation, token=token)


@transaction.atomic
def decline(*, invitation: JointInvitation) -> JointInvitation:
    """The municipality does not join; the partnership hears so. Answered before, nothing changes."""
    return answered(invitation=invitation, accepted=False)


def answered(*, invitation: JointInvitation, accepted: bool) -> JointInvitation:
    """Note the answer, forget the address, tell the partnership; inside a transaction, with the row locked."""
    invitation = JointInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.answered_at:
        return invitation
    invitation.accepted, invitation.answered_at, invitation.email = accepted, timezone.now(), ""
    invitation.save()
    emails.joint_answered(invitation)
    return invitation


@transaction.atomic
def erase_invited() -> int:
    """Forget addresses of municipalities that did not answer in time, or whose partnership's signature ended."""
    over = Q(asked_at__lt=timezone.now() - ANSWER_TERM) | Q(
        signature__status__in=[
            Signature.Status.REJECTED,
            Signature.Status.WITHDRAWN,
            Signature.Status.EXPIRED,
        ]
    )
    return JointInvitation.objects.filter(over).exclude(email="").update(email="")
