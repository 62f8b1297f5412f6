"""What happens to a fieldlab: whole or not at all, mail in the same transaction."""

from django.db import transaction

from fieldlabs import emails
from fieldlabs.models import Fieldlab
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition


@transaction.atomic
def schedule(*, fieldlab: Fieldlab, by: User) -> Fieldlab:
    """Keep a new fieldlab as a draft, with an address of its own."""
    fieldlab.slug = unique_slug(Fieldlab, f"{fieldlab.quarter} {fieldlab.title_nl}")
    fieldlab.save()
    return fieldlab


@transaction.atomic
def move(*, fieldlab: Fieldlab, status: str, by: User) -> Fieldlab:
    """Announce, open, close or mark a fieldlab as held; cancelling and reporting have actions of their own.

    Raises InvalidTransition when it cannot go there from where it is.
    """
    if status in (Fieldlab.Status.CANCELLED, Fieldlab.Status.REPORTED):
        raise InvalidTransition(fieldlab, status)
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=fieldlab.pk)
    fieldlab.become(status)
    fieldlab.save(update_fields=["status"])
    return fieldlab


@transaction.atomic
def cancel_fieldlab(*, fieldlab: Fieldlab, by: User) -> Fieldlab:
    """Cancel; everybody with a standing registration hears it in the same transaction."""
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=fieldlab.pk)
    fieldlab.become(Fieldlab.Status.CANCELLED)
    fieldlab.save(update_fields=["status"])
    for registration in fieldlab.registrations.standing().select_related("organisation"):
        emails.fieldlab_cancelled(registration)
    return fieldlab
