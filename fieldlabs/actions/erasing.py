"""Forgetting people when their term is over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fieldlabs.models import FieldlabInvitation, Needs, Registration

# A registration that nobody confirmed goes after this.
CONFIRMATION_TERM = timedelta(days=2)
# Names and addresses go this long after a fieldlab: until then people are thanked, asked and reminded.
REGISTRATION_TERM = timedelta(days=90)


@transaction.atomic
def erase_unconfirmed() -> int:
    """Registrations that nobody confirmed were never of anybody. Returns how many."""
    late = Q(created_at__lt=timezone.now() - CONFIRMATION_TERM)
    gone = Registration.objects.filter(late, status=Registration.Status.UNCONFIRMED)
    return gone.delete()[1].get("fieldlabs.Registration", 0)


@transaction.atomic
def erase_needs() -> int:
    """What people needed, once the fieldlab is over or off. Returns how many."""
    over = Q(registration__fieldlab__ends_at__lt=timezone.now())
    off = Q(registration__fieldlab__status="cancelled")
    return Needs.objects.filter(over | off).delete()[0]


@transaction.atomic
def erase_participants() -> int:
    """Names and addresses go REGISTRATION_TERM after the fieldlab; which organisation came stays. Returns how many."""
    past = timezone.now() - REGISTRATION_TERM
    FieldlabInvitation.objects.filter(fieldlab__ends_at__lt=past).delete()
    known = ~Q(name="", email="", user=None)
    gone = Registration.objects.filter(known, fieldlab__ends_at__lt=past)
    return gone.update(name="", email="", user=None, show_name=False)
