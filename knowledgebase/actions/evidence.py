"""The ladder of evidence: earned, dated, gone when nobody confirms it in time."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase import emails
from knowledgebase.models import EvidenceStep, Judgement, Practice
from knowledgebase.models.choices import Evidence
from knowledgebase.models.evidence import STANDS_FOR
from smartsociety.core.models import User


class NotReproduced(Exception):
    """Fewer than two municipalities use it."""


class NotNow(Exception):
    """Earned in the future, or so long ago that it would have ended."""


@transaction.atomic
def earn(*, practice: Practice, level: str, note: str, url: str, earned_on: date, by: User) -> EvidenceStep:
    """A step from this day on; the same step again confirms it. Raises NotReproduced or NotNow."""
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    today = timezone.localdate()
    if earned_on > today or earned_on + STANDS_FOR <= today:
        raise NotNow(practice)
    if level == Evidence.REPRODUCED and municipalities_using(practice) < 2:
        raise NotReproduced(practice)
    step = EvidenceStep.objects.create(
        practice=practice,
        level=level,
        note=note,
        url=url,
        earned_on=earned_on,
        ends_on=earned_on + STANDS_FOR,
        created_by=by,
    )
    _carry(practice)
    return step


@transaction.atomic
def judge(*, practice: Practice, by: User, **words: object) -> Judgement:
    """Show what an expert finds."""
    return Judgement.objects.create(practice=practice, created_by=by, **words)


def expire_all() -> int:
    """Let steps end that nobody confirmed in time; the contact is told. Returns how many practices stepped down."""
    due = Practice.objects.filter(evidence_ends_on__lte=timezone.localdate())
    return sum(_expire(pk) for pk in due.values_list("pk", flat=True))


def municipalities_using(practice: Practice) -> int:
    """How many municipalities own it or have it in use."""
    owners = practice.parts.filter(role="owner").values("organisation")
    users = practice.adoptions.filter(stage__in=["in_use", "adapted"]).values("organisation")
    return Organisation.objects.filter(kind="municipality", pk__in=owners.union(users)).count()


@transaction.atomic
def _expire(pk: int) -> bool:
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=pk)
    before = practice.evidence
    _carry(practice)
    if practice.evidence == before:
        return False
    emails.evidence_ended(practice)
    return True


def _carry(practice: Practice) -> None:
    """The practice shows the highest step that stands today."""
    ladder = list(Evidence.values)
    standing = practice.evidence_steps.filter(ends_on__gt=timezone.localdate())
    best = max(standing, key=lambda step: (ladder.index(step.level), step.ends_on), default=None)
    practice.evidence = best.level if best else Evidence.DESCRIBED
    practice.evidence_earned_on = best.earned_on if best else None
    practice.evidence_ends_on = best.ends_on if best else None
    practice.save(update_fields=["evidence", "evidence_earned_on", "evidence_ends_on"])
