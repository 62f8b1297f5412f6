"""Asking for a place at a fieldlab: with or without an account, for oneself or a colleague."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fieldlabs import actions
from fieldlabs.forms.registration import RegisterForm
from fieldlabs.models import Fieldlab, FieldlabInvitation, Registration
from fieldlabs.models.invitation import SEAL as INVITATION_SEAL
from fieldlabs.permissions import can_register
from smartsociety.core.limits import DAY, allowed, network_allowed
from smartsociety.core.tokens import unsealed

# A whole town hall may share one network; a program that goes on all day does not get far.
TRIES_AN_HOUR = 300
MAILS_PER_DAY = 5  # per address
COLLEAGUES_PER_DAY = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what it asks for."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user).with_card_data(), slug=slug)
    if not can_register(fieldlab):
        return render(request, "fieldlabs/register_not_possible.html", {"fieldlab": fieldlab}, status=403)
    user = request.user if request.user.is_authenticated else None
    colleague = bool(user) and "collega" in request.GET
    invitation = _invitation(request, fieldlab)
    form = RegisterForm(
        request.POST or None, user=user, colleague=colleague, email=invitation.email if invitation else ""
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if problem := _refused(request, form, colleague=colleague):
            form.add_error(None, problem)
            status = 429
        else:
            return _register(request, fieldlab, form, invitation)
    context = {"form": form, "fieldlab": fieldlab, "colleague": colleague, "invitation": invitation}
    return render(request, "fieldlabs/fieldlab_register.html", context, status=status)


def _invitation(request: HttpRequest, fieldlab: Fieldlab) -> FieldlabInvitation | None:
    """The unused personal invitation in the address, if there is one."""
    code = unsealed(INVITATION_SEAL, request.GET.get("uitnodiging", ""))
    return fieldlab.invitations.filter(code=code, registration=None).first() if code else None


def _refused(request: HttpRequest, form: RegisterForm, *, colleague: bool) -> str:
    """Why this try is not taken; empty when it is."""
    if request.POST.get("trap"):  # a field that people do not see
        return _("Leave the hidden field empty and press the button again.")
    if not network_allowed(request, "fieldlab-register", limit=TRIES_AN_HOUR):
        return _("Very many people register from your network just now. Try again in an hour.")
    if colleague and not allowed(f"colleague:{request.user.pk}", limit=COLLEAGUES_PER_DAY, seconds=DAY):
        return _("You have registered very many colleagues today. Go on tomorrow.")
    if not form.fixed_email and not allowed(
        f"register:{form.answers['email']}", limit=MAILS_PER_DAY, seconds=DAY
    ):
        return _(
            "We have mailed this address several times today. Look in your mailbox, or try again tomorrow."
        )
    return ""


def _register(
    request: HttpRequest, fieldlab: Fieldlab, form: RegisterForm, invitation: FieldlabInvitation | None
) -> HttpResponse:
    by = request.user if request.user.is_authenticated else None
    proven = bool(by or invitation)
    try:
        registration = actions.register(
            fieldlab=fieldlab,
            language=get_language(),
            proven=proven,
            by=by,
            invitation=invitation,
            **form.answers,
        )
    except actions.RegistrationClosed:
        messages.info(request, _("Registration has just closed."))
        return redirect(fieldlab)
    except actions.AlreadyRegistered as error:
        return _already(request, fieldlab, error.args[0], proven=bool(form.fixed_email))
    if not proven:
        return redirect("fieldlabs:registration_sent", fieldlab.slug)
    messages.success(request, told(registration))
    if not form.fixed_email:  # a colleague, whose link is in their own mailbox
        return redirect(fieldlab)
    return redirect("fieldlabs:registration_detail", registration.token)


def _already(
    request: HttpRequest, fieldlab: Fieldlab, standing: Registration, *, proven: bool
) -> HttpResponse:
    """To the owner of the address: it stands already. To anybody else nothing of the kind, but a mail to the owner."""
    if proven:
        messages.info(request, _("You have registered for this fieldlab already."))
        return redirect("fieldlabs:registration_detail", standing.token)
    actions.remind_of(registration=standing)
    if request.user.is_authenticated:
        messages.info(request, _("We have mailed this person the link to their registration."))
        return redirect(fieldlab)
    return redirect("fieldlabs:registration_sent", fieldlab.slug)


def told(registration: Registration) -> str:
    """What happened, in a sentence."""
    if registration.status == Registration.Status.WAITING:
        return _("All places are taken. %(name)s is number %(position)s on the waiting list.") % {
            "name": registration.name,
            "position": registration.position,
        }
    return _("%(name)s is registered. We have sent a confirmation by mail.") % {"name": registration.name}


@require_safe
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens now: look in your mailbox."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user), slug=slug)
    return render(request, "fieldlabs/registration_sent.html", {"fieldlab": fieldlab})
