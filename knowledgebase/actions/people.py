"""Who takes part in a practice, and who writes it along."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase import emails
from knowledgebase.models import Author, AuthorInvitation, Practice, PracticeOrganisation
from smartsociety.core.models import User
from smartsociety.core.people import account_for


class LastOwner(Exception):
    """No government would answer for what is not a draft any more."""


class Adopted(Exception):
    """Who said to use the practice of another does not own it."""


class AlreadyAuthor(Exception):
    """Somebody who writes it already needs no invitation."""


@transaction.atomic
def set_part(
    *, practice: Practice, organisation: Organisation, role: str, contribution: str, by: User
) -> PracticeOrganisation:
    """An organisation takes part, or in another role than before. Raises LastOwner or Adopted."""
    practice = _lock(practice)
    if (
        role == PracticeOrganisation.Role.OWNER
        and practice.adoptions.filter(organisation=organisation).exists()
    ):
        raise Adopted(organisation)
    part, _created = PracticeOrganisation.objects.update_or_create(
        practice=practice,
        organisation=organisation,
        defaults={"role": role, "contribution": contribution},
    )
    _require_owner(practice)
    return part


@transaction.atomic
def remove_part(*, part: PracticeOrganisation, by: User) -> None:
    """It takes part no longer. Raises LastOwner."""
    practice = _lock(part.practice)
    part.delete()
    _require_owner(practice)


@transaction.atomic
def invite_author(*, practice: Practice, email: str, by: User) -> AuthorInvitation:
    """Mail a link; invited again, the newest counts. Raises AlreadyAuthor."""
    practice, email = _lock(practice), email.lower()
    address = Q(user__email=email) | Q(user__emailaddress__email=email, user__emailaddress__verified=True)
    if practice.authors.filter(address).exists():
        raise AlreadyAuthor(email)
    invitation, token = AuthorInvitation.objects.renew(practice=practice, email=email, by=by)
    emails.author_invited(invitation, token=token)
    return invitation


def standing_invitation(token: str) -> AuthorInvitation | None:
    """The invitation behind a link that still works."""
    return AuthorInvitation.objects.with_token(token).select_related("practice").first()


@transaction.atomic
def accept_author(*, token: str, name: str, language: str) -> Author:
    """Whoever read the mail writes along, with its address. Raises AuthorInvitation.DoesNotExist."""
    rows = AuthorInvitation.objects.select_for_update(of=("self",)).select_related("practice")
    invitation = rows.with_token(token).get()
    person = account_for(email=invitation.email, name=name, language=language)
    invitation.accepted_at = timezone.now()
    invitation.save()
    author, _created = Author.objects.get_or_create(practice=invitation.practice, user=person)
    return author


@transaction.atomic
def remove_author(*, author: Author, by: User) -> None:
    """Somebody writes it no longer."""
    author.delete()


@transaction.atomic
def erase_author_invitations() -> int:
    """Forget the addresses of invitations whose term ended a while ago. Returns how many."""
    return AuthorInvitation.objects.to_forget().delete()[0]


def _lock(practice: Practice) -> Practice:
    return Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)


def _require_owner(practice: Practice) -> None:
    if practice.status != Practice.Status.DRAFT and not practice.has_government_owner:
        raise LastOwner(practice)
