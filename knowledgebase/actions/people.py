"""Who takes part in a practice, and who writes it along."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance.emails import representatives
from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS, Helix
from alliance.querysets import Person
from knowledgebase import emails
from knowledgebase.actions.practice import lock
from knowledgebase.models import Author, AuthorInvitation, PartInvitation, Practice, PracticeOrganisation
from knowledgebase.permissions import can_name_owners, can_review, can_take_part, can_write
from smartsociety.core.models import User
from smartsociety.core.people import account_for

Role = PracticeOrganisation.Role


class CannotTakePart(Exception):
    """Why an organisation cannot take part so."""


class LastOwner(CannotTakePart):
    """Nobody would own it any more; of what is not a draft, no government."""


class OwnersAreSettled(CannotTakePart):
    """Only an editor changes who owns what is published."""


class Adopted(CannotTakePart):
    """Who said to use the practice of another does not own it."""


class NobodyToAsk(CannotTakePart):
    """Nobody represents the organisation here, so it cannot say yes; only an editor names it."""


class AlreadyAuthor(Exception):
    """Somebody who may write it already needs no invitation."""


class NotTheirs(Exception):
    """The invitation went to another address than those of who is signed in."""


@transaction.atomic
def set_part(
    *,
    practice: Practice,
    organisation: Organisation,
    role: str,
    contribution: str,
    by: User,
    reason: str = "",
) -> PracticeOrganisation | PartInvitation:
    """An organisation takes part, or in another role: at once when it is its own say, else it is asked first.

    Nobody is asked about a smaller role, or other words for the same; nor when an editor writes down the `reason`.
    Raises OwnersAreSettled, LastOwner, Adopted or NobodyToAsk.
    """
    practice = lock(practice)
    before = practice.parts.filter(organisation=organisation).first()
    was = before.role if before else ""
    if was != role and Role.OWNER in (was, role):
        _require_may_name_owners(practice, by)
    if was == Role.OWNER != role and before == last_owner(practice):
        raise LastOwner(practice)
    _require_may_own(practice, organisation, role)
    said, named = {"role": role, "contribution": contribution}, bool(reason) and can_review(by)
    if not (named or was in (role, Role.OWNER) or can_take_part(by, organisation)):
        return _ask(practice, organisation, by=by, **said)
    part = _give(practice, organisation, **said, **({"named_because": reason} if named else {}))
    if named:
        emails.part_given(part, by=by)
    return part


@transaction.atomic
def give_to(*, practice: Practice, organisation: Organisation, by: User) -> PartInvitation | None:
    """The first owner: at once when its own people begin; else an invitation, to be mailed, if anybody can say yes."""
    first = {"practice": practice, "organisation": organisation, "role": Role.OWNER}
    if organisation.memberships.filter(user=by).exists():
        PracticeOrganisation.objects.create(**first)
        return None
    return PartInvitation.objects.create(**first, invited_by=by) if representatives(organisation) else None


@transaction.atomic
def accept_part(*, invitation: PartInvitation, by: User) -> PracticeOrganisation:
    """Who represents it says yes. Raises Adopted, or PartInvitation.DoesNotExist when it was answered before."""
    practice, invitation = _answered(invitation, PartInvitation.Answer.YES)
    _require_may_own(practice, invitation.organisation, invitation.role)
    said = {"role": invitation.role, "contribution": invitation.contribution, "named_because": ""}
    return _give(practice, invitation.organisation, **said)


@transaction.atomic
def decline_part(*, invitation: PartInvitation, by: User) -> None:
    """It does not take part. Raises PartInvitation.DoesNotExist when it was answered before."""
    _answered(invitation, PartInvitation.Answer.NO)


@transaction.atomic
def withdraw_part(*, invitation: PartInvitation, by: User) -> bool:
    """It is not asked any more. False when it has answered."""
    lock(invitation.practice)
    return bool(PartInvitation.objects.open().filter(pk=invitation.pk).delete()[0])


@transaction.atomic
def remove_part(*, part: PracticeOrganisation, by: User) -> None:
    """It takes part no longer. Raises OwnersAreSettled or LastOwner."""
    practice = lock(part.practice)
    if part.role == Role.OWNER:
        _require_may_name_owners(practice, by)
    if part == last_owner(practice):
        raise LastOwner(practice)
    part.delete()


def last_owner(practice: Practice) -> PracticeOrganisation | None:
    """The part without which nobody would own it; of what is not a draft, no government."""
    owners = practice.parts.filter(role=Role.OWNER)
    if practice.status != Practice.Status.DRAFT:
        owners = owners.filter(organisation__kind__in=HELIX_KINDS[Helix.GOVERNMENT])
    found = list(owners[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def invite_author(*, practice: Practice, email: str, by: User) -> AuthorInvitation:
    """Mail a link; invited again, the newest counts. Raises AlreadyAuthor."""
    practice, email = lock(practice), email.lower()
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
    lock(AuthorInvitation.objects.with_token(token).select_related("practice").get().practice)
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


def _require_may_name_owners(practice: Practice, by: User) -> None:
    if not can_name_owners(by, practice):
        raise OwnersAreSettled(practice)


def _require_may_own(practice: Practice, organisation: Organisation, role: str) -> None:
    if role == Role.OWNER and practice.adoptions.filter(organisation=organisation).exists():
        raise Adopted(organisation)


def _give(practice: Practice, organisation: Organisation, **said: str) -> PracticeOrganisation:
    """It takes part from now on, and need not be asked any more."""
    part, _created = PracticeOrganisation.objects.update_or_create(
        practice=practice, organisation=organisation, defaults=said
    )
    practice.part_invitations.open().filter(organisation=organisation).delete()
    return part


def _ask(practice: Practice, organisation: Organisation, *, by: User, **asked: str) -> PartInvitation:
    """Who represents it is asked by mail, once for the same."""
    if not representatives(organisation):
        raise NobodyToAsk(organisation)
    before = practice.part_invitations.open().filter(organisation=organisation).first()
    invitation, _created = PartInvitation.objects.update_or_create(
        practice=practice, organisation=organisation, defaults={**asked, "invited_by": by, "answer": ""}
    )
    if before is None or before.role != invitation.role:
        emails.part_asked(invitation)
    return invitation


def _answered(invitation: PartInvitation, answer: str) -> tuple[Practice, PartInvitation]:
    """The practice, held, and the invitation with its answer."""
    practice = lock(invitation.practice)
    invitation = practice.part_invitations.open().select_related("organisation").get(pk=invitation.pk)
    invitation.answer = answer
    invitation.save()
    return practice, invitation
