"""What a signed-in person keeps, follows, asks and looks for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance.models import Theme
from knowledgebase.following import subject_of
from knowledgebase.forms.subscription import PaceForm
from knowledgebase.models import Collection, Need, Practice, Question
from knowledgebase.permissions import asking_organisations


@login_required
@require_safe
def my_knowledge(request: HttpRequest) -> HttpResponse:
    """My knowledge base."""
    user = request.user
    mine = asking_organisations(user).values("pk")
    followed = user.subscriptions.select_related("theme", "tag", "practice", "organisation", "project")
    context = {
        "bookmarks": Practice.objects.visible_to(user)
        .filter(bookmarks__user=user)
        .with_card_data()
        .order_by("-bookmarks__created_at"),
        "followed": [
            (
                each,
                subject_of(each),
                PaceForm(initial={"frequency": each.frequency}, prefix=None, auto_id=f"id_{each.pk}_%s"),
            )
            for each in followed
        ],
        "themes": Theme.objects.exclude(pk__in=user.subscriptions.exclude(theme=None).values("theme")),
        "asked": user.questions.select_related("practice", "adoption__organisation"),
        "to_answer": Question.objects.to_answer_by(user)
        .filter(status="open")
        .select_related("practice", "adoption__organisation"),
        "needs": Need.objects.filter(organisation__in=mine).with_card_data(),
        "collections": Collection.objects.filter(organisation__in=mine).with_card_data(),
        "owned": Practice.objects.published()
        .filter(parts__role="owner", parts__organisation__in=mine)
        .distinct(),
    }
    return render(request, "knowledgebase/my_knowledge.html", context)
