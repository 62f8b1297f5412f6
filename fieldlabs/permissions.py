"""What a person may do in fieldlabs."""

from alliance.models import Organisation
from alliance.querysets import Person
from fieldlabs.models import Fieldlab, Outcome, Registration
from smartsociety.core.models import User


def can_plan(user: Person) -> bool:
    """Programme staff schedule fieldlabs and record outcomes."""
    return user.is_authenticated and user.has_role(User.Role.PROGRAMME)


def can_write(user: Person, outcome: Outcome) -> bool:
    """Programme staff; until the fieldlab is reported also whom they asked to write this outcome."""
    if can_plan(user):
        return True
    still_open = outcome.fieldlab.status != Fieldlab.Status.REPORTED
    return still_open and Outcome.objects.written_by(user).filter(pk=outcome.pk).exists()


def can_register(user: Person, fieldlab: Fieldlab) -> bool:
    """Whoever represents an organisation, while registration is open."""
    return fieldlab.status == Fieldlab.Status.OPEN and Organisation.objects.represented_by(user).exists()


def can_cancel(user: Person, registration: Registration) -> bool:
    """The person who registered."""
    own = user.is_authenticated and registration.user_id == user.pk  # without an account nobody is somebody
    return own and registration.can_become(Registration.Status.CANCELLED)
