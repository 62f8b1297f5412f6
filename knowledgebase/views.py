"""Pages of the knowledge base: find a practice, read it, take it over, write it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs.models import Outcome
from knowledgebase import actions
from knowledgebase.filters import PracticeFilter
from knowledgebase.forms import AdoptionForm, PracticeForm
from knowledgebase.models import Practice
from knowledgebase.permissions import adopting_organisations, can_edit, can_publish, can_review, can_start
from knowledgebase.thread import practice_thread
from smartsociety.core.forms import save_answers
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Search and browse."""
    chosen = PracticeFilter(request.GET, queryset=Practice.objects.published().with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs)}
    return render(request, "knowledgebase/practice_list.html", context)


@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: the seven questions in fixed order, where it came from and who adopted it."""
    practices = Practice.objects.visible_to(request.user).with_card_data()
    practice = get_object_or_404(practices.select_related("outcome__fieldlab", "project"), slug=slug)
    context = {
        "practice": practice,
        "thread_steps": practice_thread(practice),
        "parts": practice.parts.select_related("organisation"),
        "project": practice.project if practice.project and practice.project.is_published else None,
        "adoptions": practice.adoptions.with_card_data(),
        "may_edit": can_edit(request.user, practice),
        "may_review": can_review(request.user),
        "may_publish": can_publish(request.user, practice),
    }
    return render(request, "knowledgebase/practice_detail.html", context)


@login_required
@require_POST
def practice_start(request: HttpRequest, outcome_slug: str) -> HttpResponse:
    """Turn an outcome into a draft practice."""
    require(can_start(request.user))
    outcome = get_object_or_404(Outcome.objects.visible_to(request.user).with_card_data(), slug=outcome_slug)
    practice = actions.start_from_outcome(outcome=outcome, by=request.user)
    messages.success(request, _("A draft is made from the outcome. Complete it and send it in."))
    return redirect("knowledgebase:practice_edit", practice.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write; keep half done, or send in."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(can_edit(request.user, practice))
    form = PracticeForm(request.POST or None, instance=practice)
    if request.method == "POST" and form.is_valid():
        save_answers(form)
        if "submit" not in request.POST:
            messages.success(request, _("Saved as a draft."))
            return redirect("knowledgebase:practice_edit", practice.slug)
        if _submitted(request, practice):
            return redirect(practice)
    return render(request, "knowledgebase/practice_edit.html", {"form": form, "practice": practice})


def _submitted(request: HttpRequest, practice: Practice) -> bool:
    try:
        actions.submit(practice=practice, by=request.user)
    except actions.NotComplete:
        missing = ", ".join(str(label) for label in practice.missing_core_fields) or _("an owner")
        messages.error(
            request, _("Saved, but not sent in yet. Still missing: %(missing)s.") % {"missing": missing}
        )
        return False
    except InvalidTransition:  # sent twice: the first one counted
        return True
    messages.success(request, _("Sent in. An editor will look at it."))
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Wij gebruiken dit ook."""
    practice = get_object_or_404(Practice.objects.published().with_card_data(), slug=slug)
    organisations = adopting_organisations(request.user, practice)
    if not organisations.exists():
        return render(request, "knowledgebase/adopt_not_possible.html", {"practice": practice}, status=403)
    known = practice.adoptions.filter(organisation__in=organisations).first()
    form = AdoptionForm(request.POST or None, instance=known, organisations=organisations, practice=practice)
    if request.method == "POST" and form.is_valid():
        adoption = actions.adopt(practice=practice, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Thank you. %(name)s is now shown with this practice.") % {"name": adoption.organisation},
        )
        return redirect(practice)
    return render(request, "knowledgebase/practice_adopt.html", {"form": form, "practice": practice})
