"""One practice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance.querysets import Person
from knowledgebase.likeness import Country
from knowledgebase.models import Practice
from knowledgebase.permissions import can_edit, can_publish, can_review, is_owner
from knowledgebase.thread import practice_thread
from knowledgebase.views.spread import own_municipality


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
        "fit": _fit(request.user, practice),
        "questions": practice.questions.public(),
        "may_own": is_owner(request.user, practice),
        "is_kept": request.user.is_authenticated and practice.bookmarks.filter(user=request.user).exists(),
        "may_edit": can_edit(request.user, practice),
        "may_review": can_review(request.user),
        "may_publish": can_publish(request.user, practice),
    }
    return render(request, "knowledgebase/practice_detail.html", context)


def _fit(user: Person, practice: Practice) -> dict[str, Any] | None:
    """How like the owner the reader's municipality is; None for whoever has none, or owns it."""
    ours = own_municipality(user)
    owners = [part.organisation for part in practice.owners if part.organisation.kind == "municipality"]
    if ours is None or not owners or ours in owners:
        return None
    owner, likeness = Country().sorted(ours, owners)[0]
    return {"ours": ours, "owner": owner, "likeness": likeness}
