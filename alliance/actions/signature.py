"""What happens to a signature: each step whole or not at all, its mail and audit in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliance import emails, matching
from alliance.actions.milestones import note_milestone
from alliance.actions.parties import ask_parties
from alliance.models import Declaration, Membership, Organisation, Project, Signature, Theme
from smartsociety.core.files import remove_file
from smartsociety.core.models import Consent, User
from smartsociety.core.people import account_for
from smartsociety.core.revisions import lock_revision
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import hash_token, new_token

CONFIRMATION_TERM = timedelta(days=7)
# Long enough to answer questions about a rejection.
REJECTION_TERM = timedelta(days=90)


class AlreadySigned(Exception):
    """The organisation has an active signature under this version."""


class ConfirmationExpired(Exception):
    """The link in the mail is too old."""


@transaction.atomic
def enter_organisation(
    *, name: str, kind: str, place: str = "", province: str = "", website: str = "", kvk_number: str = ""
) -> Organisation:
    """The organisation as its signer names it; a new one is unseen by others until its signature is published.

    One that is surely the same, however it is spelled (see `matching`), is not entered again, also not at once.
    """
    described = matching.Described(name=name, kind=kind, place=place, kvk_number=kvk_number, website=website)
    _one_at_a_time(described.key, kvk_number)
    known = matching.matches(described)
    if known and known[0].certain:
        return known[0].organisation
    slug = unique_slug(Organisation, name)
    return Organisation.objects.create(
        name=name,
        kind=kind,
        place=place,
        province=province,
        website=website,
        kvk_number=kvk_number,
        slug=slug,
    )


def _one_at_a_time(*names: str) -> None:
    """Whoever enters the same name or number now waits until this transaction ends; in a fixed order: no deadlock."""
    with connection.cursor() as cursor:
        for name in sorted(filter(None, names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"organisation:{name}"])


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
    contribution_note: str = "",
    projects: Iterable[Project] = (),
    mandate_document: str = "",
    consents: Mapping[str, str] | None = None,
) -> Signature:
    """Keep an unconfirmed signature and mail its signer a link. Sent twice by the same signer, the last one counts.

    `mandate_document` is the name of a file that is stored already; `consents` is purpose → the wording agreed to.
    Raises AlreadySigned when the organisation has an active signature under this version.
    """
    if organisation.signatures.active().filter(declaration=declaration).exists():
        raise AlreadySigned(organisation)
    token, confirmation_hash = new_token()
    same = {"organisation": organisation, "declaration": declaration, "signer_email": signer_email.lower()}
    _let_go_of_documents(Signature.objects.unconfirmed().filter(**same), keep=mandate_document)
    signature, _created = Signature.objects.update_or_create(
        **same,
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
            "contribution_note": contribution_note,
            "mandate_document": mandate_document,
            "pending_consents": dict(consents or {}),
            "text_sha256": declaration.sha256,
            "confirmation_hash": confirmation_hash,
            "confirmation_expires_at": timezone.now() + CONFIRMATION_TERM,
        },
    )
    signature.themes.set(themes)
    signature.projects.set(projects)
    emails.confirm_signature(signature, token=token)
    return signature


def _let_go_of_documents(earlier: Iterable[Signature], *, keep: str) -> None:
    for signature in earlier:
        if signature.mandate_document.name != keep:
            remove_file(signature.mandate_document)


@transaction.atomic
def send_again(*, signature: Signature) -> bool:
    """Mail a new link, after which the earlier one is dead. False when there is nothing to confirm any more."""
    signature = lock(signature)
    if signature.status != Signature.Status.UNCONFIRMED:
        return False
    token, signature.confirmation_hash = new_token()
    signature.confirmation_expires_at = timezone.now() + CONFIRMATION_TERM
    signature.save()
    emails.confirm_signature(signature, token=token)
    return True


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
    signature.revision += 1
    signature.confirmation_hash, signature.confirmation_expires_at = "", None
    consents, signature.pending_consents = signature.pending_consents, {}
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        raise AlreadySigned(signature.organisation) from error
    keep_consents(email=signature.signer_email, wordings=consents, language=signature.language)
    emails.signature_received(signature)
    emails.signature_to_verify(signature)
    ask_parties(signature=signature)
    return signature


def keep_consents(*, email: str, wordings: Mapping[str, str], language: str) -> None:
    """What a person agreed to, each with the words that stood there; one that stands is not given twice."""
    for purpose, wording in wordings.items():
        Consent.objects.get_or_create(
            email=email.lower(), purpose=purpose, withdrawn_at=None,
            defaults={"wording": wording, "language": language},
        )  # fmt: skip


@transaction.atomic
def publish(*, signature: Signature, by: User, revision: int | None = None) -> Signature:
    """The secretariat verified the mandate: the organisation is a signatory and its signer represents it.

    Raises InvalidTransition when a colleague decided first, ChangedMeanwhile when it is not at `revision` any more.
    """
    signature = lock(signature, revision=revision)
    if signature.status != Signature.Status.SUBMITTED:  # what was on hold is resumed, with its first date
        raise InvalidTransition(signature, Signature.Status.PUBLISHED)
    signature.become(Signature.Status.PUBLISHED)
    signature.decided_at = signature.published_at = timezone.now()
    signature.decided_by, signature.reason = by, ""
    signature.save()
    person = account_for(
        email=signature.signer_email, name=signature.signer_name, language=signature.language
    )
    Membership.objects.update_or_create(
        user=person, organisation=signature.organisation, defaults={"role": Membership.Role.REPRESENTATIVE}
    )
    emails.signature_published(signature)
    note_milestone(signature.organisation)
    return signature


@transaction.atomic
def reject(
    *, signature: Signature, reason: str, by: User, revision: int | None = None, notify: bool = True
) -> Signature:
    """The secretariat cannot publish it; the signer reads why, unless the address was never proven.

    Raises InvalidTransition when a colleague was first, ChangedMeanwhile when it is not at `revision` any more.
    """
    signature = lock(signature, revision=revision)
    signature.become(Signature.Status.REJECTED)
    signature.decided_at, signature.decided_by, signature.reason = timezone.now(), by, reason
    signature.save()
    if notify and signature.confirmed_at:
        emails.signature_rejected(signature)
    return signature


@transaction.atomic
def withdraw(*, signature: Signature, by: User, reason: str = "") -> Signature:
    """Effective at once: a dated tombstone stays, the signer's name goes, nobody is invited to join it any more.

    An organisation that leaves does so under every version that it signed. Raises InvalidTransition when it was
    withdrawn before.
    """
    standing = Signature.objects.in_force().filter(organisation=signature.organisation_id)
    rows = list(standing.select_for_update(of=("self",)).order_by("pk"))  # in one order, against deadlock
    signature = _withdraw_one(lock(signature), by=by, reason=reason)
    for other in rows:
        if other.pk != signature.pk:
            _withdraw_one(lock(other), by=by, reason=reason)
    return signature


def _withdraw_one(signature: Signature, *, by: User, reason: str) -> Signature:
    to, language = signature.signer_email, signature.language
    signature.become(Signature.Status.WITHDRAWN)
    signature.withdrawn_at = signature.decided_at = timezone.now()
    signature.decided_by, signature.reason = by, reason
    signature.forget_signer()
    signature.nudged_at = None
    signature.save()
    signature.joint_invitations.filter(answered_at=None).delete()
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
        signature.revision += 1
        signature.joint_invitations.all().delete()
        signature.save()
    return len(expired)


@transaction.atomic
def erase_rejected() -> int:
    """Forget the signers of signatures that were rejected a while ago; the reason stays. Returns how many."""
    overdue = Signature.objects.rejected_before(timezone.now() - REJECTION_TERM).exclude(signer_email="")
    rejected = list(overdue.select_for_update(of=("self",)))
    for signature in rejected:
        signature.forget_signer()
        signature.revision += 1
        signature.save()
    return len(rejected)


def lock(signature: Signature, *, revision: int | None = None) -> Signature:
    """The row as it is now, with its next revision (unsaved), held until the transaction ends.

    Raises ChangedMeanwhile when it is not at the `revision` that somebody looked at.
    """
    rows = Signature.objects.select_related("organisation", "declaration")
    if revision is not None:
        return lock_revision(rows, pk=signature.pk, revision=revision)
    row = rows.select_for_update(of=("self",)).get(pk=signature.pk)
    row.revision += 1
    return row
