"""What happens to a registration: whole or not at all, mail in the same transaction."""

from django.db import IntegrityError, transaction

from alliance.models import Organisation
from fieldlabs import emails
from fieldlabs.models import Fieldlab, Registration
from smartsociety.core.models import User


class AlreadyRegistered(Exception):
    """The person has a standing registration for this fieldlab."""


class RegistrationClosed(Exception):
    """The fieldlab does not take registrations now."""


@transaction.atomic
def register(
    *, fieldlab: Fieldlab, organisation: Organisation, by: User, name: str, language: str
) -> Registration:
    """Take a place, or a place on the waiting list when all are taken; first come, first served.

    Raises RegistrationClosed or AlreadyRegistered.
    """
    # Everyone who registers passes this row one by one, so counting is safe and order is the order of arrival.
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=fieldlab.pk)
    if fieldlab.status != Fieldlab.Status.OPEN:
        raise RegistrationClosed(fieldlab)
    full = (
        fieldlab.registrations.seated().count() >= fieldlab.capacity
        or fieldlab.registrations.waiting().exists()
    )
    try:
        with transaction.atomic():
            registration = Registration.objects.create(
                fieldlab=fieldlab,
                organisation=organisation,
                user=by,
                name=name,
                email=by.email,
                language=language,
                status=Registration.Status.WAITING if full else Registration.Status.REGISTERED,
            )
    except IntegrityError as error:
        raise AlreadyRegistered(fieldlab) from error
    emails.registered(registration)
    return registration


@transaction.atomic
def cancel_registration(*, registration: Registration, by: User) -> Registration:
    """Give up a place or leave the queue; a freed place goes to the first who waits, who is told."""
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=registration.fieldlab_id)
    registration = Registration.objects.select_related("fieldlab", "organisation").get(pk=registration.pk)
    registration.become(Registration.Status.CANCELLED)
    registration.save(update_fields=["status"])
    emails.registration_cancelled(registration)
    takes_place = fieldlab.status in (Fieldlab.Status.OPEN, Fieldlab.Status.CLOSED)
    first = fieldlab.registrations.waiting().select_related("fieldlab", "organisation").first()
    if takes_place and first and fieldlab.registrations.seated().count() < fieldlab.capacity:
        first.become(Registration.Status.REGISTERED)
        first.save(update_fields=["status"])
        emails.registered(first)
    return registration
