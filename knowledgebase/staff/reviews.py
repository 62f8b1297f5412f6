"""The editors review practices, under /beheer/praktijkvoorbeelden/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase import actions
from knowledgebase.forms.practice import RemarkForm
from knowledgebase.models import Practice
from knowledgebase.permissions import can_publish, can_review
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@login_required
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for an editor."""
    require(can_review(request.user))
    waiting = Practice.objects.to_review().with_card_data()
    return render(request, "knowledgebase/staff/review_list.html", {"page": page_of(request, waiting)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_return(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a practice back with a remark."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(
            request, _("Sent back."), actions.send_back, practice, remark=form.cleaned_data["remark"]
        )
    return render(request, "knowledgebase/staff/practice_return.html", {"form": form, "practice": practice})


@login_required
@require_POST
def practice_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a practice from the list."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    return _decide(request, _("You review this practice now."), actions.start_review, practice)


@login_required
@require_POST
def practice_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Into the knowledge base."""
    practice = get_object_or_404(Practice, slug=slug)
    require(can_publish(request.user, practice))
    return _decide(request, _("Published."), actions.publish, practice)


def _decide(request: HttpRequest, done: str, action, practice: Practice, **answers: str) -> HttpResponse:
    try:
        action(practice=practice, by=request.user, **answers)
    except InvalidTransition:
        messages.error(request, _("A colleague has decided on this practice already. Nothing was changed."))
    else:
        messages.success(request, done)
    return redirect(practice)
