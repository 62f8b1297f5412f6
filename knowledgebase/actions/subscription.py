"""What happens to a subscription: begun, changed, stopped."""

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from knowledgebase.models import Subscription
from knowledgebase.models.subscription import Frequency
from smartsociety.core import mail
from smartsociety.core.models import User

_signer = Signer(salt="knowledgebase.subscription")


@transaction.atomic
def follow(*, by: User, frequency: str, **target) -> Subscription:
    """Follow one thing: `theme=`, `tag=`, `practice=`, `organisation=`, `project=` or `query=`. Twice: another pace."""
    subscription, _is_new = Subscription.objects.update_or_create(
        user=by, **target, defaults={"frequency": frequency}
    )
    return subscription


@transaction.atomic
def change_pace(*, subscription: Subscription, frequency: str, by: User) -> None:
    """Another frequency. Who comes back from a pause is not told of all that came meanwhile."""
    if subscription.frequency == Frequency.PAUSED:
        subscription.seen_at = timezone.now()
    subscription.frequency = frequency
    subscription.save()


@transaction.atomic
def unfollow(*, subscription: Subscription, by: User) -> None:
    """Not any more."""
    subscription.delete()


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
