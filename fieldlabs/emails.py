"""The mails of fieldlabs; wording in templates/emails/fieldlabs/."""

from collections.abc import Iterable
from typing import Any

from fieldlabs.models import Case, Fieldlab, FieldlabInvitation, Registration
from smartsociety.core import mail
from smartsociety.core.models import User


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


def thanks(registration: Registration) -> None:
    """It was good that you were there."""
    _to_person("thanks", registration)


def invitation(invited: FieldlabInvitation) -> None:
    """Somebody is asked to come, by a link of their own."""
    language = invited.language
    address = mail.absolute_url(language, "fieldlabs:fieldlab_register", invited.fieldlab.slug)
    context = {"fieldlab": invited.fieldlab, "url": f"{address}?uitnodiging={invited.token}"}
    mail.send("fieldlabs/invitation", to=invited.email, language=language, context=context)


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
