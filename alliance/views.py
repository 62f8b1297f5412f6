"""Public pages of the alliance: the declaration, signing it, who signed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliance import actions
from alliance.filters import SignatoryFilter
from alliance.forms import SignForm, WithdrawForm
from alliance.models import Declaration, Organisation, Signature
from alliance.permissions import can_withdraw
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


def _current_declaration() -> Declaration:
    declaration = Declaration.objects.current()
    if declaration is None:
        raise Http404("No declaration has been published yet.")
    return declaration


@require_safe
def declaration(request: HttpRequest) -> HttpResponse:
    """The text in force, and the way to sign it."""
    return _declaration_page(request, _current_declaration(), is_current=True)


@require_safe
def declaration_version(request: HttpRequest, version: int) -> HttpResponse:
    """A text that is or was in force."""
    shown = get_object_or_404(Declaration.objects.published(), version=version)
    return _declaration_page(request, shown, is_current=shown == Declaration.objects.current())


def _declaration_page(request: HttpRequest, shown: Declaration, *, is_current: bool) -> HttpResponse:
    context = {
        "declaration": shown,
        "is_current": is_current,
        "versions": Declaration.objects.published(),
        "signatory_count": Organisation.objects.signatories().count(),
    }
    return render(request, "alliance/declaration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signature_create(request: HttpRequest) -> HttpResponse:
    """Sign on behalf of an organisation; the signature waits for the link in the mail."""
    current = _current_declaration()
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


@require_safe
def signature_proof(request: HttpRequest, code: str) -> HttpResponse:
    """Public proof of a signature: in force, on hold or withdrawn, each shown for what it is."""
    signature = get_object_or_404(Signature.objects.public().with_card_data(), code=code)
    return render(request, "alliance/signature_proof.html", {"signature": signature})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signature_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """A representative withdraws the organisation's signature, at once."""
    signature = get_object_or_404(Signature.objects.public().with_card_data(), code=code)
    require(can_withdraw(request.user, signature))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(signature=signature, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("The signature of %(name)s is withdrawn.") % {"name": signature.organisation}
        )
        return redirect(signature)
    return render(request, "alliance/signature_withdraw.html", {"form": form, "signature": signature})


@require_safe
def signatory_list(request: HttpRequest) -> HttpResponse:
    """Who signed."""
    signatories = Organisation.objects.signatories()
    chosen = SignatoryFilter(request.GET, queryset=signatories.with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs), "signatory_count": signatories.count()}
    return render(request, "alliance/signatory_list.html", context)
