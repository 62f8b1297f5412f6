"""Asking people to come: by theme, region and side of the helix, each by a link of their own."""

from collections.abc import Iterable

from django.db import transaction

from alliance.models import Membership, Organisation
from fieldlabs import emails
from fieldlabs.models import Fieldlab, FieldlabInvitation
from smartsociety.core.models import Consent, User
from smartsociety.core.states import InvalidTransition


def invitable(fieldlab: Fieldlab, organisations: Iterable[Organisation]) -> list[Membership]:
    """The representatives of these organisations who agreed to be invited, were not asked yet and have no place.

    Each address once.
    """
    asked = fieldlab.invitations.values("email")
    there = fieldlab.registrations.standing().values("email")
    agreed = Consent.objects.standing(Consent.Purpose.FIELDLABS).values("email")
    people = Membership.objects.filter(
        role=Membership.Role.REPRESENTATIVE,
        organisation__in=organisations,
        user__is_active=True,
        user__email__in=agreed,
    ).exclude(user__email__in=asked)
    people = people.exclude(user__email__in=there).select_related("user", "organisation")
    once = {membership.user.email: membership for membership in people.order_by("-organisation__name")}
    return sorted(once.values(), key=lambda membership: membership.organisation.name)


@transaction.atomic
def invite(
    *, fieldlab: Fieldlab, organisations: Iterable[Organisation], addresses: Iterable[str], by: User
) -> int:
    """Mail the representatives of these organisations, and these addresses; nobody twice. Returns how many.

    Raises InvalidTransition unless it is announced or open.
    """
    fieldlab = Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab.pk)
    if fieldlab.status not in (Fieldlab.Status.ANNOUNCED, Fieldlab.Status.OPEN):
        raise InvalidTransition(fieldlab, "invited")
    asked = [
        (one.user.email, one.user.language, one.organisation) for one in invitable(fieldlab, organisations)
    ]
    known = set(fieldlab.invitations.values_list("email", flat=True)) | {email for email, *_rest in asked}
    asked += [(email, "nl", None) for email in dict.fromkeys(addresses) if email not in known]
    for email, language, organisation in asked:
        invited = FieldlabInvitation.objects.create(
            fieldlab=fieldlab, email=email, language=language, organisation=organisation
        )
        emails.invitation(invited)
    return len(asked)
