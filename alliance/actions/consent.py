"""Consents to be mailed: given and stopped per purpose, stopped with one press from any of those mails."""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils import timezone

from smartsociety.core import mail
from smartsociety.core.models import Consent

# So long it can be shown that what was mailed before was mailed with consent.
CONSENT_KEPT = timedelta(days=365)
_signer = Signer(salt="alliance.consent")


def agrees(*, email: str, purpose: str) -> bool:
    """Whether this address may be mailed for `purpose`."""
    return Consent.objects.standing(purpose).filter(email=email.lower()).exists()


@transaction.atomic
def agree(*, email: str, purpose: str, language: str, wording: str) -> None:
    """Keep that this person agreed, to which words; agreeing twice is agreeing once."""
    try:
        with transaction.atomic():
            Consent.objects.create(email=email.lower(), purpose=purpose, wording=wording, language=language)
    except IntegrityError:
        return


@transaction.atomic
def stop(*, email: str, purpose: str) -> None:
    """No more mails for `purpose` to this address, from now."""
    standing = Consent.objects.standing(purpose).filter(email=email.lower())
    standing.update(withdrawn_at=timezone.now())


def unsubscribe_url(consent: Consent, sending: str) -> str:
    """The address that stops mails for the purpose of `consent`.

    Signed, so that nobody stops another's; `sending` tells one mail from another, the same every time.
    """
    token = _signer.sign_object([consent.pk, sending])
    return mail.absolute_url(consent.language, "alliance:unsubscribe", token)


def consent_of(token: str) -> Consent | None:
    """The consent that an address to unsubscribe speaks of, standing or not; None when the address is not ours."""
    try:
        consent_id, _sending = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Consent.objects.filter(pk=consent_id).first()


@transaction.atomic
def erase_withdrawn() -> int:
    """Forget consents, to whatever purpose, that were withdrawn CONSENT_KEPT ago. Returns how many."""
    return Consent.objects.filter(withdrawn_at__lt=timezone.now() - CONSENT_KEPT).delete()[0]
