"""Questions to the secretariat, under /beheer/vragen/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliance.actions.enquiry import ENQUIRY_TERM, answer, close
from alliance.forms.contact import AnswerForm
from alliance.models import Enquiry
from alliance.permissions import can_answer_enquiries
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition

OPEN_FIRST = Case(When(status=Enquiry.Status.OPEN, then=0), default=1)


@login_required
@require_safe
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, longest waiting first; then what was handled and is not erased yet."""
    require(can_answer_enquiries(request.user))
    page = page_of(request, Enquiry.objects.order_by(OPEN_FIRST, "handled_at", "created_at", "pk"))
    return render(request, "alliance/staff/enquiry_list.html", {"page": page, "days": ENQUIRY_TERM.days})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: answer it by mail, or close it with the other button."""
    require(can_answer_enquiries(request.user))
    enquiry = get_object_or_404(Enquiry.objects.select_related("handled_by"), pk=pk)
    closing = "close" in request.POST
    form = AnswerForm(request.POST if request.method == "POST" and not closing else None)
    if request.method != "POST" or not (closing or form.is_valid()):
        return render(request, "alliance/staff/enquiry_detail.html", {"enquiry": enquiry, "form": form})
    try:
        if closing:
            close(enquiry=enquiry, by=request.user)
        else:
            answer(enquiry=enquiry, text=form.cleaned_data["answer"], by=request.user)
    except InvalidTransition:
        messages.error(request, _("A colleague has handled this question already. Nothing was changed."))
        return redirect("alliance:enquiry_detail", enquiry.pk)
    messages.success(request, _("The question is closed.") if closing else _("The answer is on its way."))
    return redirect("alliance:enquiry_list")
