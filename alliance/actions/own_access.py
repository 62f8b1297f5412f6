"""Somebody asks to act for an organisation, for instance because the representative left; who decides, and how."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alliance import emails
from alliance.actions.own_people import join
from alliance.models import AccessRequest, Organisation
from smartsociety.core.models import User

# What a person wrote to be let in is erased when it has served, or nobody looked at it for so long.
REQUESTS_KEPT = timedelta(days=90)
# Whoever was refused may ask the same organisation again after this.
REST_AFTER_REFUSAL = timedelta(days=30)
OPEN_PER_PERSON, PER_PERSON_A_DAY, OPEN_PER_ORGANISATION = 3, 5, 20

Status = AccessRequest.Status


@transaction.atomic
def ask(*, organisation: Organisation, role: str, message: str, by: User) -> AccessRequest:
    """Keep the request and tell the representatives, or the secretariat when there is none. Asked twice, it is one."""
    request, created = AccessRequest.objects.get_or_create(
        organisation=organisation, user=by, status=Status.ASKED, defaults={"role": role, "message": message}
    )
    if created:
        emails.access_requested(request)
    return request


@transaction.atomic
def grant(*, request: AccessRequest, by: User) -> AccessRequest:
    """The person acts for the organisation from now on. Raises InvalidTransition when somebody decided first."""
    request = _decided(request, Status.GRANTED, by)
    join(organisation=request.organisation, person=request.user, role=request.role)
    emails.access_granted(request, by=by)
    return request


@transaction.atomic
def refuse(*, request: AccessRequest, by: User) -> AccessRequest:
    """Nothing changes; the person is told. Raises InvalidTransition when somebody decided first."""
    request = _decided(request, Status.REFUSED, by)
    emails.access_refused(request)
    return request


@transaction.atomic
def erase_requests() -> int:
    """Requests that were decided, or asked without an answer, long ago. Returns how many."""
    long_ago = timezone.now() - REQUESTS_KEPT
    decided = AccessRequest.objects.filter(decided_at__lt=long_ago)
    unanswered = AccessRequest.objects.filter(status=Status.ASKED, created_at__lt=long_ago)
    return decided.delete()[0] + unanswered.delete()[0]


def _decided(request: AccessRequest, status: str, by: User) -> AccessRequest:
    rows = AccessRequest.objects.select_for_update(of=("self",)).select_related("organisation", "user")
    request = rows.get(pk=request.pk)
    request.become(status)
    request.decided_at, request.decided_by = timezone.now(), by
    request.save()
    return request
