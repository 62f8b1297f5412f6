"""Who takes part in a practice, and who writes it along."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance.models import Organisation
from alliance.querysets import Person
from knowledgebase import emails
from knowledgebase.models import Author, AuthorInvitation, Practice, PracticeOrganisation
from knowledgebase.permissions import can_name_owners, can_write
from smartsociety.core.models import User
from smartsociety.core.people import account_for

Role = PracticeOrganisation.Role


class LastOwner(Exception):
    """Nobody would own it any more; of what is not a draft, no government."""


class OwnersAreSettled(Exception):
    """Only an editor changes who owns what is published."""


class Adopted(Exception):
    """Who said to use the practice of another does not own it."""


class AlreadyAuthor(Exception):
    """Somebody who may write it already needs no invitation."""


class NotTheirs(Exception):
    """The invitation went to another address than those of who is signed in."""


@transaction.atomic
def set_part(
    *, practice: Practice, organisation: Organisation, role: str, contribution: str, by: User
) -> PracticeOrganisation:
    """An organisation takes part, or in another role than before; its people are told.

    Raises OwnersAreSettled, LastOwner or Adopted.
    """
    practice = _lock(practice)
    before = practice.parts.filter(organisation=organisation).first()
    was = before.role if before else ""
    if was != role and Role.OWNER in (was, role):
        _require_may_name_owners(practice, by)
    if role == Role.OWNER and practice.adoptions.filter(organisation=organisation).exists():
        raise Adopted(organisation)
    part, _created = PracticeOrganisation.objects.update_or_create(
        practice=practice,
        organisation=organisation,
        defaults={"role": role, "contribution": contribution},
    )
    if was == Role.OWNER:
        _require_owner(practice)
    if was != role:
        emails.part_given(part, by=by)
    return part


@transaction.atomic
def remove_part(*, part: PracticeOrganisation, by: User) -> None:
    """It takes part no longer. Raises OwnersAreSettled or LastOwner."""
    practice = _lock(part.practice)
    was_owner = part.role == Role.OWNER
    if was_owner:
        _require_may_name_owners(practice, by)
    part.delete()
    if was_owner:
        _require_owner(practice)


@transaction.atomic
def invite_author(*, practice: Practice, email: str, by: User) -> AuthorInvitation:
    """Mail a link; invited again, the newest counts. Raises AlreadyAuthor."""
    practice, email = _lock(practice), email.lower()
    known = User.objects.filter(Q(email=email) | Q(emailaddress__email=email, emailaddress__verified=True))
    if any(can_write(person, practice) for person in known.distinct()):
        raise AlreadyAuthor(email)
    invitation, token = AuthorInvitation.objects.renew(practice=practice, email=email, by=by)
    emails.author_invited(invitation, token=token)
    return invitation


def standing_invitation(token: str) -> AuthorInvitation | None:
    """The invitation behind a link that still works."""
    return AuthorInvitation.objects.with_token(token).select_related("practice", "invited_by").first()


@transaction.atomic
def withdraw_author(*, invitation: AuthorInvitation, by: User) -> bool:
    """The link dies and its address is forgotten. False when it was used or withdrawn before."""
    return bool(AuthorInvitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()[0])


def is_for(invitation: AuthorInvitation, person: Person) -> bool:
    """Whether it went to an address of this person, or who that is remains to be seen."""
    if not person.is_authenticated or person.email == invitation.email:
        return True
    return person.emailaddress_set.filter(email=invitation.email, verified=True).exists()


@transaction.atomic
def accept_author(*, token: str, language: str, by: Person) -> Author:
    """Whoever read the mail writes along, with its address. Raises NotTheirs or AuthorInvitation.DoesNotExist."""
    rows = AuthorInvitation.objects.select_for_update(of=("self",)).select_related("practice")
    invitation = rows.with_token(token).get()
    if not is_for(invitation, by):
        raise NotTheirs(invitation)
    person = account_for(email=invitation.email, name="", language=language)
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


def _require_may_name_owners(practice: Practice, by: User) -> None:
    if not can_name_owners(by, practice):
        raise OwnersAreSettled(practice)


def _require_owner(practice: Practice) -> None:
    is_draft = practice.status == Practice.Status.DRAFT
    if not (practice.owning_organisations().exists() if is_draft else practice.has_government_owner):
        raise LastOwner(practice)
