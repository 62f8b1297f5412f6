"""What representatives do for their own organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance import actions
from alliance.forms.own import WithdrawForm
from alliance.models import Signature
from alliance.permissions import can_withdraw
from smartsociety.core.permissions import require


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
