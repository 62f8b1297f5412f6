"""Asking participants what they thought, so that nobody can tell who answered what."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.models import Fieldlab, QuestionnaireAnswer, QuestionnaireInvitation, Report
from smartsociety.core.tokens import hash_token, new_token

ANSWER_TERM = timedelta(days=30)
# What people wrote themselves is forgotten this long after the fieldlab; the numbers stay.
COMMENT_TERM = timedelta(days=365)


def ask_all() -> int:
    """Mail everybody who came to a fieldlab that was held and about which nobody was asked. Returns how many."""
    held = Fieldlab.objects.held().filter(ends_at__gt=timezone.now() - ANSWER_TERM)
    return sum(_ask(pk) for pk in held.exclude(report__asked_at__isnull=False).values_list("pk", flat=True))


def find(token: str) -> QuestionnaireInvitation | None:
    """The invitation behind this link, until it is answered or its term has passed."""
    invited = QuestionnaireInvitation.objects.select_related("registration__fieldlab")
    return invited.filter(token_hash=hash_token(token), sent_at__gt=timezone.now() - ANSWER_TERM).first()


@transaction.atomic
def answer(*, invitation: QuestionnaireInvitation, answer: QuestionnaireAnswer) -> QuestionnaireAnswer:
    """Keep the answer and forget the invitation. Raises DoesNotExist when it was answered already."""
    held = QuestionnaireInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    answer.fieldlab_id = invitation.registration.fieldlab_id
    answer.save(force_insert=True)
    held.delete()
    return answer


def erase() -> None:
    """Forget links that were never used, and comments after their term."""
    now = timezone.now()
    QuestionnaireInvitation.objects.filter(sent_at__lt=now - ANSWER_TERM).delete()
    old = QuestionnaireAnswer.objects.filter(fieldlab__ends_at__lt=now - COMMENT_TERM)
    old.exclude(comment="").update(comment="")


@transaction.atomic
def _ask(pk: int) -> int:
    fieldlab = Fieldlab.objects.select_for_update(no_key=True).get(pk=pk)
    report, _made = Report.objects.get_or_create(fieldlab=fieldlab)
    if report.asked_at is not None:
        return 0
    report.asked_at = timezone.now()
    report.save(update_fields=["asked_at"])
    came = fieldlab.registrations.filter(status__in=["registered", "attended"]).exclude(email="")
    for registration in came.select_related("fieldlab"):
        token, token_hash = new_token()
        QuestionnaireInvitation.objects.create(registration=registration, token_hash=token_hash)
        emails.questionnaire(registration, token=token)
    return len(came)
