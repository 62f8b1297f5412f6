"""Writing an outcome: its minutes, what shows that it is true, and how it changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs import actions
from fieldlabs.forms.outcome import FileForm, LinkForm, MeasurementForm, OutcomeForm
from fieldlabs.minutes import sittings, writing_now
from fieldlabs.models import Outcome
from fieldlabs.permissions import can_plan, can_write
from smartsociety.core import autosave
from smartsociety.core.conflict import CONFLICT, overtaken_by, reopened
from smartsociety.core.files import remove_file
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile

# What stands below the minutes: by the word in the address the form, and what it belongs to.
EVIDENCE = {"metingen": MeasurementForm, "links": LinkForm, "bestanden": FileForm}


def writable(request: HttpRequest, slug: str, outcome_slug: str) -> Outcome:
    """The outcome, for who may write it. Not visible is 404, not allowed 403."""
    outcomes = Outcome.objects.visible_to(request.user).with_card_data()
    outcome = get_object_or_404(outcomes, fieldlab__slug=slug, slug=outcome_slug)
    require(can_write(request.user, outcome))
    return outcome


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_write(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """The minutes. A draft saves itself; what somebody else saved meanwhile is not overwritten unknowingly."""
    outcome = writable(request, slug, outcome_slug)
    form = OutcomeForm(request.POST or None, instance=outcome)
    if autosave.is_autosave(request):
        return _autosaved(request, form)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except ChangedMeanwhile as error:
            saved = error.args[0]
            fresh = OutcomeForm(instance=Outcome.objects.get(pk=saved.pk))
            overtaken = overtaken_by(fresh.instance, form, fresh)
            reopened(form, revision=saved.revision)
        else:
            messages.success(request, _("The outcome is saved."))
            return redirect(outcome)
    context = {
        "form": form,
        "outcome": Outcome.objects.with_card_data().get(pk=outcome.pk),  # as it is, not as it was typed
        "overtaken": overtaken,
        "writing_now": writing_now(outcome, request.user),
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/outcome_write.html", context, status=CONFLICT if overtaken else None)


def _save(request: HttpRequest, form: OutcomeForm) -> Outcome:
    return actions.write_outcome(
        outcome=form.instance,
        revision=form.cleaned_data["revision"],
        names=form.answered,
        by=request.user,
    )


def _autosaved(request: HttpRequest, form: OutcomeForm) -> HttpResponse:
    form.is_valid()
    if "revision" not in form.cleaned_data or form.instance.is_published:
        return autosave.overtaken()
    try:
        return autosave.kept(form, revision=_save(request, form).revision)
    except ChangedMeanwhile:
        return autosave.overtaken()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_evidence(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """Measurements, links and files: each is added and removed by itself. The button names which."""
    outcome = writable(request, slug, outcome_slug)
    kind = request.POST.get("kind", "")
    forms = {name: form(prefix=name) for name, form in EVIDENCE.items()}
    if kind in EVIDENCE:
        instance = EVIDENCE[kind]._meta.model(outcome=outcome)
        forms[kind] = EVIDENCE[kind](request.POST, request.FILES, prefix=kind, instance=instance)
        if forms[kind].is_valid():
            forms[kind].save()
            messages.success(request, _("Added."))
            return redirect(request.path)
    context = {
        "outcome": outcome,
        "forms": forms,
        "measurements": outcome.measurements.all(),
        "links": outcome.links.all(),
        "files": outcome.files.all(),
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/outcome_evidence.html", context)


@login_required
@require_POST
def evidence_remove(request: HttpRequest, slug: str, outcome_slug: str, kind: str, pk: int) -> HttpResponse:
    """Take a measurement, link or file away."""
    outcome = writable(request, slug, outcome_slug)
    if kind not in EVIDENCE:
        raise Http404(kind)
    row = get_object_or_404(EVIDENCE[kind]._meta.model, outcome=outcome, pk=pk)
    if kind == "bestanden":
        remove_file(row.file)
    row.delete()
    messages.success(request, _("Removed."))
    return redirect("fieldlabs:outcome_evidence", slug, outcome_slug)


@login_required
@require_safe
def outcome_history(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """Who wrote what, sitting by sitting."""
    outcome = writable(request, slug, outcome_slug)
    context = {"outcome": outcome, "sittings": sittings(outcome), "may_plan": can_plan(request.user)}
    return render(request, "fieldlabs/outcome_history.html", context)
