"""What happens to a registration: whole or not at all, mail in the same transaction.

Everyone who takes or gives a place passes the row of the fieldlab one by one, so counting is safe and the order of the
queue is the order of arrival.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from alliance.models import Organisation
from fieldlabs import emails
from fieldlabs.models import Fieldlab, FieldlabInvitation, Needs, Registration
from fieldlabs.places import places_of
from smartsociety.core.models import User
from smartsociety.core.states import InvalidTransition

# How long somebody may think about a place that came free; less when the day is near (see `deadline`).
OFFER_TERM = timedelta(hours=48)

Status = Registration.Status


class AlreadyRegistered(Exception):
    """The person has a standing registration for this fieldlab; it is the argument."""


class RegistrationClosed(Exception):
    """The fieldlab does not take registrations now."""


def lock(fieldlab_id: int) -> Fieldlab:
    """The fieldlab, held until the transaction ends: one at a time."""
    return Fieldlab.objects.select_for_update(no_key=True, of=("self",)).get(pk=fieldlab_id)


@transaction.atomic
def register(
    *,
    fieldlab: Fieldlab,
    name: str,
    email: str,
    language: str,
    organisation: Organisation | None = None,
    organisation_name: str = "",
    helix: str = "",
    show_name: bool = False,
    access: str = "",
    diet: str = "",
    proven: bool = False,
    by: User | None = None,
    invitation: FieldlabInvitation | None = None,
) -> Registration:
    """Ask for a place. With a proven address it counts at once, else when the link in the mail is opened.

    `by` is who is signed in: the person or, with another address, a colleague. Raises RegistrationClosed or
    AlreadyRegistered.
    """
    fieldlab = lock(fieldlab.pk)
    if fieldlab.status != Fieldlab.Status.OPEN:
        raise RegistrationClosed(fieldlab)
    email = email.lower()
    if standing := fieldlab.registrations.standing().with_names().filter(email=email).first():
        raise AlreadyRegistered(standing)
    own = by if by and by.email == email else None
    registration = Registration(
        fieldlab=fieldlab,
        organisation=organisation,
        organisation_name="" if organisation else organisation_name,
        helix=organisation.helix if organisation else helix,
        user=own,
        name=name,
        email=email,
        language=language,
        show_name=show_name,
        status=Status.UNCONFIRMED,
    )
    if not proven:
        registration.save()
        emails.confirm_registration(registration)
    else:
        # Older tries that nobody confirmed: this is the one.
        fieldlab.registrations.filter(email=email, status=Status.UNCONFIRMED).delete()
        _arrive(fieldlab, registration, colleague=by if by and not own else None)
    keep_needs(registration=registration, access=access, diet=diet)
    if invitation:
        FieldlabInvitation.objects.filter(pk=invitation.pk).update(registration=registration)
    return registration


@transaction.atomic
def confirm(*, registration: Registration) -> Registration:
    """The person opened the link: now it counts. Pressed twice it counts once.

    Raises RegistrationClosed, or AlreadyRegistered when another registration of this address was first.
    """
    fieldlab = lock(registration.fieldlab_id)
    registration = fieldlab.registrations.with_names().get(pk=registration.pk)
    if registration.status != Status.UNCONFIRMED:
        return registration
    if fieldlab.status != Fieldlab.Status.OPEN:
        raise RegistrationClosed(fieldlab)
    if standing := fieldlab.registrations.standing().with_names().filter(email=registration.email).first():
        raise AlreadyRegistered(standing)
    _arrive(fieldlab, registration)
    return registration


def _arrive(fieldlab: Fieldlab, registration: Registration, colleague: User | None = None) -> None:
    """A place, or the end of the queue; the caller holds the fieldlab."""
    fill(fieldlab=fieldlab)  # nobody passes those who wait
    seat = places_of(fieldlab).free_for(registration.helix) > 0
    registration.become(Status.REGISTERED if seat else Status.WAITING)
    registration.arrived_at = Now()
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError as error:
        raise AlreadyRegistered(registration) from error
    registration.refresh_from_db(fields=["arrived_at"])
    emails.registered(registration, colleague=colleague)


def remind_of(*, registration: Registration) -> None:
    """Mail somebody who registers again the link to what stands."""
    emails.registered(registration)


def keep_needs(*, registration: Registration, access: str, diet: str) -> None:
    """Keep what somebody needs, or nothing when nothing is needed."""
    if access or diet:
        Needs.objects.update_or_create(registration=registration, defaults={"access": access, "diet": diet})
    else:
        Needs.objects.filter(registration=registration).delete()


@transaction.atomic
def change_registration(
    *, registration: Registration, name: str, show_name: bool, access: str, diet: str
) -> Registration:
    """Put right who comes and what they need; the place stays."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.stands:
        registration.name, registration.show_name = name, show_name
        registration.save(update_fields=["name", "show_name"])
        keep_needs(registration=registration, access=access, diet=diet)
    return registration


@transaction.atomic
def cancel_registration(*, registration: Registration, by: User | None = None) -> Registration:
    """Give up a place or leave the queue; who it was is forgotten, and the place is offered to the first who waits."""
    fieldlab = lock(registration.fieldlab_id)
    registration = fieldlab.registrations.with_names().get(pk=registration.pk)
    registration.become(Status.CANCELLED)
    emails.registration_cancelled(registration)
    _forget(registration)
    fill(fieldlab=fieldlab)
    return registration


def _forget(registration: Registration) -> None:
    registration.forget()
    registration.save()
    Needs.objects.filter(registration=registration).delete()
    registration.choices.all().delete()


# Offers: a place that came free waits a while for the first in the queue


def deadline(fieldlab: Fieldlab):
    """Until when an offer stands: two days, or half of the time that is left when that is less."""
    now = timezone.now()
    return now + min(OFFER_TERM, (fieldlab.starts_at - now) / 2)


def fill(*, fieldlab: Fieldlab) -> list[Registration]:
    """Offer what is free to those who wait, in order of arrival. The caller holds the fieldlab.

    Who waits for a place of another side is passed, and keeps the place in the queue.
    """
    if fieldlab.status not in (Fieldlab.Status.OPEN, Fieldlab.Status.CLOSED):
        return []
    places, offered = places_of(fieldlab), []
    if not places.free or fieldlab.starts_at <= timezone.now():
        return []
    for waiting in fieldlab.registrations.waiting().with_names():
        if places.free_for(waiting.helix) > 0:
            places.take(waiting.helix)
            waiting.become(Status.OFFERED)
            waiting.offer_expires_at = deadline(fieldlab)
            waiting.save(update_fields=["status", "offer_expires_at"])
            emails.place_offered(waiting)
            offered.append(waiting)
    return offered


@transaction.atomic
def accept_offer(*, registration: Registration) -> Registration:
    """Take the place that was offered. Raises InvalidTransition when the offer has lapsed."""
    fieldlab = lock(registration.fieldlab_id)
    registration = fieldlab.registrations.with_names().get(pk=registration.pk)
    if registration.status == Status.REGISTERED:  # pressed twice
        return registration
    if registration.status != Status.OFFERED:
        raise InvalidTransition(registration, Status.REGISTERED)
    registration.become(Status.REGISTERED)
    registration.offer_expires_at = None
    registration.save(update_fields=["status", "offer_expires_at"])
    emails.registered(registration)
    return registration


def lapse_offers() -> int:
    """Offers past their deadline go to the next in the queue, and reserved places to everybody on their day.

    Returns how many lapsed. Each fieldlab has a transaction of its own.
    """
    to_come = Fieldlab.objects.filter(status__in=[Fieldlab.Status.OPEN, Fieldlab.Status.CLOSED])
    return sum(_lapse_of(fieldlab_id) for fieldlab_id in to_come.values_list("pk", flat=True))


@transaction.atomic
def _lapse_of(fieldlab_id: int) -> int:
    fieldlab = lock(fieldlab_id)
    late = fieldlab.registrations.filter(status=Status.OFFERED, offer_expires_at__lte=timezone.now())
    lapsed = list(late.with_names())
    for registration in lapsed:
        registration.become(Status.LAPSED)
        emails.offer_lapsed(registration)
        _forget(registration)
    fill(fieldlab=fieldlab)
    return len(lapsed)


# At the door


@transaction.atomic
def check_in(*, registration: Registration, by: User) -> Registration:
    """Somebody is here. Twice is once; who waited gets a place when there is one.

    Raises InvalidTransition for who gave the place up, and IntegrityError when there is no place.
    """
    fieldlab = lock(registration.fieldlab_id)
    registration = fieldlab.registrations.with_names().get(pk=registration.pk)
    if registration.status != Status.ATTENDED:
        registration.become(Status.ATTENDED)
        registration.offer_expires_at = None
        registration.save(update_fields=["status", "offer_expires_at"])
    return registration


@transaction.atomic
def undo_check_in(*, registration: Registration, by: User) -> Registration:
    """It was somebody else."""
    lock(registration.fieldlab_id)
    registration = Registration.objects.with_names().get(pk=registration.pk)
    if registration.status != Status.REGISTERED:
        registration.become(Status.REGISTERED)
        registration.save(update_fields=["status"])
    return registration


@transaction.atomic
def walk_in(
    *,
    fieldlab: Fieldlab,
    name: str,
    organisation: Organisation | None,
    organisation_name: str,
    helix: str,
    by: User,
    email: str = "",
) -> Registration:
    """Somebody who is here without having registered. Raises AlreadyRegistered, or IntegrityError when it is full."""
    fieldlab = lock(fieldlab.pk)
    email = email.lower()
    known = fieldlab.registrations.standing().with_names().filter(email=email).first() if email else None
    if known:
        raise AlreadyRegistered(known)
    return Registration.objects.create(
        fieldlab=fieldlab,
        name=name,
        email=email,
        organisation=organisation,
        organisation_name="" if organisation else organisation_name,
        helix=organisation.helix if organisation else helix,
        is_walk_in=True,
        status=Status.ATTENDED,
    )


@transaction.atomic
def mark_absent(*, fieldlab: Fieldlab, by: User | None = None) -> int:
    """Everybody with a place who was not checked in was not there. Returns how many."""
    fieldlab = lock(fieldlab.pk)
    missing = list(fieldlab.registrations.filter(status=Status.REGISTERED))
    for registration in missing:
        registration.become(Status.ABSENT)
        registration.save(update_fields=["status"])
    return len(missing)
