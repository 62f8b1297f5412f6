"""Taking part in a fieldlab."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldlabs import actions
from fieldlabs.forms.registration import RegisterForm
from fieldlabs.models import Fieldlab, Registration
from fieldlabs.permissions import can_cancel, can_register
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_register(request: HttpRequest, slug: str) -> HttpResponse:
    """A representative takes a place for an organisation."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user).with_card_data(), slug=slug)
    if not can_register(request.user, fieldlab):
        return render(request, "fieldlabs/register_not_possible.html", {"fieldlab": fieldlab}, status=403)
    form = RegisterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            registration = actions.register(
                fieldlab=fieldlab, by=request.user, language=get_language(), **form.cleaned_data
            )
        except (actions.AlreadyRegistered, actions.RegistrationClosed):
            messages.info(
                request, _("You have registered for this fieldlab already, or registration has just closed.")
            )
        else:
            messages.success(request, _told(registration))
        return redirect(fieldlab)
    return render(request, "fieldlabs/fieldlab_register.html", {"form": form, "fieldlab": fieldlab})


def _told(registration: Registration) -> str:
    if registration.status == Registration.Status.WAITING:
        return _(
            "All places are taken. You are on the waiting list; we will mail you when a place comes free."
        )
    return _("You are registered. We have sent you a confirmation by mail.")


@login_required
@require_POST
def registration_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give the place to somebody else."""
    registration = get_object_or_404(
        Registration.objects.of(request.user).select_related("fieldlab"), code=code
    )
    require(can_cancel(request.user, registration))
    actions.cancel_registration(registration=registration, by=request.user)
    messages.success(request, _("Your registration is cancelled."))
    return redirect(registration.fieldlab)
