"""Who acts for an organisation: inviting, changing, leaving. Never without anybody who speaks for it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliance import emails
from alliance.models import Invitation, Membership, Organisation
from alliance.permissions import can_verify_signatures
from smartsociety.core.models import User
from smartsociety.core.people import account_for

Role = Membership.Role


class LastRepresentative(Exception):
    """Nobody would speak for the organisation any more."""


class AlreadyMember(Exception):
    """Somebody who acts for the organisation needs no invitation."""


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: str, by: User) -> Invitation:
    """Mail a colleague a link. Invited again, the newest link and role count. Raises AlreadyMember."""
    organisation, email = lock(organisation), email.lower()
    is_address = Q(user__email=email) | Q(user__emailaddress__email=email, user__emailaddress__verified=True)
    if organisation.memberships.filter(is_address).exists():
        raise AlreadyMember(email)
    invitation, token = Invitation.objects.renew(
        organisation=organisation, email=email, by=by, defaults={"role": role}
    )
    emails.invitation(invitation, token=token)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """A new link and a new term; the old link dies. Raises Invitation.DoesNotExist when it was used meanwhile."""
    lock(invitation.organisation)
    standing = Invitation.objects.get(pk=invitation.pk, accepted_at=None)
    return invite(organisation=invitation.organisation, email=standing.email, role=standing.role, by=by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> bool:
    """The link dies. False when it was used or withdrawn before."""
    deleted, _per_model = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()
    return bool(deleted)


@transaction.atomic
def accept_invitation(*, token: str, name: str, language: str) -> Membership:
    """Whoever read the mail joins with its address. Raises Invitation.DoesNotExist for a link that does not work."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = rows.with_token(token).get()
    person = account_for(email=invitation.email, name=name, language=language)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    invitation.accepted_at = timezone.now()
    invitation.save()
    return join(organisation=invitation.organisation, person=person, role=invitation.role)


def join(*, organisation: Organisation, person: User, role: str) -> Membership:
    """Make `person` a member, or a representative who was an editor; never the other way round."""
    lock(organisation)
    membership, created = Membership.objects.get_or_create(
        user=person, organisation=organisation, defaults={"role": role}
    )
    if not created and role == Role.REPRESENTATIVE != membership.role:
        membership.role = role
        membership.save()
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Representative or editor from now on; the person is told. Raises LastRepresentative."""
    membership = _locked(membership)
    if membership.role == role:
        return membership
    if role != Role.REPRESENTATIVE:
        _require_another(membership, by)
    membership.role = role
    membership.save()
    if membership.user != by:
        emails.role_changed(membership)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """End it; the person is told, and invitations that the person sent end as well. Raises LastRepresentative."""
    membership = _locked(membership)
    if membership.role == Role.REPRESENTATIVE:
        _require_another(membership, by)
    organisation, person = membership.organisation, membership.user
    Invitation.objects.filter(organisation=organisation, invited_by=person, accepted_at=None).delete()
    membership.delete()
    if person != by:
        emails.membership_ended(person, organisation)


@transaction.atomic
def hand_over(*, membership: Membership, to: Membership, by: User) -> Membership:
    """`to` speaks for the organisation from now on and the person of `membership` leaves."""
    successor = change_role(membership=to, role=Role.REPRESENTATIVE, by=by)
    remove(membership=membership, by=by)
    return successor


@transaction.atomic
def erase_invitations() -> int:
    """Forget the addresses of invitations whose term ended a while ago. Returns how many."""
    deleted, _per_model = Invitation.objects.to_forget().delete()
    return deleted


def lock(organisation: Organisation) -> Organisation:
    """The organisation, held until the transaction ends: one change of its people at a time."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def other_representatives(membership: Membership):
    """Who else speaks for the organisation and can sign in."""
    colleagues = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=Role.REPRESENTATIVE, user__is_active=True
    )
    return colleagues.exclude(pk=membership.pk)


def _locked(membership: Membership) -> Membership:
    lock(membership.organisation)
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _require_another(membership: Membership, by: User) -> None:
    if not can_verify_signatures(by) and not other_representatives(membership).exists():
        raise LastRepresentative(membership)
