"""What happens to a signature: each step whole or not at all, its mail and audit in the same transaction."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from alliance import emails
from alliance.models import Declaration, Membership, Organisation, Signature, Theme
from smartsociety.core.models import User
from smartsociety.core.people import account_for
from smartsociety.core.slugs import unique_slug
from smartsociety.core.tokens import hash_token, new_token

CONFIRMATION_TERM = timedelta(days=7)
# Long enough to answer questions about a rejection.
REJECTION_TERM = timedelta(days=90)


class AlreadySigned(Exception):
    """The organisation has an active signature under this version."""


class ConfirmationExpired(Exception):
    """The link in the mail is too old."""


@transaction.atomic
def enter_organisation(*, name: str, kind: str, place: str = "", province: str = "") -> Organisation:
    """The organisation as its signer names it; a new one is unseen by others until its signature is published."""
    organisation, _created = Organisation.objects.get_or_create(
        name__iexact=name,
        kind=kind,
        place__iexact=place,
        defaults={
            "name": name,
            "place": place,
            "province": province,
            "slug": unique_slug(Organisation, name),
        },
    )
    return organisation


@transaction.atomic
def sign(
    *,
    organisation: Organisation,
    declaration: Declaration,
    signer_name: str,
    signer_function: str,
    signer_email: str,
    language: str,
    mandate_by: str,
    mandate_on: date,
    contributes: Iterable[str] = (),
    themes: Iterable[Theme] = (),
    statement: str = "",
    publish_name: bool = False,
) -> Signature:
    """Keep an unconfirmed signature and mail its signer a link. Sent twice by the same signer, the last one counts.

    Raises AlreadySigned when the organisation has an active signature under this version.
    """
    if organisation.signatures.active().filter(declaration=declaration).exists():
        raise AlreadySigned(organisation)
    token, confirmation_hash = new_token()
    signature, _created = Signature.objects.update_or_create(
        organisation=organisation,
        declaration=declaration,
        signer_email=signer_email.lower(),
        status=Signature.Status.UNCONFIRMED,
        defaults={
            "signer_name": signer_name,
            "signer_function": signer_function,
            "language": language,
            "mandate_by": mandate_by,
            "mandate_on": mandate_on,
            "contributes": list(contributes),
            "statement": statement,
            "publish_name": publish_name,
            "confirmation_hash": confirmation_hash,
            "confirmation_expires_at": timezone.now() + CONFIRMATION_TERM,
        },
    )
    signature.themes.set(themes)
    emails.confirm_signature(signature, token=token)
    return signature


@transaction.atomic
def confirm(*, token: str) -> Signature:
    """The signer opened the link and said yes: the signature waits for the secretariat.

    Raises Signature.DoesNotExist for an unknown or used link, ConfirmationExpired, or AlreadySigned when another
    signature of the organisation was confirmed first.
    """
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .unconfirmed()
        .get(confirmation_hash=hash_token(token))
    )
    if signature.confirmation_expires_at <= timezone.now():
        raise ConfirmationExpired(signature)
    signature.become(Signature.Status.SUBMITTED)
    signature.confirmed_at = timezone.now()
    signature.confirmation_hash, signature.confirmation_expires_at = "", None
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        raise AlreadySigned(signature.organisation) from error
    emails.signature_received(signature)
    emails.signature_to_verify(signature)
    return signature


@transaction.atomic
def publish(*, signature: Signature, by: User) -> Signature:
    """The secretariat verified the mandate: the organisation is a signatory and its signer represents it.

    Raises InvalidTransition when a colleague decided first.
    """
    signature = _lock(signature)
    signature.become(Signature.Status.PUBLISHED)
    signature.decided_at = signature.published_at = timezone.now()
    signature.decided_by = by
    signature.save()
    person = account_for(
        email=signature.signer_email, name=signature.signer_name, language=signature.language
    )
    Membership.objects.update_or_create(
        user=person, organisation=signature.organisation, defaults={"role": Membership.Role.REPRESENTATIVE}
    )
    emails.signature_published(signature)
    return signature


@transaction.atomic
def reject(*, signature: Signature, reason: str, by: User) -> Signature:
    """The secretariat cannot publish it; the signer reads why. Raises InvalidTransition when a colleague was first."""
    signature = _lock(signature)
    signature.become(Signature.Status.REJECTED)
    signature.decided_at, signature.decided_by, signature.reason = timezone.now(), by, reason
    signature.save()
    emails.signature_rejected(signature)
    return signature


@transaction.atomic
def withdraw(*, signature: Signature, by: User, reason: str = "") -> Signature:
    """Effective at once: a dated tombstone stays, the signer's name goes.

    Raises InvalidTransition when it was withdrawn before.
    """
    signature = _lock(signature)
    to, language = signature.signer_email, signature.language
    signature.become(Signature.Status.WITHDRAWN)
    signature.withdrawn_at = signature.decided_at = timezone.now()
    signature.decided_by, signature.reason = by, reason
    signature.forget_signer()
    signature.save()
    emails.signature_withdrawn(signature, to=to, language=language)
    return signature


@transaction.atomic
def expire_unconfirmed() -> int:
    """Links that were never opened: the signature expires and its personal data go. Returns how many."""
    overdue = Signature.objects.unconfirmed().filter(confirmation_expires_at__lte=timezone.now())
    expired = list(overdue.select_for_update(of=("self",)))
    for signature in expired:
        signature.become(Signature.Status.EXPIRED)
        signature.forget_signer()
        signature.save()
    return len(expired)


@transaction.atomic
def erase_rejected() -> int:
    """Forget the signers of signatures that were rejected a while ago; the reason stays. Returns how many."""
    overdue = Signature.objects.rejected_before(timezone.now() - REJECTION_TERM).exclude(signer_email="")
    rejected = list(overdue.select_for_update(of=("self",)))
    for signature in rejected:
        signature.forget_signer()
        signature.save()
    return len(rejected)


@transaction.atomic
def publish_declaration(*, declaration: Declaration) -> Declaration:
    """Put a version in force from now; its text never changes again."""
    declaration.sha256 = declaration.compute_sha256()
    declaration.published_at = timezone.now()
    declaration.save()
    return declaration


def _lock(signature: Signature) -> Signature:
    """The row as it is now, held until the transaction ends."""
    return (
        Signature.objects.select_for_update(of=("self",))
        .select_related("organisation", "declaration")
        .get(pk=signature.pk)
    )
