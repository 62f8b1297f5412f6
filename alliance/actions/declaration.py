"""What happens to the text of the declaration, and the invitation to sign a new version."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alliance import emails
from alliance.models import Declaration, Signature
from smartsociety.core.models import User

TEXTS = ("title_nl", "title_en", "text_nl", "text_en")


class TextChanged(Exception):
    """A colleague changed the draft after it was opened."""


class NotADraft(Exception):
    """The version is in force, or was: its text and its day are fixed."""


class DraftExists(Exception):
    """There is a draft or a planned version already; finish that one first."""


@transaction.atomic
def start_draft(*, by: User) -> Declaration:
    """A new version that starts from the wording in force. Raises DraftExists."""
    newest = Declaration.objects.select_for_update().order_by("-version").first()
    if newest and not newest.is_published:
        raise DraftExists(newest)
    wording = {name: getattr(newest, name) for name in TEXTS} if newest else {}
    return Declaration.objects.create(
        version=newest.version + 1 if newest else 1,
        is_concept=newest.is_concept if newest else True,
        **wording,
    )


@transaction.atomic
def save_draft(
    *, declaration: Declaration, seen: str, is_concept: bool, by: User, **wording: str
) -> Declaration:
    """Change a draft that is not planned. Raises NotADraft, or TextChanged when it is not what was `seen`."""
    declaration = _draft(declaration, seen=seen)
    for name in TEXTS:
        setattr(declaration, name, wording[name])
    declaration.is_concept = is_concept
    declaration.save()
    return declaration


@transaction.atomic
def publish_declaration(
    *, declaration: Declaration, at: datetime | None = None, seen: str | None = None, by: User | None = None
) -> Declaration:
    """Put a version in force from now, or from `at`; its text never changes again.

    Raises NotADraft, or TextChanged when it is not what was `seen`.
    """
    declaration = _draft(declaration, seen=seen)
    declaration.sha256 = declaration.compute_sha256()
    declaration.published_at = at or timezone.now()
    declaration.save()
    return declaration


@transaction.atomic
def unplan(*, declaration: Declaration, by: User) -> Declaration:
    """A planned version is a draft again. Raises NotADraft when it came into force meanwhile."""
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.is_published or declaration.published_at is None:
        raise NotADraft(declaration)
    declaration.published_at = None
    declaration.save()
    return declaration


@transaction.atomic
def discard_draft(*, declaration: Declaration, seen: str, by: User) -> None:
    """Throw a draft away. Raises NotADraft, or TextChanged when it is not what was `seen`."""
    _draft(declaration, seen=seen).delete()


@transaction.atomic
def confirm_wording(*, declaration: Declaration, by: User) -> Declaration:
    """The text is VNG's own: no longer shown as our concept."""
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    declaration.is_concept = False
    declaration.save()
    return declaration


def invite_to_renew() -> int:
    """Ask signatories of an earlier version to sign the one in force, each once. Returns how many were asked."""
    current = Declaration.objects.current()
    if current is None:
        return 0
    due = Signature.objects.to_renew(current)
    return sum(_invite(pk, current) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _invite(pk: int, current: Declaration) -> bool:
    due = Signature.objects.to_renew(current).filter(pk=pk).with_card_data()
    signature = due.select_for_update(of=("self",)).first()
    if signature is None:
        return False
    signature.renewal_asked_for = current.version
    signature.save(update_fields=["renewal_asked_for"])
    emails.sign_again(signature, current)
    return True


def _draft(declaration: Declaration, *, seen: str | None) -> Declaration:
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.published_at is not None:
        raise NotADraft(declaration)
    if seen is not None and seen != declaration.compute_sha256():
        raise TextChanged(declaration)
    return declaration
