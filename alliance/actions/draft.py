"""A signature that is being written, step by step: kept as typed, found by the secret in its address, sent once."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from alliance import emails
from alliance.actions.parties import name_parties
from alliance.actions.signature import enter_organisation, sign
from alliance.models import Declaration, Organisation, Signature, SignatureDraft
from smartsociety.core.files import remove_file
from smartsociety.core.tokens import hash_token, new_token

DRAFT_TERM = timedelta(days=14)
# Longer than anything that may be typed; what is over is a mistake or an attack.
LONGEST_ANSWER = 5000

Answers = Mapping[str, list[str]]


def start(*, declaration: Declaration, language: str, organisation_name: str = "") -> str:
    """Begin; returns the secret by which the draft is found again."""
    token, token_hash = new_token()
    answers = {"organisatie": {"organisation_name": [organisation_name[:120]]}} if organisation_name else {}
    SignatureDraft.objects.create(
        token_hash=token_hash,
        declaration=declaration,
        answers=_storable(answers),
        language=language,
        expires_at=timezone.now() + DRAFT_TERM,
    )
    return token


def find(token: str) -> SignatureDraft | None:
    """The draft with this secret; None when there is none or it expired."""
    drafts = SignatureDraft.objects.select_related("declaration", "signature__organisation")
    return drafts.filter(token_hash=hash_token(token), expires_at__gt=timezone.now()).first()


@transaction.atomic
def keep(*, draft: SignatureDraft, step: str, answers: Answers) -> SignatureDraft:
    """Keep what was typed in one step, right or wrong; the other steps stay. A draft that was signed stays as it is."""
    return _change(draft, {step: answers})


@transaction.atomic
def keep_document(*, draft: SignatureDraft, document: ContentFile | None) -> SignatureDraft:
    """Keep the document of the decision in place of an earlier one; None takes it away."""
    locked = _lock(draft)
    if locked.signature_id:
        return locked
    remove_file(locked.mandate_document)
    locked.mandate_document = ""
    if document:
        locked.mandate_document.save(document.name, document, save=False)
    locked.save()
    return locked


@transaction.atomic
def is_another(*, draft: SignatureDraft, organisations: Iterable[Organisation]) -> SignatureDraft:
    """The signer says that theirs is none of these; only what `matching` is not certain of is asked."""
    return _change(
        draft, {"anders": {"organisations": [str(organisation.pk) for organisation in organisations]}}
    )


def mail_link(*, draft: SignatureDraft, token: str, to: str, language: str) -> None:
    """Mail the way back to whoever goes on later."""
    emails.draft_link(to=to.lower(), language=language, token=token, expires_at=draft.expires_at)


@transaction.atomic
def finish(
    *,
    draft: SignatureDraft,
    declaration: Declaration,
    organisation: Organisation | Mapping[str, str],
    parties: Iterable[tuple[Organisation, str]] = (),
    **answers: Any,
) -> Signature:
    """Sign what was written, under the version that was on the screen. Pressed twice, it is one signature and one mail.

    `organisation` is a known one, or what to enter. Raises AlreadySigned.
    """
    locked = _lock(draft)
    if locked.signature_id:
        return locked.signature
    if not isinstance(organisation, Organisation):
        organisation = enter_organisation(**organisation)
    document = locked.mandate_document.name or ""
    signature = sign(organisation=organisation, declaration=declaration, mandate_document=document, **answers)
    name_parties(signature=signature, parties=parties)
    locked.declaration, locked.signature = declaration, signature
    locked.answers, locked.mandate_document = {}, ""
    locked.save()
    return signature


@transaction.atomic
def erase_drafts() -> int:
    """Forget drafts that expired, with their documents. Returns how many."""
    expired = list(SignatureDraft.objects.select_for_update().filter(expires_at__lte=timezone.now()))
    for draft in expired:
        remove_file(draft.mandate_document)
        draft.delete()
    return len(expired)


def _change(draft: SignatureDraft, answers: Mapping[str, Answers]) -> SignatureDraft:
    locked = _lock(draft)
    if not locked.signature_id:
        locked.answers = {**locked.answers, **_storable(answers)}
        locked.save()
    return locked


def _lock(draft: SignatureDraft) -> SignatureDraft:
    return SignatureDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)


def _storable(answers: Mapping[str, Answers]) -> dict[str, dict[str, list[str]]]:
    """Without the one character that the database cannot keep, and without ends of megabytes."""
    return {
        step: {
            name: [value.replace("\0", "")[:LONGEST_ANSWER] for value in values]
            for name, values in typed.items()
        }
        for step, typed in answers.items()
    }
