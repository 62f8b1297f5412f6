"""Programme staff decide about cases, under /beheer/casussen/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fieldlabs.actions import case as actions
from fieldlabs.forms.case import AcceptForm, MergeForm
from fieldlabs.models import Case
from fieldlabs.permissions import can_plan
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision or an answer first, those that many have on top."""
    require(can_plan(request.user))
    cases = Case.objects.with_card_data()
    waiting = cases.unanswered().order_by("-demand", "created_at", "pk")
    others = cases.exclude(pk__in=Case.objects.unanswered().values("pk")).order_by("-created_at", "-pk")
    return render(
        request, "fieldlabs/staff/case_list.html", {"waiting": waiting, "page": page_of(request, others)}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept, merge, postpone or mark as answered: the button that was pressed says which."""
    require(can_plan(request.user))
    case = get_object_or_404(Case.objects.with_card_data(), slug=slug)
    accept, merge = AcceptForm(case=case), MergeForm(case=case)
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        if choice == "accept":
            accept = AcceptForm(request.POST, case=case)
        elif choice == "merge":
            merge = MergeForm(request.POST, case=case)
        try:
            if _decided(request, case, choice, accept, merge):
                return redirect(case)
        except InvalidTransition:
            messages.error(request, _("That is not possible now: a colleague may have been first."))
            return redirect("fieldlabs:case_decide", case.slug)
    context = {
        "case": case,
        "accept": accept,
        "merge": merge,
        "may_accept": case.can_become(Case.Status.ACCEPTED),
        "may_postpone": case.status in (Case.Status.PROPOSED, Case.Status.ACCEPTED),
        "may_answer": case.can_become(Case.Status.ANSWERED),
    }
    return render(request, "fieldlabs/staff/case_decide.html", context)


def _decided(request: HttpRequest, case: Case, choice: str, accept: AcceptForm, merge: MergeForm) -> bool:
    """Whether a decision was taken; False when a form must be filled in better."""
    by = request.user
    if choice == "accept" and accept.is_valid():
        actions.accept_case(case=case, fieldlab=accept.cleaned_data["fieldlab"], by=by)
        messages.success(request, _("%(title)s is accepted.") % {"title": case})
    elif choice == "merge" and merge.is_valid():
        actions.merge_case(case=case, into=merge.cleaned_data["into"], by=by)
        messages.success(request, _("%(title)s is merged.") % {"title": case})
    elif choice == "postpone":
        actions.postpone_case(case=case, by=by)
        messages.success(request, _("%(title)s is postponed to the next fieldlab.") % {"title": case})
    elif choice == "answer":
        actions.answer_case(case=case, by=by)
        messages.success(request, _("%(title)s is answered.") % {"title": case})
    else:
        return False
    return True
