"""What happens to a need: asked, joined, answered by a practice, put away."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from alliance.models import Organisation, Theme
from fieldlabs.actions.case import propose_case, support_case
from fieldlabs.models import Case
from knowledgebase import emails
from knowledgebase.models import Need, NeedOffer, NeedSupport, Practice
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition

# For so long others may answer; after that a fieldlab takes it up.
UNMATCHED_FOR = timedelta(days=30)
# A practice that is published while we look is seen a moment later, when its transaction has ended for sure.
SETTLED = timedelta(minutes=1)
MOST_TOLD = 10
Status = Need.Status


@transaction.atomic
def ask_for(
    *,
    title: str,
    organisation: Organisation,
    by: User,
    language: str,
    description: str = "",
    themes: QuerySet[Theme] | tuple[()] = (),
) -> Need:
    """Tell all others what an organisation looks for. Asked again in the same words, it is the one that stands."""
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = organisation.needs.open().filter(title=title, description=description).first()
    if standing:
        return standing
    need = Need.objects.create(
        slug=unique_slug(Need, title),
        title=title,
        description=description,
        language=language,
        organisation=organisation,
        created_by=by,
    )
    need.themes.set(themes)
    return need


@transaction.atomic
def join(*, need: Need, organisation: Organisation, by: User) -> NeedSupport:
    """Another organisation looks for the same. Said twice, it is one; who asked never joins itself.

    When a fieldlab has it already, it counts there too. Raises InvalidTransition when it is not open any more.
    """
    need = _lock(need)
    if need.status != Status.OPEN:
        raise InvalidTransition(need, Status.OPEN)
    if need.organisation_id == organisation.pk:
        raise ValueError("who asks does not join itself")
    support, _is_new = NeedSupport.objects.get_or_create(
        need=need, organisation=organisation, defaults={"joined_by": by}
    )
    if need.is_brought:
        _count_at_case(support)
    return support


def _count_at_case(support: NeedSupport) -> None:
    """Who looks for it has the question of its case too, unless it said so there itself."""
    demand = support_case(case=support.need.standing_case, organisation=support.organisation)
    if demand:
        support.demand = demand
        support.save()


@transaction.atomic
def leave(*, need: Need, organisation: Organisation, by: User) -> None:
    """An organisation does not look for it any more, and counts at its case as much or as little as before."""
    need = _lock(need)
    for support in need.supports.filter(organisation=organisation).select_related("demand"):
        support.delete()
        if support.demand:
            support.demand.delete()


@transaction.atomic
def offer(*, need: Need, practice: Practice, by: User | None) -> NeedOffer:
    """Who owns `practice` says that it is what is looked for. Said twice, it is one; who asks is told once.

    Of a draft nobody reads before it is published; those who ask are told then. Raises InvalidTransition when the need
    is not open any more.
    """
    need = _lock(need)
    if need.status != Status.OPEN:
        raise InvalidTransition(need, Status.OPEN)
    offered, is_new = NeedOffer.objects.get_or_create(
        need=need, practice=practice, defaults={"offered_by": by}
    )
    if is_new and practice.status == Practice.Status.PUBLISHED:
        for person in askers(need):
            emails.need_offered(offered, to=person)
    return offered


@transaction.atomic
def settle(*, need: Need, by: User, solution: Practice | None = None) -> Need:
    """Found, with the practice that helped, or no longer needed. Raises InvalidTransition when it is not open."""
    need = _lock(need)
    need.become(Status.FOUND if solution else Status.CLOSED)
    need.solution = solution
    need.save()
    return need


@transaction.atomic
def reopen(*, need: Need, by: User) -> Need:
    """Look again. Raises InvalidTransition when it is open."""
    need = _lock(need)
    need.become(Status.OPEN)
    need.solution, need.matched_at = None, timezone.now()
    need.save()
    return need


class BroughtAlready(Exception):
    """A colleague brought it to a fieldlab already."""


@transaction.atomic
def bring_to_fieldlab(*, need: Need, by: User | None) -> Need:
    """Propose it as a case; who joined counts there too. Raises InvalidTransition when it ended, or BroughtAlready."""
    need = _lock(need)
    if need.status != Status.OPEN:
        raise InvalidTransition(need, Status.OPEN)
    if need.is_brought:
        raise BroughtAlready(need)
    case = Case(
        title=need.title,
        language=need.language,
        organisation=need.organisation,
        question=need.title,
        context=need.description,
    )
    need.case = propose_case(case=case, by=by)
    need.case.themes.set(need.themes.all())
    need.save()
    for support in need.supports.select_related("organisation"):
        _count_at_case(support)
    return need


def bring_unmatched() -> int:
    """What nobody has a practice for after a while becomes a case for the next fieldlab. Returns how many."""
    waiting = Need.objects.open().filter(case=None, created_at__lt=timezone.now() - UNMATCHED_FOR)
    unmatched = [
        need
        for need in waiting.prefetch_related("themes")
        if not (need.offered().exists() or need.matches().exists())
    ]
    for need in unmatched:
        bring_to_fieldlab(need=need, by=need.created_by)
    return len(unmatched)


def tell_matches() -> int:
    """Mail those who ask for something of practices that were published since. Returns how many needs had some."""
    until = timezone.now() - SETTLED
    told = 0
    for pk in Need.objects.open().filter(matched_at__lt=until).values_list("pk", flat=True):
        told += _tell_matches_of(pk, until)
    return told


@transaction.atomic
def _tell_matches_of(pk: int, until: datetime) -> bool:
    need = (
        Need.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, status=Status.OPEN)
        .first()
    )
    if need is None:
        return False
    since = need.matched_at
    rows = (need.offered(), need.made_for_it(), need.matches())
    found = [practice for each in rows for practice in each.came_between(since, until)[:MOST_TOLD]]
    new = list(dict.fromkeys(found))[:MOST_TOLD]
    need.matched_at = until
    need.save(update_fields=["matched_at"])
    if new:
        for person in askers(need):
            emails.need_matched(need, practices=new, to=person)
    return bool(new)


def askers(need: Need) -> QuerySet[User]:
    """The people who asked and who joined, each once, as far as they are still of that organisation.

    Staff write down what others tell them, without belonging there.
    """
    joined = need.supports.filter(organisation__memberships__user=F("joined_by")).values("joined_by")
    asked = Q(pk=need.created_by_id) & (Q(memberships__organisation=need.organisation_id) | Q(is_staff=True))
    return User.objects.filter(asked | Q(pk__in=joined), is_active=True).distinct()


def _lock(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
