"""Programme staff start, publish and hand out outcomes, under /beheer/fieldlabs/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldlabs import actions
from fieldlabs.forms.outcome import OutcomeStartForm, WriterForm
from fieldlabs.models import Fieldlab, Outcome
from fieldlabs.permissions import can_plan
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


def _outcome(slug: str, outcome_slug: str) -> Outcome:
    outcomes = Outcome.objects.with_card_data()
    return get_object_or_404(outcomes, fieldlab__slug=slug, slug=outcome_slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A place to write what a team or case yielded; writing goes on at the outcome's own address."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    form = OutcomeStartForm(request.POST or None, instance=Outcome(fieldlab=fieldlab))
    if request.method == "POST" and form.is_valid():
        outcome = actions.record_outcome(outcome=form.save(commit=False), by=request.user)
        messages.success(request, _("The outcome is there. Write it now, or ask somebody of the team to."))
        return redirect("fieldlabs:outcome_write", slug, outcome.slug)
    return render(request, "fieldlabs/staff/outcome_form.html", {"form": form, "fieldlab": fieldlab})


@login_required
@require_POST
def outcome_move(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """Publish, take back or throw away: the button that was pressed names which."""
    require(can_plan(request.user))
    outcome = _outcome(slug, outcome_slug)
    steps = {
        "publish": (actions.publish_outcome, _("Everybody can read the outcome now.")),
        "take_back": (actions.take_back_outcome, _("The outcome is a draft again.")),
        "discard": (actions.discard_outcome, _("The outcome is thrown away.")),
    }
    step = request.POST.get("step", "")
    if step not in steps:
        raise Http404(step)
    action, told = steps[step]
    try:
        action(outcome=outcome, by=request.user)
    except InvalidTransition:
        messages.error(
            request,
            _("That is not possible now. To be published, an outcome tells at least what was learned."),
        )
        return redirect(outcome)
    messages.success(request, told)
    return redirect(outcome.fieldlab if action is actions.discard_outcome else outcome)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_writers(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """Who may write besides staff; asking somebody sends a mail."""
    require(can_plan(request.user))
    outcome = _outcome(slug, outcome_slug)
    form = WriterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.invite_writer(outcome=outcome, email=form.cleaned_data["email"], by=request.user)
        messages.success(request, _("The invitation to write is on its way."))
        return redirect(request.path)
    context = {"outcome": outcome, "form": form, "writers": outcome.writers.all(), "may_plan": True}
    return render(request, "fieldlabs/staff/outcome_writers.html", context)


@login_required
@require_POST
def writer_remove(request: HttpRequest, slug: str, outcome_slug: str, pk: int) -> HttpResponse:
    """Somebody writes no longer; what they wrote stays."""
    require(can_plan(request.user))
    outcome = _outcome(slug, outcome_slug)
    get_object_or_404(outcome.writers, pk=pk).delete()
    messages.success(request, _("Removed."))
    return redirect("fieldlabs:outcome_writers", slug, outcome_slug)
