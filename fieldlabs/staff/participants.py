"""Who takes part, for programme staff: the list with needs and the queue, and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliance.models.organisation import Helix
from fieldlabs.exports import PARTICIPANT_FORMATS, PARTICIPANTS
from fieldlabs.models import Fieldlab, Registration
from fieldlabs.permissions import can_plan
from fieldlabs.places import places_of
from smartsociety.core.permissions import require


def _people(fieldlab: Fieldlab):
    rows = fieldlab.registrations.standing().select_related("organisation", "needs")
    return rows.prefetch_related("choices__item")


def balance(fieldlab: Fieldlab) -> list[dict]:
    """Per side of the helix: how many come, how many wait, how many places are reserved."""
    places = places_of(fieldlab)
    waiting = list(fieldlab.registrations.waiting().values_list("helix", flat=True))
    return [
        {
            "label": label,
            "taken": places.taken.get(side, 0),
            "waiting": waiting.count(side),
            "reserved": places.reserved.get(side, 0),
        }
        for side, label in Helix.choices
    ]


@never_cache
@login_required
@require_safe
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has a place, who is offered one and who waits, in order."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab.objects.with_card_data(), slug=slug)
    people = list(_people(fieldlab).order_by("name", "pk"))
    waiting = sorted(
        (one for one in people if one.status == Registration.Status.WAITING),
        key=lambda one: (one.arrived_at, one.pk),
    )
    context = {
        "fieldlab": fieldlab,
        "people": [one for one in people if one.status != Registration.Status.WAITING],
        "waiting": waiting,
        "balance": balance(fieldlab),
        "formats": PARTICIPANT_FORMATS,
    }
    return render(request, "fieldlabs/staff/participants.html", context)


@never_cache
@login_required
@require_safe
def participants_export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The list as a file, needs included: it is for who prepares the day."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    if extension not in PARTICIPANT_FORMATS:
        raise Http404(extension)
    rows = _people(fieldlab).order_by("name", "pk")
    return PARTICIPANTS.response(rows, extension=extension, source="")
