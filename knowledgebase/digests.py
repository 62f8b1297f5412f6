"""The one mail about all that somebody follows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from knowledgebase import emails
from knowledgebase.actions.subscription import stop_url
from knowledgebase.following import Line, is_due, news_of, subject_of
from knowledgebase.models import Subscription
from knowledgebase.models.subscription import Frequency

# What is published while we look is seen a moment later, when its transaction has ended for sure.
SETTLED = timedelta(minutes=1)


def send_digests(now: datetime | None = None) -> int:
    """To everybody for whom something is due one mail with all of it. Returns how many mails."""
    now = now or timezone.now()
    waiting = Subscription.objects.exclude(frequency=Frequency.PAUSED).filter(user__is_active=True)
    people = waiting.order_by("user").values_list("user", flat=True).distinct()
    return sum(_send_digest(pk, now) for pk in list(people))


@transaction.atomic
def _send_digest(user_id: int, now: datetime) -> bool:
    """One person. The lock keeps two workers from mailing the same; what is told is noted in the same transaction."""
    rows = Subscription.objects.select_for_update(of=("self",), skip_locked=True).filter(user=user_id)
    related = ("user", "theme", "tag", "practice", "organisation", "project")
    due = [each for each in rows.select_related(*related) if is_due(each, now)]
    if not due:
        return False
    user, until = due[0].user, now - SETTLED
    with override(user.language):
        parts = [(subject_of(each), news_of(each, until)) for each in due]
    Subscription.objects.filter(pk__in=[each.pk for each in due], seen_at__lt=until).update(seen_at=until)
    parts = [(subject, lines) for subject, lines in _each_once(parts) if lines]
    if parts:
        emails.digest(user, parts, unsubscribe_url=stop_url(user))
    return bool(parts)


def _each_once(parts: list[tuple[str, list[Line]]]) -> list[tuple[str, list[Line]]]:
    """What came for several things that somebody follows is told at the first of them alone."""
    told: set[Line] = set()
    found = []
    for subject, lines in parts:
        found.append((subject, [line for line in lines if line not in told]))
        told.update(lines)
    return found
