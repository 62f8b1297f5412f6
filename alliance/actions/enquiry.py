"""What happens to a question to the secretariat."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alliance import emails
from alliance.models import Enquiry
from smartsociety.core.models import User

# Long enough to come back to an answer.
ENQUIRY_TERM = timedelta(days=90)


@transaction.atomic
def ask(*, enquiry: Enquiry, language: str) -> Enquiry:
    """Keep a question, tell the asker that it arrived and the secretariat that it waits."""
    enquiry.language = language
    enquiry.email = enquiry.email.lower()
    enquiry.save()
    emails.enquiry_received(enquiry)
    emails.enquiry_to_answer(enquiry)
    return enquiry


@transaction.atomic
def answer(*, enquiry: Enquiry, text: str, by: User) -> Enquiry:
    """Mail the answer. Raises InvalidTransition when a colleague handled it first."""
    enquiry = _handle(enquiry, Enquiry.Status.ANSWERED, by)
    enquiry.answer = text
    enquiry.save()
    emails.enquiry_answered(enquiry)
    return enquiry


@transaction.atomic
def close(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Put away without an answer, for instance because it is spam. Raises InvalidTransition as `answer` does."""
    enquiry = _handle(enquiry, Enquiry.Status.CLOSED, by)
    enquiry.save()
    return enquiry


def erase_handled() -> int:
    """Remove questions that were handled a while ago, with all that was said. Returns how many."""
    overdue = Enquiry.objects.filter(handled_at__lt=timezone.now() - ENQUIRY_TERM)
    return overdue.delete()[1].get("alliance.Enquiry", 0)


def _handle(enquiry: Enquiry, status: str, by: User) -> Enquiry:
    enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    enquiry.become(status)
    enquiry.handled_at, enquiry.handled_by = timezone.now(), by
    return enquiry
