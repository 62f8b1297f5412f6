"""Follow-ups of an outcome, and the answer of who was asked to do one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldlabs.actions import followup as actions
from fieldlabs.forms.followup import AnswerForm, FollowUpForm
from fieldlabs.models import FollowUp
from fieldlabs.permissions import can_plan
from fieldlabs.views.writing import writable
from smartsociety.core.states import InvalidTransition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_followups(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """What is agreed to do with one outcome; the team adds to it."""
    outcome = writable(request, slug, outcome_slug)
    instance = FollowUp(fieldlab=outcome.fieldlab, outcome=outcome, language=outcome.language)
    form = FollowUpForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        actions.ask_followup(followup=form.save(commit=False), by=request.user)
        messages.success(request, _("Noted. The owner gets a mail with the question to accept it."))
        return redirect(request.path)
    context = {
        "outcome": outcome,
        "form": form,
        "followups": FollowUp.objects.filter(outcome=outcome).with_card_data(),
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/outcome_followups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def followup_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The owner accepts, tells that it is done, or gives it back; by the newest link that was mailed."""
    followup = actions.find(token)
    if followup is None:
        return render(request, "fieldlabs/followup_dead.html", status=404)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _answered(followup, form.cleaned_data)
        except InvalidTransition:
            messages.info(request, _("This was settled already. Nothing was changed."))
        else:
            messages.success(request, _("Thank you. Your answer is noted."))
        return redirect(request.path)
    return render(request, "fieldlabs/followup_answer.html", {"followup": followup, "form": form})


def _answered(followup: FollowUp, answer: dict) -> None:
    if answer["action"] == "drop":
        actions.drop_followup(followup=followup, reason=answer["reason"], by=None)
    else:
        act = {"accept": actions.accept_followup, "done": actions.finish_followup}[answer["action"]]
        act(followup=followup, by=None)
