"""What fieldlabs yield."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fieldlabs.models import Fieldlab, Outcome
from fieldlabs.permissions import can_plan
from fieldlabs.thread import outcome_thread
from smartsociety.core.pages import page_of


@require_safe
def outcome_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What one fieldlab yielded."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user), slug=slug)
    outcomes = fieldlab.outcomes.visible_to(request.user).with_card_data()
    context = {"fieldlab": fieldlab, "page": page_of(request, outcomes), "may_plan": can_plan(request.user)}
    return render(request, "fieldlabs/outcome_list.html", context)


@require_safe
def outcome_detail(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """One outcome, where it came from and what became of it."""
    outcomes = Outcome.objects.visible_to(request.user).with_card_data()
    outcome = get_object_or_404(outcomes, fieldlab__slug=slug, slug=outcome_slug)
    practices = outcome.practices.visible_to(request.user).with_card_data()
    context = {
        "outcome": outcome,
        "practices": practices,
        "thread_steps": outcome_thread(outcome, practices),
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/outcome_detail.html", context)
