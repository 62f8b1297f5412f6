"""A talk that an asker and who answers agreed on, for both their calendars."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from knowledgebase.models import Question
from smartsociety.core import mail

LASTS = timedelta(minutes=30)
_signer = Signer(salt="knowledgebase.meeting")


def meeting_url(question: Question, language: str) -> str:
    """Where its calendar file is; signed, because only the two parties have it."""
    return mail.absolute_url(language, "knowledgebase:meeting", _signer.sign(str(question.pk)))


def meeting_of(token: str) -> Question | None:
    """The question of such an address, once a talk was agreed."""
    try:
        pk = _signer.unsign(token)
    except BadSignature:
        return None
    return Question.objects.filter(pk=pk, meeting_at__isnull=False).select_related("practice").first()


def calendar_file(question: Question) -> bytes:
    """The talk as an iCalendar file (RFC 5545); it names nobody."""
    begins_at = question.meeting_at.astimezone(timezone.get_default_timezone())
    event = Event()
    event.add("uid", f"question-{question.pk}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", begins_at)
    event.add("dtend", begins_at + LASTS)
    event.add("summary", _("Talk about: %(title)s") % {"title": question.practice.title})
    said = (question.how_to_talk, question.text, question.answer)
    event.add("description", "\n\n".join(text for text in said if text))
    if question.how_to_talk:
        event.add("location", question.how_to_talk)
    event.add("url", settings.SITE_URL + question.practice.get_absolute_url())
    file = Calendar.new()
    file.add_component(event)
    file.add_missing_timezones()
    return file.to_ical()
