"""A mail leaves with its data or not at all, is tried again, and is seen when it fails."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from smartsociety.core.mail import queue, retry, sent_recently
from smartsociety.core.models import Mail
from smartsociety.core.tasks import BACKOFF, deliver_mail, erase_old_mails

FIELDS = {"kind": "x/y", "to": "jan@gemeente.example", "language": "nl", "subject": "Welkom"}
TEXT = "Beste Jan & Co,\n\nKom kijken:\nhttp://localhost:8000/fieldlabs/\n\nTot ziens"


class Broken:
    """A mail server that refuses."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")


@pytest.fixture
def broken_server(settings, monkeypatch):
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend", Broken)


def test_mail_and_its_job_are_stored_together(db):
    mail = queue(text=TEXT, **FIELDS)

    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"mail_id": mail.pk}]
    assert (mail.sent_at, mail.attempts) == (None, 0)


def test_mail_of_a_change_that_failed_never_existed(transactional_db):
    with transaction.atomic():
        queue(text=TEXT, **FIELDS)
        transaction.set_rollback(True)

    assert (Mail.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_subject_is_one_line(db):
    mail = queue(text=TEXT, **{**FIELDS, "subject": "Schrijft u mee?\rA\n\x0bB"})
    assert mail.subject == "Schrijft u mee? A B"


def test_both_parts_say_the_same(db):
    mail = queue(text=TEXT, **FIELDS)

    assert mail.text == TEXT
    assert "Beste Jan &amp; Co," in mail.html
    assert 'href="http://localhost:8000/fieldlabs/"' in mail.html
    assert ">Kom kijken</a>" in mail.html


def test_address_of_somebody_else_is_no_button(db):
    mail = queue(text="Kijk:\nhttps://evil.example/", **FIELDS)

    assert 'class="button"' not in mail.html


def test_layout_speaks_the_language_of_the_mail(db):
    mail = queue(text="Hi", **{**FIELDS, "language": "en"})

    assert mail.html.lstrip().startswith("<!doctype html>")
    assert '<html lang="en">' in mail.html


def test_worker_sends_the_mail_once(run_jobs):
    mail = queue(text=TEXT, reply_to="info@gemeente.example", **FIELDS)
    deliver_mail.defer(mail_id=mail.pk)
    run_jobs()
    mail.refresh_from_db()
    (message,) = outbox.outbox

    assert (message.subject, message.to, message.reply_to) == ("Welkom", [mail.to], ["info@gemeente.example"])
    assert message.extra_headers == {"Content-Language": "nl", "Auto-Submitted": "auto-generated"}
    assert message.alternatives[0].content == mail.html
    assert (mail.attempts, mail.last_error, mail.sent_at is not None) == (1, "", True)


@pytest.mark.parametrize(("is_kept", "text"), [(False, ""), (True, TEXT)])
def test_text_of_a_sent_mail_is_erased_except_in_development(settings, db, is_kept, text):
    settings.MAIL_KEEP_TEXT = is_kept
    mail = queue(text=TEXT, **FIELDS)
    deliver_mail(mail_id=mail.pk)
    mail.refresh_from_db()

    assert (mail.text, bool(mail.html)) == (text, is_kept)


def test_text_goes_once_the_mail_is_sent(settings, run_jobs):
    settings.MAIL_KEEP_TEXT = False
    mail = queue(text=TEXT, **FIELDS)
    run_jobs()
    mail.refresh_from_db()

    assert outbox.outbox[0].body == TEXT
    assert (mail.text, mail.html) == ("", "")


def test_failing_mail_is_noted_and_tried_again_later(run_jobs, broken_server):
    mail = queue(text=TEXT, **FIELDS)
    run_jobs()
    mail.refresh_from_db()
    job = ProcrastinateJob.objects.get(task_name=deliver_mail.name)

    assert (mail.sent_at, mail.attempts, mail.last_error) == (
        None, 1, "ConnectionRefusedError: mail server is away",
    )  # fmt: skip
    assert (job.status, job.attempts, job.scheduled_at > timezone.now()) == ("todo", 1, True)
    assert list(Mail.objects.failing()) == [mail]


def test_mail_that_staff_tries_again_arrives(run_jobs):
    mail = queue(text=TEXT, **FIELDS)
    Mail.objects.update(attempts=8, last_error="ConnectionRefusedError")
    ProcrastinateJob.objects.all()._raw_delete(using="default")
    retry(mail)
    run_jobs()
    mail.refresh_from_db()

    assert (len(outbox.outbox), mail.last_error, mail.sent_at is not None) == (1, "", True)


def test_mail_that_is_gone_is_no_error(db):
    deliver_mail(mail_id=1)

    assert outbox.outbox == []


def test_tries_span_about_a_day():
    """Procrastinate waits exponential_wait ** (attempts + 1) after a try, `attempts` counting those before it."""
    waits = [BACKOFF.exponential_wait ** (attempt + 1) for attempt in range(BACKOFF.max_attempts)]

    assert 20 < sum(waits) / 3600 < 30


def test_mails_go_after_their_term_sent_or_not(settings, db):
    now = timezone.now()
    for subject, days, sent_at in [("old", 31, now), ("old, never left", 31, None), ("young", 29, now)]:
        mail = Mail.objects.create(to="a@b.example", subject=subject, text="x", kind="x/y", sent_at=sent_at)
        Mail.objects.filter(pk=mail.pk).update(created_at=now - timedelta(days=days))
    settings.MAIL_RETENTION_DAYS = 30

    erase_old_mails(timestamp=0)

    assert list(Mail.objects.values_list("subject", flat=True)) == ["young"]


def test_mails_of_a_day_are_counted_by_kind_and_reader(db):
    for kind, to in [
        ("x/y", "jan@gemeente.example"),
        ("x/z", "jan@gemeente.example"),
        ("x/y", "piet@gemeente.example"),
    ]:
        queue(text=TEXT, **{**FIELDS, "kind": kind, "to": to})
    Mail.objects.filter(to="piet@gemeente.example").update(created_at=timezone.now() - timedelta(days=2))

    assert sent_recently("x/y", to="jan@gemeente.example") == 1
    assert sent_recently("x/y", to="piet@gemeente.example") == 0
