"""The mails of fieldlabs; wording in templates/emails/fieldlabs/."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from alliance.actions.consent import unsubscribe_url
from fieldlabs.models import Case, Fieldlab, FieldlabInvitation, FollowUp, Outcome, Registration
from smartsociety.core import mail
from smartsociety.core.models import Consent, User


def confirm_registration(registration: Registration) -> None:
    """The link that makes a registration count."""
    _to_person("confirm_registration", registration)


def registered(registration: Registration, *, colleague: User | None = None) -> None:
    """A place, or a place on the waiting list; the text tells which, and who registered when that was a colleague."""
    _to_person("registered", registration, colleague=colleague)


def place_offered(registration: Registration) -> None:
    """A place came free, for whoever takes it in time."""
    _to_person("place_offered", registration)


def offer_lapsed(registration: Registration) -> None:
    """The place went to the next."""
    _to_person("offer_lapsed", registration)


def registration_cancelled(registration: Registration) -> None:
    """The registration is cancelled, as asked."""
    _to_person("registration_cancelled", registration)


def fieldlab_cancelled(registration: Registration) -> None:
    """The fieldlab does not take place."""
    _to_person("fieldlab_cancelled", registration)


def fieldlab_changed(registration: Registration, *, changed: Iterable[str], reason: str = "") -> None:
    """Something that matters is different: `changed` names the fields."""
    _to_person("fieldlab_changed", registration, changed=list(changed), reason=reason)


def reminder(registration: Registration) -> None:
    """It comes near, and whoever cannot come should say so."""
    _to_person("reminder", registration)


def joining(registration: Registration) -> None:
    """How to get in, tomorrow."""
    _to_person("joining", registration)


def invitation(invited: FieldlabInvitation) -> None:
    """Somebody is asked to come, by a link of their own."""
    language = invited.language
    address = mail.absolute_url(language, "fieldlabs:fieldlab_register", invited.fieldlab.slug)
    consent = Consent.objects.standing(Consent.Purpose.FIELDLABS).filter(email=invited.email).first()
    stop = unsubscribe_url(consent, f"fieldlab-{invited.fieldlab_id}") if consent else ""
    context = {
        "fieldlab": invited.fieldlab,
        "url": f"{address}?uitnodiging={invited.token}",
        "unsubscribe_url": stop,
    }
    mail.send(
        "fieldlabs/invitation", to=invited.email, language=language, context=context, unsubscribe_url=stop
    )


def case_decided(case: Case) -> None:
    """Staff decided about a case; the text tells what."""
    if person := case.created_by:
        context = {
            "case": case,
            "url": mail.absolute_url(person.language, "fieldlabs:case_detail", case.slug),
        }
        mail.send("fieldlabs/case_decided", to=person.email, language=person.language, context=context)


def demand_to_confirm(*, case: Case, organisation_name: str, to: str, language: str, token: str) -> None:
    """The link that makes “we have this question too” count."""
    context = {
        "case": case,
        "organisation_name": organisation_name,
        "url": mail.absolute_url(language, "fieldlabs:demand_confirm", token),
    }
    mail.send("fieldlabs/demand_to_confirm", to=to, language=language, context=context)


def _to_person(kind: str, registration: Registration, **more: Any) -> None:
    if not registration.email:
        return
    language, fieldlab = registration.language, registration.fieldlab
    context = {
        "registration": registration,
        "fieldlab": fieldlab,
        "url": mail.absolute_url(language, "fieldlabs:fieldlab_detail", fieldlab.slug),
        "own_url": mail.absolute_url(language, "fieldlabs:registration_detail", registration.token),
        "calendar_url": mail.absolute_url(language, "fieldlabs:registration_calendar", registration.token),
        **more,
    }
    mail.send(f"fieldlabs/{kind}", to=registration.email, language=language, context=context)


def to_everybody(fieldlab: Fieldlab) -> Iterable[Registration]:
    """Those who count on a fieldlab and can be reached."""
    return fieldlab.registrations.standing().reachable().with_names()


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
