"""Where signing begins, and the link in the mail with which it ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliance import actions
from alliance.actions import draft as drafts
from alliance.models import Organisation, Signature
from alliance.views.declaration import current_declaration
from smartsociety.core.limits import network_allowed

# A whole congress may share one network; a program that goes on all day does not get far.
STARTS_AN_HOUR = 600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signature_create(request: HttpRequest) -> HttpResponse:
    """What signing means, and the button that begins it: from there everything typed is kept."""
    current = current_declaration()
    if request.method == "POST":
        if request.POST.get("trap"):  # a field that people do not see
            messages.error(request, _("Leave the hidden field empty and press the button again."))
        elif not network_allowed(request, "sign-start", limit=STARTS_AN_HOUR):
            messages.error(request, too_many())
            return _start_page(request, current, status=429)
        else:
            name = request.POST.get("organisation", "")
            token = drafts.start(declaration=current, language=get_language(), organisation_name=name)
            return redirect("alliance:signature_step", token, "organisatie")
    return _start_page(request, current)


def too_many() -> str:
    """What is said to a network from which too much comes."""
    return _(
        "Very many people sign from your network just now. What you filled in is kept. Try again in an hour."
    )


def _start_page(request: HttpRequest, current, *, status: int = 200) -> HttpResponse:
    name = request.POST.get("organisation") or request.GET.get("organisation", "")
    context = {"declaration": current, "organisation_name": name[:120]}
    return render(request, "alliance/signature_create.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signature_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Opening it changes nothing (mail scanners do so too); the button confirms."""
    signature = Signature.objects.with_token(token)
    if request.method == "POST":
        try:
            signature = actions.confirm(token=token)
        except (Signature.DoesNotExist, actions.ConfirmationExpired):
            signature = None
        except actions.AlreadySigned as error:
            return signature_taken(request, error.args[0])
        else:
            return render(request, "alliance/signature_confirmed.html", {"signature": signature})
    template = "alliance/signature_confirm.html" if signature else "alliance/signature_link_dead.html"
    return render(request, template, {"signature": signature}, status=200 if signature else 410)


def signature_taken(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Somebody else was first: the ways that are left."""
    is_public = Organisation.objects.public().filter(pk=organisation.pk).exists()
    context = {"organisation": organisation, "is_public": is_public}
    return render(request, "alliance/signature_taken.html", context, status=409)
