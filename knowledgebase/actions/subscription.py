"""What happens to a subscription: begun, changed, stopped."""

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from knowledgebase.models import Subscription, Tag
from knowledgebase.models.subscription import LONGEST_QUERY, Frequency
from smartsociety.core import mail
from smartsociety.core.models import User

_signer = Signer(salt="knowledgebase.subscription")


@transaction.atomic
def follow(*, by: User, frequency: str, **target) -> Subscription:
    """Follow one thing: `theme=`, `tag=`, `practice=`, `organisation=`, `project=` or `query=`. Twice: another pace."""
    subscription, is_new = Subscription.objects.get_or_create(
        user=by, **target, defaults={"frequency": frequency}
    )
    return subscription if is_new else change_pace(subscription=subscription, frequency=frequency, by=by)


@transaction.atomic
def change_pace(*, subscription: Subscription, frequency: str, by: User) -> Subscription:
    """Another frequency. Who comes back from a pause is not told of all that came meanwhile."""
    # As it is now: a digest that went out since it was read is not sent again.
    subscription = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if subscription.frequency == Frequency.PAUSED:
        subscription.seen_at = timezone.now()
    subscription.frequency = frequency
    subscription.save(update_fields=["frequency", "seen_at"])
    return subscription


@transaction.atomic
def unfollow(*, subscription: Subscription, by: User) -> None:
    """Not any more."""
    subscription.delete()


@transaction.atomic
def move_followers(*, tag: Tag, into: Tag) -> None:
    """Who follows `tag`, by itself or in a saved search, follows `into` from now on."""
    rows = Subscription.objects.select_for_update(of=("self",)).order_by("pk")
    for row in rows.filter(tag=tag):
        _follow_instead(row, tag=into)
    for row in rows.filter(query__contains=tag.slug):
        asked = QueryDict(row.query, mutable=True)
        if tag.slug in asked.getlist("tag"):
            asked.setlist("tag", sorted({*asked.getlist("tag"), into.slug} - {tag.slug}))
            _follow_instead(row, query=asked.urlencode())


def _follow_instead(row: Subscription, **target) -> None:
    """The same person, the same pace; who follows both keeps one, and rather the one that mails."""
    other = Subscription.objects.filter(user=row.user_id, **target).first()
    if len(target.get("query", "")) > LONGEST_QUERY:
        return  # it stays as it is: the list takes an old tag for the one that stays
    if other and (other.frequency != Frequency.PAUSED or row.frequency == Frequency.PAUSED):
        row.delete()
        return
    if other:
        other.delete()
    Subscription.objects.filter(pk=row.pk).update(**target)


def stop_url(user: User) -> str:
    """The address that stops all these mails; signed, so that nobody stops another's, and always the same."""
    return mail.absolute_url(user.language, "knowledgebase:follow_stop", _signer.sign(str(user.pk)))


def follower_of(token: str) -> User | None:
    """Whose address to stop this is; None when it is not ours."""
    try:
        return User.objects.filter(pk=_signer.unsign(token)).first()
    except BadSignature:
        return None


@transaction.atomic
def stop_mails(*, user: User) -> int:
    """No more mails of what this person follows; what it was is kept, so that it can begin again."""
    return Subscription.objects.filter(user=user).update(frequency=Frequency.PAUSED)
