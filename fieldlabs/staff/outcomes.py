"""Programme staff record outcomes, under /beheer/fieldlabs/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldlabs import actions
from fieldlabs.forms.outcome import OutcomeForm
from fieldlabs.models import Fieldlab, Outcome
from fieldlabs.permissions import can_plan
from smartsociety.core.forms import save_answers
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what a team or case yielded."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    form = OutcomeForm(request.POST or None, instance=Outcome(fieldlab=fieldlab))
    if request.method == "POST" and form.is_valid():
        outcome = actions.record_outcome(outcome=form.save(commit=False), by=request.user)
        messages.success(request, _("The outcome is recorded."))
        return redirect(outcome)
    return render(request, "fieldlabs/staff/outcome_form.html", {"form": form, "fieldlab": fieldlab})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_edit(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """Add to an outcome, or give it an owner."""
    require(can_plan(request.user))
    outcome = get_object_or_404(Outcome, fieldlab__slug=slug, slug=outcome_slug)
    form = OutcomeForm(request.POST or None, instance=outcome)
    if request.method == "POST" and form.is_valid():
        save_answers(form)
        messages.success(request, _("The outcome is changed."))
        return redirect(outcome)
    return render(request, "fieldlabs/staff/outcome_form.html", {"form": form, "fieldlab": outcome.fieldlab})
