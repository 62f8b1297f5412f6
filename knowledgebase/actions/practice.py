"""What happens to a practice: whole or not at all, mail in the same transaction.

Two at once wait for each other in one order: an action that holds what belongs to a practice, such as a proposed change
or an invitation, first holds the practice with `lock`. The other way round each could wait for the other.
"""

from django.db import transaction
from django.utils import timezone

from knowledgebase import emails
from knowledgebase.models import Practice, Remark, Review
from knowledgebase.models.review import REMARKABLE
from smartsociety.core.models import User
from smartsociety.core.states import InvalidTransition


class NotComplete(Exception):
    """A core field is still empty, or no government owns it."""


@transaction.atomic
def submit(*, practice: Practice, by: User) -> Practice:
    """Send a draft in for review. Raises NotComplete, or InvalidTransition when it was sent in before."""
    practice = lock(practice)
    if practice.missing_core_fields or not practice.has_government_owner:
        raise NotComplete(practice)
    practice.become(Practice.Status.SUBMITTED)
    practice.submitted_by, practice.submitted_at = by, timezone.now()
    practice.save()
    Remark.objects.open_on(practice).update(is_settled=True)
    return practice


@transaction.atomic
def assign(*, practice: Practice, reviewer: User, by: User) -> Review:
    """Ask a colleague to read it; who had it before is released. Does not begin the review.

    Raises InvalidTransition when nobody has to read it any more.
    """
    practice = lock(practice)
    if practice.status not in (Practice.Status.SUBMITTED, Practice.Status.IN_REVIEW):
        raise InvalidTransition(practice, Practice.Status.IN_REVIEW)
    review, _created = Review.objects.update_or_create(
        practice=practice, ending="", defaults={"reviewer": reviewer, "created_by": by}
    )
    if reviewer != by:
        emails.review_asked(practice, to=reviewer)
    return review


@transaction.atomic
def start_review(*, practice: Practice, by: User) -> Practice:
    """An editor takes it from the list. Raises InvalidTransition when a colleague was first."""
    practice = lock(practice)
    practice.become(Practice.Status.IN_REVIEW)
    practice.save()
    Review.objects.update_or_create(practice=practice, ending="", defaults={"reviewer": by, "created_by": by})
    return practice


@transaction.atomic
def send_back(*, practice: Practice, remarks: dict[str, str], by: User) -> Practice:
    """Back to the one who sent it in, with what to improve per field ("" is about the whole)."""
    practice = lock(practice)
    sender = practice.submitted_by
    practice.become(Practice.Status.DRAFT)
    practice.submitted_by = practice.submitted_at = None
    practice.save()
    review = _end_review(practice, Review.Ending.RETURNED, by)
    made = Remark.objects.bulk_create(
        Remark(review=review, field=field, text=remarks[field]) for field in REMARKABLE if remarks.get(field)
    )
    if sender:
        emails.practice_returned(practice, to=sender, remarks=made)
    return practice


@transaction.atomic
def publish(*, practice: Practice, by: User) -> Practice:
    """Into the knowledge base; the owners are told. The database refuses a publisher who sent it in."""
    practice = lock(practice)
    practice.become(Practice.Status.PUBLISHED)
    practice.published_at, practice.published_by = timezone.now(), by
    practice.confirm()
    practice.save()
    _end_review(practice, Review.Ending.PUBLISHED, by)
    emails.practice_published(practice)
    return practice


@transaction.atomic
def archive(*, practice: Practice, by: User | None) -> Practice:
    """Out of the knowledge base; whoever has the address still reads it. Raises InvalidTransition."""
    practice = lock(practice)
    practice.become(Practice.Status.ARCHIVED)
    practice.save()
    return practice


@transaction.atomic
def bring_back(*, practice: Practice, by: User) -> Practice:
    """From the archive into the knowledge base, confirmed today. Raises InvalidTransition."""
    practice = lock(practice)
    practice.become(Practice.Status.PUBLISHED)
    practice.confirm()
    practice.save()
    return practice


def lock(practice: Practice) -> Practice:
    """The row as it is now, held until the transaction ends."""
    return Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)


def _end_review(practice: Practice, ending: str, by: User) -> Review:
    review, _created = Review.objects.get_or_create(
        practice=practice, ending="", defaults={"reviewer": by, "created_by": by}
    )
    review.ending = ending
    review.save()
    return review
