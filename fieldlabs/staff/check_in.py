"""At the door, on a phone: who is here. Each press is one small request, and pressing twice does no harm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs.actions import registration as actions
from fieldlabs.forms.registration import WalkInForm
from fieldlabs.models import Fieldlab, Registration
from fieldlabs.permissions import can_plan
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@never_cache
@login_required
@require_safe
def check_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who may come, by name; `?q=` finds one."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab.objects.with_card_data(), slug=slug)
    people = fieldlab.registrations.standing().select_related("organisation", "needs").order_by("name", "pk")
    words = request.GET.get("q", "").strip().casefold()
    shown = [one for one in people if words in f"{one.name} {one.organisation_label}".casefold()]
    here = sum(one.status == Registration.Status.ATTENDED for one in people)
    context = {"fieldlab": fieldlab, "people": shown, "here": here, "total": len(people)}
    return render(request, "fieldlabs/staff/check_in.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_person(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What the QR code opens: one person, and the button."""
    require(can_plan(request.user))
    rows = Registration.objects.with_names().select_related("needs")
    registration = get_object_or_404(rows, fieldlab__slug=slug, code=code)
    if request.method == "POST":
        _check(request, registration, undo=request.POST.get("undo") == "1")
        return redirect(f"{reverse('fieldlabs:check_in', args=[slug])}#p-{registration.code}")
    return render(request, "fieldlabs/staff/check_in_person.html", {"registration": registration})


def _check(request: HttpRequest, registration: Registration, *, undo: bool) -> None:
    act = actions.undo_check_in if undo else actions.check_in
    try:
        registration = act(registration=registration, by=request.user)
    except InvalidTransition:
        messages.error(request, _("This registration was cancelled, or this is not possible now."))
    except IntegrityError:
        messages.error(request, _("All places are taken. Raise the number of places first."))
    else:
        said = _("%(name)s is not here after all.") if undo else _("%(name)s is here.")
        messages.success(request, said % {"name": registration.name})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody who did not register."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab.objects.with_card_data(), slug=slug)
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = {name: form.cleaned_data[name] for name in ("name", "email")}
        try:
            made = actions.walk_in(fieldlab=fieldlab, by=request.user, **person, **form.for_organisation)
        except actions.AlreadyRegistered as error:
            return redirect("fieldlabs:check_in_person", slug, error.args[0].code)
        except IntegrityError:
            form.add_error(None, _("All places are taken. Raise the number of places first."))
        else:
            messages.success(request, _("%(name)s is here.") % {"name": made.name})
            return redirect("fieldlabs:check_in", slug)
    return render(request, "fieldlabs/staff/walk_in.html", {"form": form, "fieldlab": fieldlab})


@login_required
@require_POST
def absent(request: HttpRequest, slug: str) -> HttpResponse:
    """Afterwards: who was not checked in was not there."""
    require(can_plan(request.user))
    number = actions.mark_absent(fieldlab=get_object_or_404(Fieldlab, slug=slug), by=request.user)
    message = ngettext(
        "%(number)s person is marked as absent.", "%(number)s people are marked as absent.", number
    )
    messages.success(request, message % {"number": number})
    return redirect("fieldlabs:check_in", slug)
