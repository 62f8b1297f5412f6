"""Programme staff keep follow-ups and close a fieldlab with its report, under /beheer/fieldlabs/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldlabs import actions
from fieldlabs.actions.followup import next_fieldlab
from fieldlabs.actions.report import incomplete
from fieldlabs.forms.followup import FollowUpForm, SettleForm
from fieldlabs.forms.report import ReportForm
from fieldlabs.models import Fieldlab, FollowUp, Report
from fieldlabs.permissions import can_plan
from fieldlabs.report import sections
from smartsociety.core.conflict import CONFLICT, overtaken_by, reopened
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def followup_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What was agreed at this fieldlab, and what its opening walks through."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    form = FollowUpForm(request.POST or None, instance=FollowUp(fieldlab=fieldlab))
    if request.method == "POST" and form.is_valid():
        actions.ask_followup(followup=form.save(commit=False), by=request.user)
        messages.success(request, _("Noted. The owner gets a mail with the question to accept it."))
        return redirect(request.path)
    context = {
        "fieldlab": fieldlab,
        "form": form,
        "agreed": FollowUp.objects.filter(fieldlab=fieldlab).with_card_data(),
        "to_walk_through": FollowUp.objects.to_walk_through(fieldlab),
    }
    return render(request, "fieldlabs/staff/followup_list.html", context)


@login_required
@require_POST
def followup_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Done, dropped with a reason, or on to the next fieldlab."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    followup = get_object_or_404(FollowUp, pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    else:
        try:
            _settle(followup, fieldlab, by=request.user, **form.cleaned_data)
        except InvalidTransition:
            messages.error(request, _("That is not possible now. Is there a later fieldlab?"))
        else:
            messages.success(request, _("Noted."))
    return redirect("fieldlabs:followup_list", slug)


def _settle(followup: FollowUp, fieldlab: Fieldlab, *, action: str, note: str, by) -> None:
    if action == "done":
        actions.finish_followup(followup=followup, by=by)
    elif action == "drop":
        actions.drop_followup(followup=followup, reason=note, by=by)
    else:
        later = next_fieldlab(fieldlab)
        if later is None:
            raise InvalidTransition(followup, action)
        actions.carry_over(followup=followup, to=later, note=note, by=by)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the summary; see what the report will say and what keeps it from being published."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    report = Report.objects.filter(fieldlab=fieldlab).first() or Report(fieldlab=fieldlab)
    form = ReportForm(request.POST or None, instance=report)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        if report.pk is None:
            report, _made = Report.objects.get_or_create(fieldlab=fieldlab)
            form.instance.pk = report.pk
        try:
            actions.write_report(
                report=form.instance, revision=form.cleaned_data["revision"], by=request.user
            )
        except ChangedMeanwhile as error:
            saved = error.args[0]
            fresh = ReportForm(instance=Report.objects.get(pk=saved.pk))
            overtaken = overtaken_by(fresh.instance, form, fresh)
            reopened(form, revision=saved.revision)
        else:
            messages.success(request, _("The summary is saved."))
            return redirect(request.path)
    fieldlab.report = Report.objects.filter(fieldlab=fieldlab).first() or Report(fieldlab=fieldlab)
    context = {
        "fieldlab": fieldlab,
        "report": fieldlab.report,
        "form": form,
        "overtaken": overtaken,
        "incomplete": incomplete(fieldlab),
        "sections": sections(fieldlab),
        "comments": fieldlab.answers.exclude(comment="").values_list("comment", flat=True),
    }
    return render(
        request, "fieldlabs/staff/report_edit.html", context, status=CONFLICT if overtaken else None
    )


@login_required
@require_POST
def report_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the fieldlab: report, outcomes and numbers are public from now on."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    try:
        report = actions.publish_report(fieldlab=fieldlab, by=request.user)
    except InvalidTransition:
        messages.error(request, _("A report closes a fieldlab that was held. Mark it as held first."))
    except actions.NotComplete:
        messages.error(
            request,
            _("The report cannot be published yet. Below you see what is missing."),
        )
    else:
        messages.success(request, _("The report is published, with all outcomes."))
        return redirect(report)
    return redirect("fieldlabs:report_edit", slug)
