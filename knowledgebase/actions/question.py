"""What happens to a question to an owner: asked by mail, answered on a page, and then perhaps for everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from knowledgebase import emails
from knowledgebase.actions.practice import lock
from knowledgebase.models import Practice, Question
from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token, new_token

# A question that nobody answers is closed, so that its asker does not wait for ever.
ANSWER_TERM = timedelta(days=60)
# What was said between two parties goes when it has served; what both made public stays.
QUESTION_TERM = timedelta(days=365)
Status = Question.Status


class TooMany(Exception):
    """The owner has as many questions this month as it can answer."""


@transaction.atomic
def ask(
    *,
    practice: Practice,
    text: str,
    by: User,
    language: str,
    asker_agrees: bool = False,
    moments: Sequence[datetime] = (),
) -> Question:
    """Mail the owner a link to answer; neither sees the other's address. Raises TooMany past the owner's limit.

    Sent again while it waits, it is the one that waits, public or not as was said last.
    """
    practice = lock(practice)
    standing = Question.objects.standing(practice=practice, by=by, text=text, moments=moments).first()
    if standing:
        return agree(question=standing, agrees=asker_agrees, by=by)
    if is_full(practice):
        raise TooMany(practice)
    token, token_hash = new_token()
    question = Question.objects.create(
        practice=practice,
        asked_by=by,
        language=language,
        text=text,
        asker_agrees=asker_agrees,
        moments=list(moments),
        token_hash=token_hash,
    )
    emails.question_asked(question, token=token)
    emails.question_sent(question)
    return question


def is_full(practice: Practice) -> bool:
    """Whether the owner has had as many questions this month as it can answer; what is external has no owner here."""
    if not practice.contact_email:
        return True
    if practice.questions_a_month is None:
        return False
    return practice.questions.filter(asked_at__gte=_this_month()).count() >= practice.questions_a_month


def _this_month() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def with_token(token: str) -> Question | None:
    """The question of a link in a mail."""
    rows = Question.objects.select_related("practice", "asked_by")
    return rows.filter(token_hash=hash_token(token)).first()


@transaction.atomic
def answer(
    *,
    question: Question,
    text: str,
    owner_agrees: bool = False,
    meeting_at: datetime | None = None,
    by: User | None,
) -> Question:
    """Mail the answer, with the moment to talk that was picked. `by` is None for who came by the link.

    Raises InvalidTransition when it was answered before.
    """
    question = _lock(question)
    question.become(Status.ANSWERED)
    question.answer, question.answered_at = text, timezone.now()
    question.owner_agrees = owner_agrees
    question.meeting_at = meeting_at
    question.save()
    emails.question_answered(question)
    if question.meeting_at:
        emails.meeting_agreed(question)
    return question


@transaction.atomic
def close(*, question: Question, by: User | None) -> Question:
    """No answer will come; the asker is told. Raises InvalidTransition when it was answered before."""
    question = _lock(question)
    question.become(Status.CLOSED)
    question.answered_at = timezone.now()
    question.save()
    emails.question_closed(question)
    return question


@transaction.atomic
def agree(*, question: Question, agrees: bool, by: User) -> Question:
    """The asker lets everybody read question and answer, or takes that back."""
    question = _lock(question)
    question.asker_agrees = agrees
    question.save()
    return question


@transaction.atomic
def limit_questions(*, practice: Practice, number: int | None, by: User) -> None:
    """How many questions a month the owner can answer; None for as many as come."""
    Practice.objects.filter(pk=practice.pk).update(questions_a_month=number)


def close_unanswered() -> int:
    """Close what waited longer than its term. Returns how many."""
    overdue = Question.objects.filter(status=Status.OPEN, asked_at__lt=timezone.now() - ANSWER_TERM)
    for question in overdue:
        close(question=question, by=None)
    return len(overdue)


def erase_questions() -> int:
    """Forget old questions that are not public. Returns how many."""
    old = Question.objects.exclude(status=Status.OPEN).filter(answered_at__lt=timezone.now() - QUESTION_TERM)
    private = old.exclude(pk__in=Question.objects.public().values("pk"))
    return private.delete()[1].get("knowledgebase.Question", 0)


def _lock(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("practice", "asked_by")
    return rows.get(pk=question.pk)
