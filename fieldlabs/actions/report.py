"""The report that closes a fieldlab, and the nudges to write it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.actions.case import answer_case
from fieldlabs.actions.followup import carry_over, next_fieldlab
from fieldlabs.actions.outcome import publish_outcome
from fieldlabs.models import Case, Fieldlab, FollowUp, Outcome, Report
from fieldlabs.report.figures import figures
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision

# Counted from the end of the fieldlab.
STAFF_NUDGED_AFTER = timedelta(days=7)
COORDINATOR_NUDGED_AFTER = timedelta(days=14)


class NotComplete(Exception):
    """The report cannot be published yet; `args[0]` lists the outcomes that miss something."""


@transaction.atomic
def write_report(*, report: Report, revision: int, by: User) -> Report:
    """Keep the summary, unless a colleague saved meanwhile: raises ChangedMeanwhile."""
    saved = lock_revision(Report.objects.all(), pk=report.pk, revision=revision)
    report.revision = saved.revision
    report.save(update_fields=["summary_nl", "summary_en", "revision"])
    return report


def incomplete(fieldlab: Fieldlab) -> list[Outcome]:
    """Outcomes that the report would leave behind: without an owner, or without a lesson."""
    outcomes = fieldlab.outcomes.select_related("organisation", "fieldlab")
    return [outcome for outcome in outcomes if outcome.missing]


@transaction.atomic
def publish_report(*, fieldlab: Fieldlab, by: User) -> Report:
    """Close a fieldlab: its report, all its outcomes and the numbers of today are public from now on.

    What was agreed to be done by this fieldlab and is not goes on to the next. Raises NotComplete while an outcome has
    no owner (no outcome without somebody to go on with it: that is what the fieldlab was for) or no summary is
    written, and InvalidTransition when the fieldlab was not held.
    """
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=fieldlab.pk)
    fieldlab.become(Fieldlab.Status.REPORTED)
    report = Report.objects.select_for_update(of=("self",)).filter(fieldlab=fieldlab).first()
    left = incomplete(fieldlab)
    if left or report is None or not report.summary_nl.strip():
        raise NotComplete(left)
    for case in Case.objects.filter(status=Case.Status.ACCEPTED, outcomes__fieldlab=fieldlab).distinct():
        answer_case(case=case, by=by)
    for outcome in fieldlab.outcomes.filter(status=Outcome.Status.DRAFT):
        publish_outcome(outcome=outcome, by=by)
    _carry_over_from(fieldlab, by)
    report.figures = figures(fieldlab)
    report.published_at, report.published_by = timezone.now(), by
    report.revision += 1
    report.save()
    fieldlab.save(update_fields=["status"])
    return report


def nudge_all() -> int:
    """Tell staff, and a week later the coordinator, which fieldlabs have no report. Returns how many mails."""
    ended = Fieldlab.objects.exclude(status__in=["draft", "cancelled", "reported"])
    ended = ended.filter(ends_at__lte=timezone.now() - STAFF_NUDGED_AFTER)
    return sum(_nudge(pk) for pk in ended.values_list("pk", flat=True))


@transaction.atomic
def _nudge(pk: int) -> int:
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=pk)
    report, _made = Report.objects.get_or_create(fieldlab=fieldlab)
    now, sent = timezone.now(), 0
    if report.staff_nudged_at is None:
        report.staff_nudged_at = now
        staff = User.objects.filter(is_active=True, is_staff=True, roles__contains=[User.Role.PROGRAMME])
        for person in staff:
            emails.report_missing(fieldlab, to=person.email, language=person.language)
            sent += 1
    if report.coordinator_nudged_at is None and fieldlab.ends_at <= now - COORDINATOR_NUDGED_AFTER:
        report.coordinator_nudged_at = now
        emails.report_missing_long(fieldlab, to=settings.COORDINATOR_EMAIL)
        sent += 1
    report.save(update_fields=["staff_nudged_at", "coordinator_nudged_at"])
    return sent


def _carry_over_from(fieldlab: Fieldlab, by: User) -> None:
    later = next_fieldlab(fieldlab)
    if later is None:
        return
    for followup in FollowUp.objects.standing().filter(due_fieldlab=fieldlab):
        carry_over(followup=followup, to=later, by=by)
