"""Write a practice and send it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldlabs.models import Outcome
from knowledgebase import actions
from knowledgebase.forms.practice import PracticeForm
from knowledgebase.models import Practice
from knowledgebase.permissions import can_edit, can_start
from smartsociety.core.forms import save_answers
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


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
