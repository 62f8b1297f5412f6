"""Every twelve months: is this still right? Asked by mail, answered without signing in."""

from django.core import signing
from django.db import transaction
from django.utils import timezone

from alliance.models import Membership
from knowledgebase import emails
from knowledgebase.actions.practice import lock
from knowledgebase.models import Practice
from knowledgebase.models.practice import ASKED_AFTER, UNCONFIRMED_AFTER
from smartsociety.core.models import User

_SALT = "knowledgebase.still_right"


class DeadLink(Exception):
    """The link was used, is not ours, or the practice is not published any more."""


def ask_all() -> int:
    """Ask the contact of every practice that nobody confirmed for a year. Returns how many were asked."""
    due = Practice.objects.to_ask(timezone.localdate() - ASKED_AFTER)
    return sum(_ask(pk) for pk in due.values_list("pk", flat=True))


def ask_others_all() -> int:
    """Ask the representatives of the owners where the contact was silent. Returns of how many practices."""
    silent = Practice.objects.published().filter(
        asked_at__lte=timezone.now() - UNCONFIRMED_AFTER, others_asked_at=None
    )
    return sum(_ask_others(pk) for pk in silent.values_list("pk", flat=True))


@transaction.atomic
def confirm(*, practice: Practice, by: User | None = None) -> Practice:
    """Somebody of an owner says yes; it counts from today. Raises DeadLink when it is not published."""
    practice = lock(practice)
    if practice.status != Practice.Status.PUBLISHED:
        raise DeadLink(practice)
    practice.confirm()
    practice.save(update_fields=["checked_on", "asked_at", "others_asked_at"])
    return practice


@transaction.atomic
def answer_yes(*, token: str) -> Practice:
    """Whoever has the link says yes, once. Raises DeadLink."""
    lock(asked_by(token))
    return confirm(practice=asked_by(token))  # read again: two clicks, one answer


@transaction.atomic
def not_the_contact(*, token: str) -> Practice:
    """Whoever reads the mailbox is not the contact any more: the representatives are asked at once. Raises DeadLink."""
    practice = asked_by(token)
    _ask_others(practice.pk)
    return practice


def token_for(practice: Practice) -> str:
    """The secret in the link. It names the moment of asking, so that an answer makes it worthless."""
    return signing.dumps([practice.pk, practice.asked_at.isoformat()], salt=_SALT)


def asked_by(token: str) -> Practice:
    """The practice that the link asks about. Raises DeadLink."""
    try:
        pk, asked_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise DeadLink from error
    practice = Practice.objects.published().with_card_data().filter(pk=pk, asked_at=asked_at).first()
    if practice is None:
        raise DeadLink
    return practice


@transaction.atomic
def _ask(pk: int) -> bool:
    due = Practice.objects.to_ask(timezone.localdate() - ASKED_AFTER).filter(pk=pk)
    practice = due.select_for_update(of=("self",)).first()
    if practice is None:
        return False
    practice.asked_at = timezone.now()
    practice.save(update_fields=["asked_at"])
    emails.still_right(
        practice, to=practice.contact_email, language=practice.language, token=token_for(practice)
    )
    return True


@transaction.atomic
def _ask_others(pk: int) -> bool:
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=pk)
    if practice.asked_at is None or practice.others_asked_at is not None:  # answered or asked just now
        return False
    practice.others_asked_at = timezone.now()
    practice.save(update_fields=["others_asked_at"])
    people = Membership.objects.filter(
        organisation__practice_parts__practice=practice,
        organisation__practice_parts__role="owner",
        role="representative",
        user__is_active=True,
    ).select_related("user")
    for person in {membership.user for membership in people}:
        emails.still_right(practice, to=person.email, language=person.language, token=token_for(practice))
    return True
