"""Signing on behalf of an organisation, and the link in the mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliance import actions
from alliance.forms.signing import SignForm
from alliance.models import Signature
from alliance.views.declaration import current_declaration


@require_http_methods(["GET", "HEAD", "POST"])
def signature_create(request: HttpRequest) -> HttpResponse:
    """Sign on behalf of an organisation; the signature waits for the link in the mail."""
    current = current_declaration()
    initial = {"organisation_name": request.GET.get("organisation", "")}
    form = SignForm(request.POST or None, declaration=current, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            signature = form.save()
        except actions.AlreadySigned:
            form.add_error("organisation_name", _("This organisation has already signed."))
        else:
            request.session["signer_email"] = signature.signer_email
            return redirect("alliance:signature_sent")
    return render(request, "alliance/signature_create.html", {"form": form, "declaration": current})


@require_safe
def signature_sent(request: HttpRequest) -> HttpResponse:
    """What happens now: look in your mailbox."""
    return render(request, "alliance/signature_sent.html", {"email": request.session.get("signer_email", "")})


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
            return render(
                request, "alliance/signature_taken.html", {"organisation": error.args[0]}, status=409
            )
        else:
            return render(request, "alliance/signature_confirmed.html", {"signature": signature})
    template = "alliance/signature_confirm.html" if signature else "alliance/signature_link_dead.html"
    return render(request, template, {"signature": signature}, status=200 if signature else 410)
