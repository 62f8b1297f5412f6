"""What happens to a practice: whole or not at all, mail in the same transaction."""

from django.db import transaction
from django.utils import timezone

from fieldlabs.models import Outcome
from knowledgebase import emails
from knowledgebase.models import Practice, PracticeOrganisation
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug


class NotComplete(Exception):
    """A core field is still empty."""


@transaction.atomic
def start_from_outcome(*, outcome: Outcome, by: User) -> Practice:
    """A draft practice with everything filled in that the outcome knows; the owner's people are invited."""
    practice = Practice.objects.create(
        title=outcome.title[:80],
        slug=unique_slug(Practice, outcome.title),
        language=outcome.language,
        outcome=outcome,
        approach=outcome.made[:1200],
        result=outcome.learned[:900],
        shortfall=outcome.failed[:900],
        started_year=timezone.localtime(outcome.fieldlab.starts_at).year,
        created_by=by,
    )
    practice.themes.set(outcome.fieldlab.themes.all()[:3])
    if outcome.organisation:
        PracticeOrganisation.objects.create(practice=practice, organisation=outcome.organisation)
        emails.outcome_became_practice(practice)
    return practice


@transaction.atomic
def submit(*, practice: Practice, by: User) -> Practice:
    """Send a draft in for review. Raises NotComplete, or InvalidTransition when it was sent in before."""
    practice = _lock(practice)
    if practice.missing_core_fields or not practice.parts.filter(role="owner").exists():
        raise NotComplete(practice)
    practice.become(Practice.Status.SUBMITTED)
    practice.submitted_by = by
    practice.save()
    return practice


@transaction.atomic
def start_review(*, practice: Practice, by: User) -> Practice:
    """An editor takes it from the list. Raises InvalidTransition when a colleague was first."""
    practice = _lock(practice)
    practice.become(Practice.Status.IN_REVIEW)
    practice.save()
    return practice


@transaction.atomic
def send_back(*, practice: Practice, remark: str, by: User) -> Practice:
    """Back to the one who sent it in, with what to improve."""
    practice = _lock(practice)
    sender = practice.submitted_by
    practice.become(Practice.Status.DRAFT)
    practice.submitted_by = None
    practice.save()
    if sender:
        emails.practice_returned(practice, to=sender, remark=remark)
    return practice


@transaction.atomic
def publish(*, practice: Practice, by: User) -> Practice:
    """Into the knowledge base; the owners are told. The database refuses a publisher who sent it in."""
    practice = _lock(practice)
    practice.become(Practice.Status.PUBLISHED)
    practice.published_at, practice.published_by = timezone.now(), by
    practice.checked_on = timezone.localdate()
    practice.save()
    emails.practice_published(practice)
    return practice


def _lock(practice: Practice) -> Practice:
    """The row as it is now, held until the transaction ends."""
    return Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
