"""What editors record beside a text: an expert's judgement, and steps of the ladder of evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase.actions import evidence
from knowledgebase.forms.review import EvidenceForm, JudgementForm
from knowledgebase.models import Practice
from knowledgebase.permissions import can_review
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judgement_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an expert finds with the practice."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = JudgementForm(request.POST or None, initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        evidence.judge(practice=practice, by=request.user, **form.cleaned_data)
        messages.success(request, _("The judgement is shown with the practice."))
        return redirect(practice)
    context = {"form": form, "practice": practice}
    return render(request, "knowledgebase/staff/judgement_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that a step was earned, or is confirmed."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = EvidenceForm(request.POST or None, initial={"earned_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            evidence.earn(practice=practice, by=request.user, **form.cleaned_data)
        except evidence.NotReproduced:
            form.add_error("level", _("Fewer than two municipalities use it, the owner included."))
        except evidence.NotNow:
            form.add_error("earned_on", _("Choose a day of the last two years, not in the future."))
        else:
            messages.success(request, _("The evidence is recorded."))
            return redirect(practice)
    context = {"form": form, "practice": practice, "steps": practice.evidence_steps.all()}
    return render(request, "knowledgebase/staff/evidence_create.html", context)
