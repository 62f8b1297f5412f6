"""What a person may do in the alliance."""

from alliance.models import Organisation, Signature
from alliance.querysets import Person
from smartsociety.core.models import User


def can_verify_signatures(user: Person) -> bool:
    """The secretariat reads what was sent in and decides on it."""
    return user.is_authenticated and user.has_role(User.Role.SECRETARIAT)


def can_represent(user: Person, organisation: Organisation) -> bool:
    """Whether this person speaks for the organisation."""
    return Organisation.objects.represented_by(user).filter(pk=organisation.pk).exists()


def can_withdraw(user: Person, signature: Signature) -> bool:
    """A representative withdraws at any time, without giving a reason."""
    return can_represent(user, signature.organisation) and signature.can_become(Signature.Status.WITHDRAWN)
