"""What a person may do in the knowledge base."""

from alliance.models import Organisation
from alliance.querysets import Person
from knowledgebase.models import Collection, Need, Practice
from smartsociety.core.models import User


def can_start(user: Person) -> bool:
    """Programme staff turn an outcome into a practice."""
    return user.is_authenticated and user.has_role(User.Role.PROGRAMME)


def can_edit(user: Person, practice: Practice) -> bool:
    """Programme staff, and everyone who belongs to an owner, while it is a draft."""
    if not user.is_authenticated or practice.status != Practice.Status.DRAFT:
        return False
    owners = practice.parts.filter(role="owner", organisation__memberships__user=user)
    return user.has_role(User.Role.PROGRAMME) or owners.exists()


def can_review(user: Person) -> bool:
    """Editors review and publish."""
    return user.is_authenticated and user.has_role(User.Role.EDITOR)


def can_publish(user: Person, practice: Practice) -> bool:
    """Four eyes: an editor, but never who sent it in."""
    return can_review(user) and practice.submitted_by_id != user.pk


def adopting_organisations(user: Person, practice: Practice):
    """The organisations for which this person may say "we use this too": represented ones that do not own it."""
    return Organisation.objects.represented_by(user).exclude(
        practice_parts__in=practice.parts.filter(role="owner")
    )


def asking_organisations(user: Person):
    """The organisations for which this person may ask: those they belong to, in whatever role."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.of_today().filter(memberships__user=user)


def can_settle(user: Person, need: Need) -> bool:
    """Who belongs to the organisation that asks, and the editors."""
    return can_review(user) or asking_organisations(user).filter(pk=need.organisation_id).exists()


def is_owner(user: Person, practice: Practice) -> bool:
    """Whoever belongs to an owner: reads its numbers and answers questions about it."""
    return (
        user.is_authenticated
        and practice.parts.filter(role="owner", organisation__memberships__user=user).exists()
    )


def can_edit_collection(user: Person, collection: Collection) -> bool:
    """The editors, and for its own collection who belongs to the organisation."""
    return can_review(user) or asking_organisations(user).filter(pk=collection.organisation_id).exists()


def can_start_collection(user: Person) -> bool:
    """The editors, and who belongs to an organisation."""
    return can_review(user) or asking_organisations(user).exists()


def can_feature(user: Person) -> bool:
    """What stands on the home page is the editors' choice."""
    return can_review(user)
