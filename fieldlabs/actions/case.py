"""What happens to a case: proposed, accepted, made one with another, postponed, answered."""

from django.db import IntegrityError, transaction

from alliance.models import Organisation
from fieldlabs import emails
from fieldlabs.models import Case, CaseDemand, Fieldlab
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition

Status = Case.Status


@transaction.atomic
def propose_case(*, case: Case, by: User) -> Case:
    """Keep a new case, with an address of its own."""
    case.slug = unique_slug(Case, case.title)
    case.created_by = by
    case.save()
    return case


def _locked(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("organisation", "created_by")
        .get(pk=case.pk)
    )


@transaction.atomic
def accept_case(*, case: Case, fieldlab: Fieldlab, by: User) -> Case:
    """It is worked on at this fieldlab."""
    case = _locked(case)
    case.become(Status.ACCEPTED)
    case.fieldlab = fieldlab
    case.save()
    emails.case_decided(case)
    return case


@transaction.atomic
def postpone_case(*, case: Case, by: User) -> Case:
    """To the next fieldlab: an accepted one waits again, a proposed one is counted as passed by once more."""
    case = _locked(case)
    if case.status == Status.ACCEPTED:
        case.become(Status.PROPOSED)
    elif case.status != Status.PROPOSED:
        raise InvalidTransition(case, Status.PROPOSED)
    after = case.fieldlab.starts_at if case.fieldlab else None
    to_come = Fieldlab.objects.filter(status__in=["draft", "announced", "open", "closed"]).order_by(
        "starts_at"
    )
    case.fieldlab = (to_come.filter(starts_at__gt=after) if after else to_come.upcoming()).first()
    case.postponed_times += 1
    case.save()
    emails.case_decided(case)
    return case


@transaction.atomic
def merge_case(*, case: Case, into: Case, by: User) -> Case:
    """Two questions are one: whoever asked, or had the question too, counts with the other, each once."""
    case = _locked(case)
    if into.pk == case.pk or into.status not in (Status.PROPOSED, Status.ACCEPTED):
        raise InvalidTransition(case, Status.MERGED)
    case.become(Status.MERGED)
    case.merged_into = into
    case.save()
    known = [into.organisation_id, *into.demands.values_list("organisation_id", flat=True)]
    case.demands.exclude(organisation__in=known).update(
        case=into
    )  # the same rows: a need may take its own back
    support_case(case=into, organisation=case.organisation)
    emails.case_decided(case)
    return case


@transaction.atomic
def answer_case(*, case: Case, by: User) -> Case:
    """There is an answer."""
    case = _locked(case)
    case.become(Status.ANSWERED)
    case.save()
    emails.case_decided(case)
    return case


@transaction.atomic
def withdraw_case(*, case: Case, by: User) -> Case:
    """The question is no longer asked."""
    case = _locked(case)
    case.become(Status.WITHDRAWN)
    case.save()
    return case


@transaction.atomic
def support_case(*, case: Case, organisation: Organisation) -> CaseDemand | None:
    """Count an organisation that has the question too; None when that was known, or it is its own."""
    if organisation.pk == case.organisation_id:
        return None
    try:
        with transaction.atomic():
            return CaseDemand.objects.create(case=case, organisation=organisation)
    except IntegrityError:
        return None
