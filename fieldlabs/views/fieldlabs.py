"""Public pages of fieldlabs: which there are, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fieldlabs.models import Fieldlab, FollowUp, Report
from fieldlabs.permissions import can_plan, can_register
from smartsociety.core.pages import page_of


@require_safe
def fieldlab_list(request: HttpRequest) -> HttpResponse:
    """What is to come, and what was."""
    fieldlabs = Fieldlab.objects.visible_to(request.user).with_card_data()
    context = {"upcoming": fieldlabs.upcoming(), "page": page_of(request, fieldlabs.past())}
    return render(request, "fieldlabs/fieldlab_list.html", context)


@require_safe
def fieldlab_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One fieldlab; before, during and after at the same address."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user).with_card_data(), slug=slug)
    mine = fieldlab.registrations.standing().of(request.user)
    context = {
        "fieldlab": fieldlab,
        "outcomes": fieldlab.outcomes.visible_to(request.user).with_card_data(),
        "organisations": fieldlab.participating_organisations(),
        "registrations": mine.select_related("organisation"),
        "report": Report.objects.filter(fieldlab=fieldlab, published_at__isnull=False).first(),
        "to_walk_through": FollowUp.objects.to_walk_through(fieldlab) if not fieldlab.is_past else [],
        "projects": fieldlab.projects.published(),
        "may_register": can_register(request.user, fieldlab) and not mine,
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/fieldlab_detail.html", context)
