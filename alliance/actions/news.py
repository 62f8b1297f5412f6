"""News to those who agreed to it: sent once, in batches, and stopped with one press."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app

from alliance import emails
from alliance.actions.consent import unsubscribe_url
from alliance.models import News
from smartsociety.core.models import Consent, Mail, User

BATCH = 200
PURPOSE = Consent.Purpose.NEWS


class AlreadySent(Exception):
    """A news message is sent once; a colleague was first."""


class TextChanged(Exception):
    """The text is not the one that was on the screen."""


@transaction.atomic
def send_news(*, news: News, seen: str, by: User) -> News:
    """Start sending what the sender saw. Raises AlreadySent, or TextChanged when a colleague has edited it since."""
    news = News.objects.select_for_update(of=("self",)).get(pk=news.pk)
    if news.sent_at:
        raise AlreadySent(news)
    if seen != news.digest:
        raise TextChanged(news)
    news.sent_at, news.sent_by = timezone.now(), by
    news.save()
    app.configure_task("alliance.send_news").defer(news_id=news.pk)
    return news


def queue_batch(*, news_id: int, after: int) -> int | None:
    """Queue the mails to the next consents with a key above `after`; returns the last key, None when there are no more.

    Run again after a process died it queues nobody twice: each mail is known by its own address to unsubscribe.
    Call it in a transaction: the lock on the message keeps two workers from doing the same batch.
    """
    news = News.objects.select_for_update(of=("self",)).get(pk=news_id)
    agreed = Consent.objects.standing(PURPOSE).filter(pk__gt=after, given_at__lte=news.sent_at)
    batch = list(agreed.order_by("pk")[:BATCH])
    if not batch:
        return None
    ways_out = {consent: unsubscribe_url(consent, f"news-{news.pk}") for consent in batch}
    queued = set(
        Mail.objects.filter(kind="alliance/news", unsubscribe_url__in=ways_out.values()).values_list(
            "unsubscribe_url", flat=True
        )
    )
    for consent, way_out in ways_out.items():
        if way_out not in queued:
            emails.news(news, to=consent.email, language=consent.language, unsubscribe_url=way_out)
    return batch[-1].pk


def texts(news: News) -> list[dict[str, str]]:
    """The message in each language, for a preview."""
    shown = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            shown.append({"language": language, "subject": news.subject, "text": news.text})
    return shown
