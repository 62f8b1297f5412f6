"""What happens to a question about a practice: asked by mail, answered on a page, and then perhaps for everybody.

It is for the owner, or for an organisation that uses the practice too and agreed to be asked: its `adoption`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from knowledgebase import emails
from knowledgebase.actions.practice import lock
from knowledgebase.addressees import can_be_asked, is_full
from knowledgebase.models import Adoption, Practice, Question
from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token, new_token

# A question that nobody answers is closed, so that its asker does not wait for ever.
ANSWER_TERM = timedelta(days=60)
# What was said between two parties goes when it has served; what both made public stays.
QUESTION_TERM = timedelta(days=365)
# How to reach each other for a talk is of no use after it, also when the answer is public.
TALK_TERM = timedelta(days=30)
Status = Question.Status


class TooMany(Exception):
    """Whom it is for has as many questions this month as it can answer, or cannot be asked at all."""


class NotForEverybody(Exception):
    """The question holds an e-mail address or a telephone number."""


@transaction.atomic
def ask(
    *,
    practice: Practice,
    text: str,
    by: User,
    language: str,
    adoption: Adoption | None = None,
    asker_agrees: bool = False,
    moments: Sequence[datetime] = (),
) -> Question:
    """Mail a link to answer; neither sees the other's address. Raises TooMany past the limit of whom it is for.

    Sent again while it waits, it is the one that waits, public or not as was said last.
    """
    practice = lock(practice)
    said = {"practice": practice, "adoption": adoption, "text": text, "moments": list(moments)}
    standing = Question.objects.standing(by=by, **said).first()
    if standing:
        return agree(question=standing, agrees=asker_agrees, by=by)
    if not (can_be_asked(practice, adoption) and not is_full(practice, adoption)):
        raise TooMany(practice)
    token, token_hash = new_token()
    question = Question.objects.create(
        asked_by=by,
        language=language,
        asker_agrees=asker_agrees,
        token_hash=token_hash,
        **said,
    )
    emails.question_asked(question, token=token)
    emails.question_sent(question)
    return question


def with_token(token: str) -> Question | None:
    """The question of a link in a mail."""
    rows = Question.objects.select_related("practice", "asked_by", "adoption__organisation")
    return rows.filter(token_hash=hash_token(token)).first()


@transaction.atomic
def answer(
    *,
    question: Question,
    text: str,
    owner_agrees: bool = False,
    meeting_at: datetime | None = None,
    how_to_talk: str = "",
    by: User | None,
) -> Question:
    """Mail the answer, with the moment to talk that was picked and how. `by` is None for who came by the link.

    Raises InvalidTransition when it was answered before.
    """
    question = _lock(question)
    question.become(Status.ANSWERED)
    question.answer, question.answered_at = text, timezone.now()
    question.owner_agrees = owner_agrees
    question.meeting_at, question.how_to_talk = meeting_at, how_to_talk
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
    """The asker lets everybody read question and answer, or takes that back. Raises NotForEverybody."""
    question = _lock(question)
    if agrees and not question.can_be_public:
        raise NotForEverybody(question)
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


def erase_ways_to_talk() -> int:
    """Forget how two parties reached each other, once they talked. Returns how many."""
    before = timezone.now() - TALK_TERM
    talked = Q(meeting_at__lt=before) | Q(meeting_at=None, answered_at__lt=before)
    return Question.objects.exclude(how_to_talk="").filter(talked).update(how_to_talk="")


def _lock(question: Question) -> Question:
    rows = Question.objects.select_for_update(of=("self",))
    return rows.select_related("practice", "asked_by", "adoption__organisation").get(pk=question.pk)
