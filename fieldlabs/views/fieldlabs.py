"""Public pages of fieldlabs: which there are, and one."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance.models import Theme
from fieldlabs.feeds import FieldlabFeed
from fieldlabs.filters import FieldlabFilter
from fieldlabs.models import Fieldlab, FollowUp, Registration, Report
from fieldlabs.permissions import can_plan, can_register
from smartsociety.core.pages import lazily, page_of

fieldlab_feed = require_safe(FieldlabFeed())
PER_PAGE_OF_QUARTERS = 60

# How it stands, in the words of schema.org.
SCHEMA_STATUS = {Fieldlab.Status.CANCELLED: "EventCancelled"}
SCHEMA_MODES = {
    Fieldlab.Format.ON_SITE: "OfflineEventAttendanceMode",
    Fieldlab.Format.ONLINE: "OnlineEventAttendanceMode",
    Fieldlab.Format.HYBRID: "MixedEventAttendanceMode",
}


@require_safe
def fieldlab_list(request: HttpRequest) -> HttpResponse:
    """What is to come, and what was; `?view=quarters` shows the same by quarter."""
    chosen = lazily(_chosen, request)
    by_quarter = request.GET.get("view") == "quarters"
    context = {
        "filter": chosen,
        "views": lazily(_views, chosen, by_quarter),
        "themes": Theme.objects.all(),
        "may_plan": can_plan(request.user),  # sees drafts
    }
    if by_quarter:
        page = lazily(lambda: page_of(request, chosen.qs.order_by("-starts_at"), size=PER_PAGE_OF_QUARTERS))
        context |= {"page": page, "quarters": lazily(in_quarters, page), "upcoming": None}
    else:
        context |= {
            "page": lazily(lambda: page_of(request, chosen.qs.past())),
            "upcoming": lazily(_upcoming, chosen),
            "quarters": None,
        }
    return render(request, "fieldlabs/fieldlab_list.html", context)


def _chosen(request: HttpRequest) -> FieldlabFilter:
    fieldlabs = Fieldlab.objects.visible_to(request.user).with_card_data()
    return FieldlabFilter(request.GET, queryset=fieldlabs)


def _upcoming(chosen: FieldlabFilter) -> QuerySet:
    return chosen.qs.upcoming()


def _views(chosen: FieldlabFilter, by_quarter: bool) -> list[tuple[str, str, bool]]:
    """The ways to look, as label, query string and whether it is this one."""
    return [
        (_("List"), chosen.query_with(view=""), not by_quarter),
        (_("By quarter"), chosen.query_with(view="quarters"), by_quarter),
    ]


def in_quarters(fieldlabs: Iterable[Fieldlab]) -> list[tuple[str, list[Fieldlab]]]:
    """The same, with the quarter before those that start in it."""
    return [(quarter, list(held)) for quarter, held in groupby(fieldlabs, key=lambda each: each.quarter)]


@require_safe
def fieldlab_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One fieldlab; before, during and after at the same address."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user).with_card_data(), slug=slug)
    mine = list(fieldlab.registrations.standing().of(request.user).with_names())
    may_plan = can_plan(request.user)
    may_join = may_plan or any(registration.has_place for registration in mine)
    context = {
        "fieldlab": fieldlab,
        "items": fieldlab.items.with_taken(),
        "cases": fieldlab.cases.filter(status__in=["accepted", "answered"]).with_card_data(),
        "outcomes": fieldlab.outcomes.visible_to(request.user).with_card_data(),
        "participants": lazily(participants, fieldlab),
        "registrations": mine,
        "report": lazily(_report, fieldlab),
        "to_walk_through": FollowUp.objects.to_walk_through(fieldlab) if not fieldlab.is_past else [],
        "projects": fieldlab.projects.published(),
        "online_link": fieldlab.online_link if may_join else "",
        "may_join": may_join,
        "may_register": can_register(fieldlab) and not mine,
        "may_plan": may_plan,
        "structured_data": partial(structured_data, fieldlab),
    }
    return render(request, "fieldlabs/fieldlab_detail.html", context)


def _report(fieldlab: Fieldlab) -> Report | None:
    return Report.objects.filter(fieldlab=fieldlab, published_at__isnull=False).first()


def participants(fieldlab: Fieldlab) -> list[dict[str, Any]]:
    """Who comes or came: organisations always, people only when they agreed."""
    coming = fieldlab.registrations.coming().exclude(status=Registration.Status.ABSENT).with_names()
    shown: dict[str, dict[str, Any]] = {}
    for registration in coming:
        label = registration.organisation_label
        entry = shown.setdefault(
            label.casefold(), {"label": label, "organisation": registration.organisation, "names": []}
        )
        if registration.show_name and registration.name:
            entry["names"].append(registration.name)
    return [shown[key] for key in sorted(shown)]


def structured_data(fieldlab: Fieldlab) -> dict[str, Any]:
    """The fieldlab as search engines read it (schema.org Event)."""
    address = settings.SITE_URL + fieldlab.get_absolute_url()
    status = SCHEMA_STATUS.get(fieldlab.status, "EventScheduled")
    found = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": fieldlab.title,
        "description": fieldlab.summary,
        "url": address,
        "startDate": fieldlab.starts_at.isoformat(),
        "endDate": fieldlab.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{SCHEMA_MODES[fieldlab.format]}",
        "maximumAttendeeCapacity": fieldlab.capacity,
        "isAccessibleForFree": True,
        "location": _schema_location(fieldlab, address),
        "organizer": {"@type": "Organization", "name": "Smart Society, VNG", "url": settings.SITE_URL},
    }
    if fieldlab.host:
        found["contributor"] = {"@type": "Organization", "name": fieldlab.host.name}
    return found


def _schema_location(fieldlab: Fieldlab, address: str) -> list[dict[str, Any]]:
    places = []
    if fieldlab.format != Fieldlab.Format.ONLINE:
        places.append(
            {"@type": "Place", "name": fieldlab.venue or fieldlab.place, "address": fieldlab.location}
        )
    if fieldlab.format != Fieldlab.Format.ON_SITE:
        places.append({"@type": "VirtualLocation", "url": address})  # the link itself is for those registered
    return places
