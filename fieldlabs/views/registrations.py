"""One registration, for whoever has its link: the person, and nobody else."""

from collections.abc import Callable
from functools import wraps

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs import actions
from fieldlabs.actions.registration import change_registration
from fieldlabs.actions.sessions import SessionFull, choose_sessions, clashes
from fieldlabs.feeds import registration_calendar as calendar_of
from fieldlabs.forms.registration import ChangeForm, SessionsForm
from fieldlabs.models import Registration
from fieldlabs.models.registration import SEAL
from fieldlabs.views.registering import told
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import unsealed

View = Callable[..., HttpResponse]


def with_registration(view: View) -> View:
    """Give the view the registration of the token in the address; 410 when there is none (any more)."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        code = unsealed(SEAL, token)
        rows = Registration.objects.with_names().select_related("needs")
        registration = rows.filter(code=code).first() if code else None
        if registration is None:
            return render(request, "fieldlabs/registration_gone.html", status=410)
        return view(request, registration)

    return found


@require_safe
@with_registration
def registration_detail(request: HttpRequest, registration: Registration) -> HttpResponse:
    """How it stands, and what can be done about it. Opening it changes nothing: mail scanners do so too."""
    chosen = [choice.item for choice in registration.choices.select_related("item")]
    items = registration.fieldlab.items.choosable()
    context = {
        "registration": registration,
        "fieldlab": registration.fieldlab,
        "token": registration.token,
        "chosen": chosen,
        "clashes": clashes(chosen),
        "may_choose": registration.status == Registration.Status.REGISTERED and items.exists(),
        "needs": registration.own_needs,
    }
    return render(request, "fieldlabs/registration_detail.html", context)


@require_POST
@with_registration
def registration_confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The address is proven: now it counts."""
    try:
        registration = actions.confirm(registration=registration)
    except actions.RegistrationClosed:
        messages.error(request, _("Registration has closed. Your registration does not count."))
        return redirect(registration.fieldlab)
    except actions.AlreadyRegistered as error:
        messages.info(request, _("You have registered for this fieldlab already."))
        return redirect("fieldlabs:registration_detail", error.args[0].token)
    messages.success(request, told(registration))
    return redirect("fieldlabs:registration_detail", registration.token)


@require_POST
@with_registration
def registration_accept(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Take the place that was offered."""
    try:
        registration = actions.accept_offer(registration=registration)
    except InvalidTransition:
        messages.error(request, _("This place is no longer offered to you."))
    else:
        messages.success(request, told(registration))
    return redirect("fieldlabs:registration_detail", registration.token)


@require_POST
@with_registration
def registration_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give the place to somebody else."""
    try:
        actions.cancel_registration(registration=registration)
    except InvalidTransition:
        messages.error(request, _("This registration can no longer be cancelled."))
        return redirect("fieldlabs:registration_detail", registration.token)
    messages.success(request, _("Your registration is cancelled, and your name and address are erased."))
    return redirect(registration.fieldlab)


@require_http_methods(["GET", "HEAD", "POST"])
@with_registration
def registration_change(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Who comes and what they need."""
    if not registration.stands:
        return redirect("fieldlabs:registration_detail", registration.token)
    form = ChangeForm(request.POST or None, registration=registration)
    if request.method == "POST" and form.is_valid():
        change_registration(registration=registration, **form.cleaned_data)
        messages.success(request, _("Your registration is changed."))
        return redirect("fieldlabs:registration_detail", registration.token)
    context = {"form": form, "registration": registration, "token": registration.token}
    return render(request, "fieldlabs/registration_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_registration
def registration_sessions(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Which parts of the programme somebody with a place goes to; what is at the same time is pointed out after."""
    if registration.status != Registration.Status.REGISTERED:
        return redirect("fieldlabs:registration_detail", registration.token)
    initial = {"items": [choice.item_id for choice in registration.choices.all()]}
    form = SessionsForm(request.POST or None, fieldlab=registration.fieldlab, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            choose_sessions(registration=registration, items=form.cleaned_data["items"])
        except SessionFull as error:
            form.add_error("items", _("%(title)s is full. Choose another one.") % {"title": error.args[0]})
        else:
            messages.success(request, _("Your sessions are kept."))
            return redirect("fieldlabs:registration_detail", registration.token)
    context = {"form": form, "registration": registration, "token": registration.token}
    return render(request, "fieldlabs/registration_sessions.html", context)


@require_safe
@with_registration
def registration_calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The fieldlab as a file for a calendar."""
    response = HttpResponse(calendar_of(registration), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fieldlab.ics"'
    return response


@require_safe
@with_registration
def registration_qr(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What is scanned at the door: the address of this person on the list, which only programme staff open."""
    path = reverse("fieldlabs:check_in_person", args=[registration.fieldlab.slug, registration.code])
    drawing = segno.make(settings.SITE_URL + path, error="m").svg_inline(
        scale=5, border=4, light="white", dark="black"
    )
    svg = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")
