"""Background work of the ground, run by `manage.py procrastinate worker`."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from smartsociety.core import content, limits
from smartsociety.core.models import Mail

# Eight tries in about a day: a mail server may be away for a night.
BACKOFF = RetryStrategy(max_attempts=7, exponential_wait=5)


@app.task(name="core.deliver_mail", queue="mail", retry=BACKOFF)
def deliver_mail(*, mail_id: int) -> None:
    """Send one mail of `core.mail` unless it was sent before. A failure is noted for staff, then retried."""
    mail = Mail.objects.filter(pk=mail_id, sent_at=None).first()
    if mail is None:
        return
    Mail.objects.filter(pk=mail_id).update(attempts=F("attempts") + 1)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        alternatives=[(mail.html, "text/html")],
        headers=_headers(mail),
    )
    try:
        message.send()
    except Exception as error:
        Mail.objects.filter(pk=mail_id).update(last_error=f"{type(error).__name__}: {error}"[:500])
        raise
    # Texts hold codes and links that open doors: once sent they are nobody's business.
    erased = {} if settings.MAIL_KEEP_TEXT else {"text": "", "html": ""}
    Mail.objects.filter(pk=mail_id).update(sent_at=timezone.now(), last_error="", **erased)


def _headers(mail: Mail) -> dict[str, str]:
    headers = {"Content-Language": mail.language, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:  # RFC 8058: the mail program itself offers to stop
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


@app.periodic(cron="*/5 * * * *")
@app.task(name="core.retry_stalled_jobs", queueing_lock="core.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context, timestamp: int) -> None:
    """Give jobs back whose worker died, so that nothing is lost."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="core.fold_content_changes", queueing_lock="core.fold_content_changes")
def fold_content_changes(timestamp: int) -> None:
    """Keep the table of changes small, since every request adds it up."""
    content.fold()


@app.periodic(cron="20 3 * * *")
@app.task(name="core.erase_old_mails", queueing_lock="core.erase_old_mails")
def erase_old_mails(timestamp: int) -> None:
    """Mails hold personal data: they go after MAIL_RETENTION_DAYS, also those that never left."""
    Mail.objects.filter(created_at__lt=timezone.now() - timedelta(days=settings.MAIL_RETENTION_DAYS)).delete()


@app.periodic(cron="30 3 * * *")
@app.task(name="core.clear_sessions", queueing_lock="core.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that ended are forgotten."""
    call_command("clearsessions")


@app.periodic(cron="35 3 * * *")
@app.task(name="core.erase_rate_counts", queueing_lock="core.erase_rate_counts")
def erase_rate_counts(timestamp: int) -> None:
    """Counts of windows that ended are forgotten."""
    limits.erase_counts()


@app.periodic(cron="50 3 * * *")
@app.task(name="core.remove_old_jobs", queueing_lock="core.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context, timestamp: int) -> None:
    """Work that is done is forgotten after a week, work that gave up after a month."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 7)
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 30, include_failed=True)
