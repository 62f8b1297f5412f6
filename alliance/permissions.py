"""What a person may do in the alliance."""

from alliance.models import Organisation, Project, Signature
from alliance.querysets import Person
from smartsociety.core.models import User


def can_verify_signatures(user: Person) -> bool:
    """The secretariat reads what was sent in and decides on it."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)


def can_represent(user: Person, organisation: Organisation) -> bool:
    """Whether this person speaks for the organisation."""
    return Organisation.objects.represented_by(user).filter(pk=organisation.pk).exists()


def can_manage(user: Person, organisation: Organisation) -> bool:
    """Keep the organisation's place and people: its representatives, and the secretariat when they cannot."""
    return can_represent(user, organisation) or can_verify_signatures(user)


def is_member(user: Person, organisation: Organisation) -> bool:
    """Whether this person acts for the organisation, in whatever role."""
    return user.is_authenticated and organisation.memberships.filter(user=user).exists()


def can_withdraw(user: Person, signature: Signature) -> bool:
    """A representative withdraws at any time, without giving a reason."""
    return can_represent(user, signature.organisation) and signature.can_become(Signature.Status.WITHDRAWN)


def can_answer_enquiries(user: Person) -> bool:
    """The secretariat answers what people ask."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)


def can_send_news(user: Person) -> bool:
    """The secretariat writes to those who agreed to news."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)


def can_keep_agenda(user: Person) -> bool:
    """Secretariat and programme staff keep every project of the agenda."""
    return user.is_authenticated and (
        user.has_role(User.Role.SECRETARIAT) or user.has_role(User.Role.PROGRAMME)
    )


def can_start_project(user: Person) -> bool:
    """Staff, and whoever speaks for a signatory: it can lead a project."""
    return can_keep_agenda(user) or Organisation.objects.signatories().represented_by(user).exists()


def can_edit_project(user: Person, project: Project) -> bool:
    """Staff, and the representatives of the lead."""
    return can_keep_agenda(user) or can_represent(user, project.lead)


def can_keep_register(user: Person) -> bool:
    """The secretariat corrects organisations, merges duplicates and notes municipal mergers."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)


def can_edit_declaration(user: Person) -> bool:
    """The secretariat drafts a version and puts it in force."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)
