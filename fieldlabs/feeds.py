"""Fieldlabs in people's own calendars and feed readers."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from alliance.models import Theme
from fieldlabs.filters import CaseFilter, FieldlabFilter, OutcomeFilter
from fieldlabs.models import Case, Fieldlab, Outcome, PersonalAgenda, Registration
from fieldlabs.models.agenda import SEAL
from smartsociety.core.feeds import ListFeed
from smartsociety.core.tokens import unsealed


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All public fieldlabs as an iCalendar subscription (RFC 5545), in Europe/Amsterdam with its VTIMEZONE."""
    return _answer(_("Fieldlabs Smart Society"), map(_event, Fieldlab.objects.public()))


@require_safe
def theme_calendar(request: HttpRequest, theme: str) -> HttpResponse:
    """The same, of one theme."""
    found = get_object_or_404(Theme, slug=theme)
    name = _("Fieldlabs Smart Society: %(theme)s") % {"theme": found.name}
    return _answer(name, map(_event, Fieldlab.objects.public().filter(themes=found)))


@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own fieldlabs, by the secret address; what is only for those registered is in it."""
    code = unsealed(SEAL, token)
    agenda = PersonalAgenda.objects.select_related("user").filter(code=code, user__is_active=True).first()
    if agenda is None:
        raise Http404("No calendar has this address.")
    mine = Registration.objects.standing().filter(user=agenda.user).with_names()
    response = _answer(_("My fieldlabs"), map(_own_event, mine))
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def registration_calendar(registration: Registration) -> bytes:
    """One registration as a file."""
    return _ical(_("My fieldlab"), [_own_event(registration)])


def _answer(name: str, events: Iterable[Event]) -> HttpResponse:
    return HttpResponse(_ical(name, events), content_type="text/calendar; charset=utf-8")


def _ical(name: str, events: Iterable[Event]) -> bytes:
    feed = Calendar.new(name=name, language=get_language())
    for event in events:
        feed.add_component(event)
    feed.add_missing_timezones()
    return feed.to_ical()


def _event(fieldlab: Fieldlab) -> Event:
    """The same UID whatever changes; SEQUENCE counts the changes that matter."""
    amsterdam = timezone.get_default_timezone()
    event = Event()
    event.add("uid", f"fieldlab-{fieldlab.pk}@{settings.SITE_URL.partition('://')[2]}")
    event.add("sequence", fieldlab.sequence)
    event.add("dtstamp", fieldlab.changed_at)
    event.add("last-modified", fieldlab.changed_at)
    event.add("dtstart", fieldlab.starts_at.astimezone(amsterdam))
    event.add("dtend", fieldlab.ends_at.astimezone(amsterdam))
    event.add("summary", fieldlab.title)
    event.add("description", fieldlab.summary)
    event.add("location", fieldlab.location)
    event.add("url", settings.SITE_URL + fieldlab.get_absolute_url())
    event.add("status", "CANCELLED" if fieldlab.status == Fieldlab.Status.CANCELLED else "CONFIRMED")
    return event


def _own_event(registration: Registration) -> Event:
    """As everybody sees it, with how this person stands and the link for online."""
    fieldlab = registration.fieldlab
    event = _event(fieldlab)
    lines = [fieldlab.summary, f"{registration.organisation_label}: {registration.get_status_display()}"]
    if registration.has_place and fieldlab.online_link:
        lines.append(fieldlab.online_link)
    address = reverse("fieldlabs:registration_detail", args=[registration.token])
    lines.append(settings.SITE_URL + address)
    del event["description"]
    event.add("description", "\n\n".join(lines))
    if not registration.has_place and event["status"] != "CANCELLED":
        del event["status"]
        event.add("status", "TENTATIVE")
    return event


class FieldlabFeed(ListFeed):
    """Fieldlabs as they are announced, and as they change."""

    list_name, feed_name = "fieldlabs:fieldlab_list", "fieldlabs:fieldlab_feed"
    name, filter, changed = gettext_lazy("Fieldlabs"), FieldlabFilter, "changed_at"

    def rows(self) -> QuerySet[Fieldlab]:
        return Fieldlab.objects.public().with_card_data()

    def item_title(self, fieldlab: Fieldlab) -> str:
        """With its state, when that is news."""
        if fieldlab.status == Fieldlab.Status.CANCELLED:
            return f"{fieldlab.get_status_display()}: {fieldlab.title}"
        return fieldlab.title

    def item_pubdate(self, fieldlab: Fieldlab) -> datetime:
        return fieldlab.announced_at or fieldlab.changed_at


class CaseFeed(ListFeed):
    """Questions as organisations bring them."""

    list_name, feed_name = "fieldlabs:case_list", "fieldlabs:case_feed"
    name, filter, came, said = gettext_lazy("Cases"), CaseFilter, "created_at", "question"

    def rows(self) -> QuerySet[Case]:
        return Case.objects.public().with_card_data()

    def item_author_name(self, case: Case) -> str:
        """Who asks."""
        return case.organisation.name


class OutcomeFeed(ListFeed):
    """Outcomes as they are published."""

    list_name, feed_name = "fieldlabs:outcome_search", "fieldlabs:outcome_feed"
    name, filter, said = gettext_lazy("New outcomes"), OutcomeFilter, "learned"

    def rows(self) -> QuerySet[Outcome]:
        return Outcome.objects.public().with_card_data().prefetch_related("fieldlab__themes")

    def item_categories(self, outcome: Outcome) -> list[str]:
        """The themes of its fieldlab."""
        return [theme.name for theme in outcome.fieldlab.themes.all()]
