"""Fieldlabs in people's own calendars."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from fieldlabs.models import Fieldlab


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All public fieldlabs as an iCalendar subscription (RFC 5545), in Europe/Amsterdam with its VTIMEZONE."""
    feed = Calendar.new(name=_("Fieldlabs Smart Society"), language=request.LANGUAGE_CODE)
    for fieldlab in Fieldlab.objects.public():
        feed.add_component(_event(fieldlab))
    feed.add_missing_timezones()
    return HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(fieldlab: Fieldlab) -> Event:
    amsterdam = timezone.get_default_timezone()
    event = Event()
    event.add("uid", f"fieldlab-{fieldlab.pk}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", fieldlab.starts_at.astimezone(amsterdam))
    event.add("dtend", fieldlab.ends_at.astimezone(amsterdam))
    event.add("summary", fieldlab.title)
    event.add("description", fieldlab.summary)
    event.add("location", fieldlab.location)
    event.add("url", settings.SITE_URL + fieldlab.get_absolute_url())
    event.add("status", "CANCELLED" if fieldlab.status == Fieldlab.Status.CANCELLED else "CONFIRMED")
    return event
