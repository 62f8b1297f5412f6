"""What was queued for whom."""

import re

from procrastinate.contrib.django.models import ProcrastinateJob

from smartsociety.core.models import Mail


def queued() -> list[tuple[str, str, str]]:
    """Each mail that the worker will send, in order: (kind, to, language). A mail without its job would never leave."""
    mails = list(Mail.objects.order_by("pk"))
    jobs = ProcrastinateJob.objects.filter(task_name="core.deliver_mail").order_by("id")
    assert [job.args["mail_id"] for job in jobs] == [mail.pk for mail in mails]
    return [(mail.kind, mail.to, mail.language) for mail in mails]


def newest(kind: str) -> Mail:
    """The last mail of this kind."""
    return Mail.objects.filter(kind=kind).latest("pk")


def links_in(mail: Mail) -> list[str]:
    """The addresses that the text names, each on its line."""
    return re.findall(r"^https?://\S+$", mail.text, re.MULTILINE)
