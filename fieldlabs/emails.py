"""The mails of fieldlabs; wording in templates/emails/fieldlabs/."""

from django.conf import settings

from fieldlabs.models import Fieldlab, FollowUp, Outcome, Registration
from smartsociety.core import mail


def registered(registration: Registration) -> None:
    """A place, or a place on the waiting list; the text tells which."""
    _to_person("registered", registration)


def registration_cancelled(registration: Registration) -> None:
    """The registration is cancelled, as asked."""
    _to_person("registration_cancelled", registration)


def fieldlab_cancelled(registration: Registration) -> None:
    """The fieldlab does not take place."""
    _to_person("fieldlab_cancelled", registration)


def _to_person(kind: str, registration: Registration) -> None:
    language = registration.language
    context = {
        "registration": registration,
        "fieldlab": registration.fieldlab,
        "url": mail.absolute_url(language, "fieldlabs:fieldlab_detail", registration.fieldlab.slug),
    }
    mail.send(f"fieldlabs/{kind}", to=registration.email, language=language, context=context)


def write_outcome(outcome: Outcome, *, to: str) -> None:
    """Somebody of a team is asked to write its outcome."""
    url = mail.absolute_url(outcome.language, "fieldlabs:outcome_write", outcome.fieldlab.slug, outcome.slug)
    context = {"outcome": outcome, "fieldlab": outcome.fieldlab, "url": url, "email": to}
    mail.send("fieldlabs/write_outcome", to=to, language=outcome.language, context=context)


def followup_asked(followup: FollowUp, *, token: str) -> None:
    """The owner is asked to accept."""
    _to_owner("followup_asked", followup, token)


def followup_reminder(followup: FollowUp, *, token: str) -> None:
    """It is due soon, or overdue; the text tells which."""
    _to_owner("followup_reminder", followup, token)


def followup_carried_over(followup: FollowUp, *, token: str) -> None:
    """It goes on to a later fieldlab."""
    _to_owner("followup_carried_over", followup, token)


def followup_dropped(followup: FollowUp) -> None:
    """The owner gave it back; staff find somebody else."""
    url = mail.absolute_url("nl", "fieldlabs:followup_list", followup.fieldlab.slug)
    context = {"followup": followup, "url": url}
    mail.send("fieldlabs/followup_dropped", to=settings.COORDINATOR_EMAIL, language="nl", context=context)


def report_missing(fieldlab: Fieldlab, *, to: str, language: str) -> None:
    """A week after the fieldlab there is no report: to programme staff."""
    _about_report("report_missing", fieldlab, to, language)


def report_missing_long(fieldlab: Fieldlab, *, to: str) -> None:
    """Two weeks after the fieldlab there is no report: to the coordinator."""
    _about_report("report_missing_long", fieldlab, to, "nl")


def questionnaire(registration: Registration, *, token: str) -> None:
    """Thanks, and the short questionnaire by a link of one's own."""
    url = mail.absolute_url(registration.language, "fieldlabs:questionnaire", token)
    context = {"registration": registration, "fieldlab": registration.fieldlab, "url": url}
    mail.send(
        "fieldlabs/questionnaire", to=registration.email, language=registration.language, context=context
    )


def _to_owner(kind: str, followup: FollowUp, token: str) -> None:
    url = mail.absolute_url(followup.language, "fieldlabs:followup_answer", token)
    mail.send(
        f"fieldlabs/{kind}",
        to=followup.owner_email,
        language=followup.language,
        context={"followup": followup, "fieldlab": followup.fieldlab, "url": url},
    )


def _about_report(kind: str, fieldlab: Fieldlab, to: str, language: str) -> None:
    url = mail.absolute_url(language, "fieldlabs:report_edit", fieldlab.slug)
    mail.send(f"fieldlabs/{kind}", to=to, language=language, context={"fieldlab": fieldlab, "url": url})
