"""Wilt u meedoen? Asking something before signing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from alliance.actions.enquiry import ask
from alliance.forms.contact import EnquiryForm
from smartsociety.core.audit import origin


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Ask the secretariat something. A program that fills in the trap reads the same thanks as a person."""
    form = EnquiryForm(request.POST or None, network=origin(request))
    if request.method == "POST" and form.is_trapped:
        return redirect("alliance:contact_sent")
    if request.method == "POST" and form.is_valid():
        ask(enquiry=form.save(commit=False), language=get_language())
        return redirect("alliance:contact_sent")
    return render(request, "alliance/contact.html", {"form": form})


@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "alliance/contact_sent.html")
