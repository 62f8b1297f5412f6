"""The ladder of evidence: earned, dated, gone when nobody confirms it in time."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase import emails
from knowledgebase.actions.practice import lock
from knowledgebase.models import Adoption, EvidenceRequest, EvidenceStep, Judgement, Practice
from knowledgebase.models.choices import Evidence
from knowledgebase.models.evidence import STANDS_FOR, WARNED_BEFORE
from smartsociety.core.mail import absolute_url
from smartsociety.core.models import User

IN_USE = (Adoption.Stage.IN_USE, Adoption.Stage.ADAPTED)
REPRODUCED_IN = 2  # municipalities
BELOW_REPRODUCED = (Evidence.DESCRIBED, Evidence.MEASURED)


class NotReproduced(Exception):
    """Fewer than two municipalities use it."""


class AskedAlready(Exception):
    """A request waits for an editor."""


class NoProof(Exception):
    """The report is gone: the attachment was removed and there is no address."""


class NotNow(Exception):
    """Earned in the future, or so long ago that it would have ended."""


@transaction.atomic
def earn(*, practice: Practice, level: str, note: str, url: str, earned_on: date, by: User) -> EvidenceStep:
    """A step from this day on; the same step again confirms it. Raises NotReproduced or NotNow."""
    practice = lock(practice)
    today = timezone.localdate()
    if earned_on > today or earned_on + STANDS_FOR <= today:
        raise NotNow(practice)
    if level == Evidence.REPRODUCED and municipalities_using(practice) < REPRODUCED_IN:
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
def ask(*, practice: Practice, by: User, **proof: object) -> EvidenceRequest:
    """Lay before the editors that a step was earned or still stands. Raises AskedAlready when one waits."""
    practice = lock(practice)
    if waiting(practice):
        raise AskedAlready(practice)
    return EvidenceRequest.objects.create(practice=practice, asked_by=by, **proof)


def waiting(practice: Practice) -> EvidenceRequest | None:
    """The request that an editor has to decide on."""
    asked = practice.evidence_requests.filter(status=EvidenceRequest.Status.ASKED)
    return asked.select_related("practice", "attachment", "asked_by").first()


@transaction.atomic
def grant(*, asked: EvidenceRequest, by: User) -> EvidenceRequest:
    """It is recorded as asked. The database refuses who asked.

    Raises InvalidTransition, NoProof, NotReproduced or NotNow.
    """
    asked = _decided(asked, EvidenceRequest.Status.GRANTED, by)
    earn(
        practice=asked.practice,
        level=asked.level,
        note=asked.note,
        url=_address(asked),
        earned_on=asked.earned_on,
        by=by,
    )
    return asked


@transaction.atomic
def refuse(*, asked: EvidenceRequest, reason: str, by: User) -> EvidenceRequest:
    """Not recorded, and why. Raises InvalidTransition when a colleague was first."""
    return _decided(asked, EvidenceRequest.Status.REFUSED, by, reason=reason)


def _address(asked: EvidenceRequest) -> str:
    """Where everybody can read it: elsewhere, or as an attachment; in the language of the practice."""
    if asked.url or asked.attachment is None:
        return asked.url
    practice = asked.practice
    return absolute_url(
        practice.language, "knowledgebase:attachment_download", practice.slug, asked.attachment_id
    )


def _decided(asked: EvidenceRequest, status: str, by: User, reason: str = "") -> EvidenceRequest:
    lock(asked.practice)
    rows = EvidenceRequest.objects.select_for_update(of=("self",))
    asked = rows.select_related("practice", "attachment", "asked_by").get(pk=asked.pk)
    asked.become(status)
    if status == EvidenceRequest.Status.GRANTED and not asked.has_proof:
        raise NoProof(asked)
    asked.reason, asked.decided_at, asked.decided_by = reason, timezone.now(), by
    asked.save()
    if asked.asked_by:
        emails.evidence_decided(asked, to=asked.asked_by)
    return asked


@transaction.atomic
def judge(*, practice: Practice, by: User, **words: object) -> Judgement:
    """Show what an expert finds."""
    return Judgement.objects.create(practice=practice, created_by=by, **words)


def expire_all() -> int:
    """Let steps end that nobody confirmed in time; the contact of a published practice is told.

    Returns how many practices stepped down.
    """
    due = Practice.objects.filter(evidence_ends_on__lte=timezone.localdate())
    return sum(_expire(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def warn_all() -> int:
    """Ask contacts to confirm steps that end soon, each once. Returns how many."""
    soon = timezone.localdate() + WARNED_BEFORE
    steps = EvidenceStep.objects.filter(
        warned_at=None,
        ends_on__gt=timezone.localdate(),
        ends_on__lte=soon,
        level=F("practice__evidence"),
        ends_on=F("practice__evidence_ends_on"),
        practice__status=Practice.Status.PUBLISHED,
    )
    due = list(steps.select_related("practice").select_for_update(of=("self",), skip_locked=True))
    for step in due:
        emails.evidence_ends(step)
        step.warned_at = timezone.now()
        step.save(update_fields=["warned_at"])
    return len(due)


def municipalities_using(practice: Practice) -> int:
    """How many municipalities have it in use: those that said so themselves, and who owns it.

    Owners count for one together: what is written down about another is not yet done again by it.
    """
    municipalities = Organisation.objects.filter(kind="municipality")
    users = municipalities.filter(adoptions__in=practice.adoptions.filter(stage__in=IN_USE))
    owners = municipalities.filter(pk__in=practice.owning_organisations()).exclude(pk__in=users)
    return users.count() + owners.exists()


@transaction.atomic
def _expire(pk: int) -> bool:
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=pk)
    before = practice.evidence
    _carry(practice)
    if practice.evidence == before:
        return False
    if practice.status == Practice.Status.PUBLISHED:
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
