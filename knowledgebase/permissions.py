"""What a person may do in the knowledge base."""

from django.db.models import Q

from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS, Helix
from alliance.querysets import Person
from fieldlabs.permissions import can_plan
from knowledgebase.models import Collection, EvidenceRequest, Need, Practice, Proposal, Question
from smartsociety.core.models import User


def can_start(user: Person) -> bool:
    """Programme staff begin a practice for anybody."""
    return user.is_authenticated and user.has_role(User.Role.PROGRAMME)


def writing_organisations(user: Person):
    """The organisations for which this person may begin a practice; a company takes part as a partner only."""
    own = (
        Organisation.objects.filter(memberships__user=user)
        if user.is_authenticated
        else Organisation.objects.none()
    )
    return own.exclude(kind__in=HELIX_KINDS[Helix.BUSINESS])


def can_write(user: Person, practice: Practice) -> bool:
    """Programme staff, everyone who belongs to an owner, and those who were asked to write along."""
    if not user.is_authenticated:
        return False
    owners = practice.parts.filter(role="owner", organisation__memberships__user=user)
    return (
        user.has_role(User.Role.PROGRAMME) or owners.exists() or practice.authors.filter(user=user).exists()
    )


def can_edit(user: Person, practice: Practice) -> bool:
    """While it is a draft it changes at once."""
    return practice.status == Practice.Status.DRAFT and can_write(user, practice)


def can_propose(user: Person, practice: Practice) -> bool:
    """Once published, a change is proposed; the text of somebody else's site is not ours to change."""
    return (
        practice.status == Practice.Status.PUBLISHED
        and not practice.is_external
        and can_write(user, practice)
    )


def can_arrange(user: Person, practice: Practice) -> bool:
    """Who takes part and what is attached: while it is a draft, and later for those who may propose."""
    return can_edit(user, practice) or can_propose(user, practice)


def can_name(user: Person, practice: Practice) -> bool:
    """Who takes part: those who arrange it, and the editors, who may have to name whom nobody represents."""
    of_ours = practice.status != Practice.Status.ARCHIVED and not practice.is_external
    return can_arrange(user, practice) or (of_ours and can_review(user))


def can_name_owners(user: Person, practice: Practice) -> bool:
    """Who owns it is for its writers while it is a draft; an editor has seen the owners of a published one."""
    return practice.status == Practice.Status.DRAFT or can_review(user)


def can_take_part(user: Person, organisation: Organisation) -> bool:
    """Whether it takes part says who represents it."""
    return Organisation.objects.represented_by(user).filter(pk=organisation.pk).exists()


def can_review(user: Person) -> bool:
    """Editors review and publish."""
    return user.is_authenticated and user.has_role(User.Role.EDITOR)


def can_publish(user: Person, practice: Practice) -> bool:
    """Four eyes: an editor, but never who sent it in."""
    return can_review(user) and practice.submitted_by_id != user.pk


def can_approve(user: Person, proposal: Proposal) -> bool:
    """Four eyes, for a change too."""
    return can_review(user) and proposal.submitted_by_id != user.pk


def can_grant(user: Person, asked: EvidenceRequest) -> bool:
    """Four eyes, for evidence too."""
    return can_review(user) and asked.asked_by_id != user.pk


def can_archive(user: Person, practice: Practice) -> bool:
    """Editors, and those who represent an owner."""
    if not user.is_authenticated:
        return False
    represented = practice.parts.filter(
        role="owner", organisation__memberships__user=user, organisation__memberships__role="representative"
    )
    return can_review(user) or represented.exists()


def adopting_organisations(user: Person, practice: Practice):
    """The organisations for which this person may say "we use this too": represented ones that do not own it."""
    return Organisation.objects.represented_by(user).exclude(
        practice_parts__in=practice.parts.filter(role="owner")
    )


def can_adopt(user: Person, practice: Practice) -> bool:
    """Everybody may begin to say "we use this too", but who belongs to an owner only for another organisation."""
    return not is_owner(user, practice) or adopting_organisations(user, practice).exists()


def has_adopted(user: Person, practice: Practice) -> bool:
    """Whether an organisation for which this person may speak said so already."""
    return practice.adoptions.filter(organisation__in=Organisation.objects.represented_by(user)).exists()


def asking_organisations(user: Person):
    """The organisations for which this person may ask: those they belong to, in whatever role."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.of_today().filter(memberships__user=user)


def can_see_searches(user: Person) -> bool:
    """Editors mend the words; programme staff see what the next fieldlab may be about."""
    return can_review(user) or can_plan(user)


def needing_organisations(user: Person):
    """For whom this person may say what is looked for: their own; staff write down what any signatory tells them."""
    own = asking_organisations(user)
    if not can_see_searches(user):
        return own
    signed = Organisation.objects.signatories()
    either = Q(pk__in=own.values("pk")) | Q(pk__in=signed.values("pk"))
    return Organisation.objects.filter(either).order_by("name")


def offerable_practices(user: Person):
    """The published practices of which this person may say that they are what somebody looks for: of their own."""
    if not user.is_authenticated:
        return Practice.objects.none()
    return Practice.objects.published().owned_by(memberships__user=user).order_by("title")


def can_settle(user: Person, need: Need) -> bool:
    """Who belongs to the organisation that asks, and the editors."""
    return can_review(user) or asking_organisations(user).filter(pk=need.organisation_id).exists()


def is_owner(user: Person, practice: Practice) -> bool:
    """Whoever belongs to an owner: reads its numbers and answers the questions to the owner."""
    return (
        user.is_authenticated
        and practice.parts.filter(role="owner", organisation__memberships__user=user).exists()
    )


def can_answer(user: User, question: Question) -> bool:
    """Whoever belongs to the owner, or represents the organisation that was asked."""
    return Question.objects.to_answer_by(user).filter(pk=question.pk).exists()


def can_edit_collection(user: Person, collection: Collection) -> bool:
    """The editors, and for its own collection who belongs to the organisation."""
    return can_review(user) or asking_organisations(user).filter(pk=collection.organisation_id).exists()


def can_start_collection(user: Person) -> bool:
    """The editors, and who belongs to an organisation."""
    return can_review(user) or asking_organisations(user).exists()


def can_feature(user: Person) -> bool:
    """What stands on the home page is the editors' choice."""
    return can_review(user)


def can_keep_library(user: Person) -> bool:
    """Programme staff and editors keep publications and ground rules."""
    return user.is_authenticated and (user.has_role(User.Role.PROGRAMME) or user.has_role(User.Role.EDITOR))
