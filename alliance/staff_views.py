"""The secretariat's pages, under /beheer/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance import actions
from alliance.forms import RejectForm
from alliance.models import Signature
from alliance.permissions import can_verify_signatures
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@login_required
@require_safe
def signature_list(request: HttpRequest) -> HttpResponse:
    """What waits for the secretariat, longest waiting first."""
    require(can_verify_signatures(request.user))
    waiting = Signature.objects.to_verify().with_card_data()
    return render(request, "alliance/staff/signature_list.html", {"page": page_of(request, waiting)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signature_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """One signature with its evidence. Posting the form rejects it; publishing is its own button."""
    require(can_verify_signatures(request.user))
    signature = get_object_or_404(Signature.objects.with_card_data(), pk=pk)
    form = RejectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(
            request, _("Rejected: %(name)s."), actions.reject, signature, reason=form.cleaned_data["reason"]
        )
    return render(request, "alliance/staff/signature_verify.html", {"signature": signature, "form": form})


@login_required
@require_POST
def signature_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation becomes a signatory."""
    require(can_verify_signatures(request.user))
    signature = get_object_or_404(Signature.objects.with_card_data(), pk=pk)
    return _decide(request, _("Published: %(name)s is a signatory."), actions.publish, signature)


def _decide(request: HttpRequest, done: str, action, signature: Signature, **answers: str) -> HttpResponse:
    try:
        action(signature=signature, by=request.user, **answers)
    except InvalidTransition:
        messages.error(request, _("A colleague has decided on this signature already. Nothing was changed."))
        return redirect("alliance:signature_verify", signature.pk)
    messages.success(request, done % {"name": signature.organisation})
    return redirect("alliance:staff_signature_list")
