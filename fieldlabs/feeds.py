"""Fieldlabs in people's own calendars."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from fieldlabs.filters import OutcomeFilter
from fieldlabs.models import Fieldlab, Outcome


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


NEWEST = 30


class OutcomeFeed(Feed):
    """Outcomes as they are published, the newest first; narrowed by the same choices as the list."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> OutcomeFilter:
        """The choices in the address."""
        return OutcomeFilter(request.GET, queryset=Outcome.objects.public())

    def title(self, chosen: OutcomeFilter) -> str:
        return _("Outcomes of the Smart Society fieldlabs")

    def link(self, chosen: OutcomeFilter) -> str:
        """The same list as a page."""
        address = reverse("fieldlabs:outcome_search")
        return f"{address}?{chosen.query}" if chosen.query else address

    def items(self, chosen: OutcomeFilter) -> list[Outcome]:
        found = Outcome.objects.filter(pk__in=chosen.qs.order_by().values("pk")).with_card_data()
        return list(found.order_by("-published_at", "-pk")[:NEWEST])

    def item_title(self, outcome: Outcome) -> str:
        return outcome.title

    def item_description(self, outcome: Outcome) -> str:
        """What was learned, as HTML."""
        return linebreaks(outcome.learned, autoescape=True)

    def item_guid(self, outcome: Outcome) -> str:
        """The Dutch address: the same in both languages."""
        with override("nl"):
            return settings.SITE_URL + outcome.get_absolute_url()

    def item_pubdate(self, outcome: Outcome) -> datetime:
        return outcome.published_at

    def item_updateddate(self, outcome: Outcome) -> datetime:
        return outcome.published_at
