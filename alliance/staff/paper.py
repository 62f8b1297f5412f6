"""Entering a signature that was set on paper, under /beheer/ondertekeningen/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliance.actions import AlreadySigned
from alliance.actions.paper import enter_paper
from alliance.forms.paper import PaperForm
from alliance.permissions import can_verify_signatures
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_create(request: HttpRequest) -> HttpResponse:
    """Type over what the paper says and keep its scan; after that it is verified like any other."""
    require(can_verify_signatures(request.user))
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if form.is_valid():
        try:
            signature = enter_paper(by=request.user, **form.answers)
        except AlreadySigned:
            form.add_error("organisation_name", _("This organisation has signed this version already."))
        else:
            messages.success(request, _("Entered. Look at it once more, then publish it."))
            return redirect("alliance:signature_verify", signature.pk)
    return render(request, "alliance/staff/paper_form.html", {"form": form})
