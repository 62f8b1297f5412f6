"""What a person may do in the knowledge base."""

from alliance.models import Organisation
from alliance.querysets import Person
from knowledgebase.models import Practice
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


def can_keep_library(user: Person) -> bool:
    """Programme staff and editors keep publications and ground rules."""
    return user.is_authenticated and (user.has_role(User.Role.PROGRAMME) or user.has_role(User.Role.EDITOR))
