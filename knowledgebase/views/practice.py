"""One practice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from knowledgebase.models import Practice
from knowledgebase.permissions import can_edit, can_publish, can_review
from knowledgebase.thread import practice_thread


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
