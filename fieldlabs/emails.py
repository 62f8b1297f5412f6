"""The mails of fieldlabs; wording in templates/emails/fieldlabs/."""

from fieldlabs.models import Registration
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
