"""The one way a mail leaves: a row and a job in the caller's transaction, sent by the worker, retried with backoff."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from smartsociety.core.models import Mail
from smartsociety.core.tasks import deliver_mail


def send(
    kind: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    reply_to: str = "",
    unsubscribe_url: str = "",
) -> Mail:
    """Queue the mail that `templates/emails/<kind>.txt` words: its first line is the subject, the rest the text.

    The HTML part is laid out from the same text, so the two never differ. `unsubscribe_url` takes a POST without
    sign-in (RFC 8058) and is only for mail that people can have enough of. Returns the stored mail; when the
    transaction rolls back, there was never one.
    """
    with override(language):
        # Plain text: what a person typed must not arrive as &amp;.
        template = get_template(f"emails/{kind}.txt").template
        site = {"site_url": settings.SITE_URL, "contact_email": settings.SECRETARIAT_EMAIL}
        wording = template.render(Context({**site, **context}, autoescape=False))
        subject, text = re.sub(r"\n{3,}", "\n\n", wording).strip().split("\n", 1)
        return queue(
            kind=kind,
            to=to,
            language=language,
            subject=subject,
            text=text.strip(),
            reply_to=reply_to,
            unsubscribe_url=unsubscribe_url,
        )


@transaction.atomic
def queue(
    *,
    kind: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    reply_to: str = "",
    unsubscribe_url: str = "",
) -> Mail:
    """Store a mail that is already worded and defer its delivery, both in the caller's transaction."""
    with override(language):
        html = render_to_string(
            "emails/layout.html", {"subject": subject, "blocks": list(_blocks(text)), "language": language}
        )
    mail = Mail.objects.create(
        kind=kind,
        to=to,
        language=language,
        subject=" ".join(subject.split())[:200],  # a line break in it would be refused at sending, for ever
        text=text,
        html=html,
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
    )
    deliver_mail.defer(mail_id=mail.pk)
    return mail


def _blocks(text: str) -> Iterator[dict[str, str]]:
    """Paragraphs of `text`; "Label:" with one of our own addresses on the next line is a button."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip().split("\n")
        if len(lines) == 2 and lines[1].startswith(settings.SITE_URL + "/"):
            yield {"label": lines[0].rstrip(":"), "url": lines[1], "text": ""}
        elif paragraph.strip():
            yield {"label": "", "url": "", "text": paragraph.strip()}


def absolute_url(language: str, name: str, *args: object) -> str:
    """The full address of a named page in `language`, for in a mail."""
    with override(language):
        return settings.SITE_URL + reverse(name, args=args)


def sent_recently(kind: str, *, to: str) -> int:
    """How many mails of this kind went to this address in the last 24 hours; forms use it against mail bombing."""
    return Mail.objects.filter(kind=kind, to=to, created_at__gt=timezone.now() - timedelta(days=1)).count()


def retry(mail: Mail) -> None:
    """Queue a mail again that gave up; for staff."""
    deliver_mail.defer(mail_id=mail.pk)
