"""Once a year: are you still this far? Asked of who took a practice over, answered without signing in."""

from collections import defaultdict
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone

from alliance.models import Membership, Organisation
from knowledgebase import emails
from knowledgebase.models import Adoption
from smartsociety.core.models import User

_SALT = "knowledgebase.adoptions_still"


class DeadLink(Exception):
    """The link is not ours, or it was asked anew since."""


@dataclass(frozen=True)
class Asked:
    """What one mail asked of an organisation: what waits for an answer, and what has one."""

    organisation: Organisation
    open: list[Adoption]
    answered: list[Adoption]


def ask_all() -> int:
    """Ask the representatives of every organisation about all that is due: one mail each. Returns how many mails."""
    due = Adoption.objects.to_ask().order_by("organisation").values_list("organisation", flat=True)
    return sum(_ask(pk) for pk in list(due.distinct()))


@transaction.atomic
def _ask(organisation_id: int) -> int:
    people = _representatives(organisation_id)
    rows = Adoption.objects.to_ask().filter(organisation=organisation_id).order_by("practice__title")
    adoptions = list(rows.select_related("practice").select_for_update(of=("self",), skip_locked=True))
    if not people or not adoptions:  # asked as soon as there is somebody to ask
        return 0
    now = timezone.now()
    Adoption.objects.filter(pk__in=[adoption.pk for adoption in adoptions]).update(asked_at=now)
    organisation = Organisation.objects.get(pk=organisation_id)
    token = token_for(organisation, [adoption.pk for adoption in adoptions], now.isoformat())
    for person in people:
        emails.adoptions_still(organisation, adoptions, to=person, token=token)
    return len(people)


def _representatives(organisation_id: int) -> list[User]:
    rows = Membership.objects.filter(
        organisation=organisation_id, role="representative", user__is_active=True
    )
    return [membership.user for membership in rows.select_related("user").order_by("user")]


def token_for(organisation: Organisation, adoptions: list[int], asked_at: str) -> str:
    """The secret in the link: whom it asked, about what, and when."""
    return signing.dumps([organisation.pk, adoptions, asked_at], salt=_SALT, compress=True)


def asked_by(token: str) -> Asked:
    """What the link asks about. Raises DeadLink when none of it waits or was answered since."""
    try:
        organisation_id, pks, asked_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise DeadLink from error
    rows = Adoption.objects.of_published().filter(pk__in=pks, organisation=organisation_id)
    found = defaultdict(list)
    for adoption in rows.select_related("practice", "organisation").order_by("practice__title", "pk"):
        if adoption.asked_at is None:
            found["answered"].append(adoption)
        elif adoption.asked_at.isoformat() == asked_at:
            found["open"].append(adoption)
    if not found:
        raise DeadLink
    organisation = next(iter(found.values()))[0].organisation
    return Asked(organisation, found["open"], found["answered"])


@transaction.atomic
def still_so(*, token: str, only: int | None = None) -> Asked:
    """Whoever has the link says that all that waits is still so, or `only` one of them. Raises DeadLink."""
    waiting = [adoption.pk for adoption in asked_by(token).open if only in (None, adoption.pk)]
    rows = Adoption.objects.select_for_update(of=("self",)).filter(pk__in=waiting)
    for adoption in rows.exclude(asked_at=None):
        adoption.checked_on, adoption.asked_at = timezone.localdate(), None
        adoption.save(update_fields=["checked_on", "asked_at"])
    return asked_by(token)
