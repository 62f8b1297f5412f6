"""What a person may do in fieldlabs."""

from alliance.models import Organisation
from alliance.models.organisation import Helix
from alliance.querysets import Person
from fieldlabs.models import Case, Fieldlab, Outcome
from smartsociety.core.models import User


def can_plan(user: Person) -> bool:
    """Programme staff schedule fieldlabs, receive people and record outcomes."""
    return user.is_authenticated and user.has_role(User.Role.PROGRAMME)


def can_write(user: Person, outcome: Outcome) -> bool:
    """Programme staff; until the fieldlab is reported also whom they asked to write this outcome."""
    if can_plan(user):
        return True
    still_open = outcome.fieldlab.status != Fieldlab.Status.REPORTED
    return still_open and Outcome.objects.written_by(user).filter(pk=outcome.pk).exists()


def can_turn_into_practice(user: Person, outcome: Outcome) -> bool:
    """Programme staff; of a published outcome also who speaks for its organisation, if that may own a practice."""
    if can_plan(user):
        return True
    owner = outcome.organisation
    if not outcome.is_published or owner is None or owner.helix == Helix.BUSINESS:
        return False
    return Organisation.objects.represented_by(user).filter(pk=owner.pk).exists()


def can_register(fieldlab: Fieldlab) -> bool:
    """Everybody, with or without an account, while registration is open."""
    return fieldlab.status == Fieldlab.Status.OPEN


def hears_cases(user: Person) -> bool:
    """Programme staff write down what signatories tell them, editors what they see people search for."""
    return can_plan(user) or (user.is_authenticated and user.has_role(User.Role.EDITOR))


def can_propose(user: Person) -> bool:
    """The people of signatories bring cases, and staff who hear them."""
    if not user.is_authenticated:
        return False
    return hears_cases(user) or Organisation.objects.signatories().filter(memberships__user=user).exists()


def can_withdraw_case(user: Person, case: Case) -> bool:
    """The people of the organisation that asked, and programme staff."""
    if not user.is_authenticated or not case.can_become(Case.Status.WITHDRAWN):
        return False
    return can_plan(user) or case.organisation.memberships.filter(user=user).exists()
