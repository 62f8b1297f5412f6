"""Who signed: as a list, as a map, as files and as a feed; and which side of the helix is missing."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance import balance, exports, netherlands
from alliance.feeds import SignatoryFeed
from alliance.filters import SignatoryFilter
from alliance.growth import growth
from alliance.models import Organisation
from smartsociety.core.exports import CONTENT_TYPES
from smartsociety.core.pages import lazily, page_of

ON_ONE_MAP_PAGE = 100

signatory_feed = require_safe(SignatoryFeed())


def _chosen(request: HttpRequest) -> SignatoryFilter:
    return SignatoryFilter(request.GET, queryset=Organisation.objects.signatories().with_card_data())


@require_safe
def signatory_list(request: HttpRequest) -> HttpResponse:
    """Who signed, and how their number grew; `?view=map` shows the same organisations on a map."""
    chosen = lazily(_chosen, request)
    as_map = request.GET.get("view") == "map"
    page = lazily(_page, request, chosen, as_map)
    context = {
        "filter": chosen,
        "page": page,
        "signatory_count": cache(Organisation.objects.signatories().count),
        "growth": lazily(growth),
        "views": lazily(_views, chosen, as_map),
        "map": lazily(_map, chosen, page) if as_map else None,
        "content_types": CONTENT_TYPES,
    }
    return render(request, "alliance/signatory_list.html", context)


def _page(request: HttpRequest, chosen: SignatoryFilter, as_map: bool) -> Page:
    if as_map:
        return page_of(request, chosen.qs, size=ON_ONE_MAP_PAGE)
    return page_of(request, chosen.qs.with_signatures_in_force())


def _views(chosen: SignatoryFilter, as_map: bool) -> list[tuple[str, str, bool]]:
    """The ways to look, as label, query string and whether it is this one."""
    without = chosen.query_with(view="")
    return [(_("List"), without, not as_map), (_("Map"), chosen.query_with(view="map"), as_map)]


def _map(chosen: SignatoryFilter, page: Page) -> dict[str, Any]:
    """What the map needs; only organisations with a place are on it."""
    marks = netherlands.marks(chosen.qs)
    return {
        "country": netherlands.country(),
        "marks": marks,
        "placeless": page.paginator.count - len(marks),
        "joined": netherlands.joined(),
        "width": netherlands.WIDTH,
        "height": netherlands.HEIGHT,
        "shapes": netherlands.SHAPES,
    }


@require_safe
def signatory_balance(request: HttpRequest) -> HttpResponse:
    """Which side of the helix is missing, per theme and per province."""
    context = {
        "overall": balance.overall(),
        "tables": [
            (_("Theme"), _("Signatories per theme"), balance.by_theme()),
            (_("Province"), _("Signatories per province"), balance.by_province()),
        ],
        "sides": balance.Helix.choices,
    }
    return render(request, "alliance/signatory_balance.html", context)


@require_safe
def signatory_export(request: HttpRequest, extension: str) -> HttpResponse:
    """The list with the choices in force, as a file. A choice that does not exist is refused, not passed over."""
    if extension not in CONTENT_TYPES:
        raise Http404(extension)
    chosen = _chosen(request)
    if not chosen.form.is_valid():
        raise BadRequest(", ".join(chosen.form.errors))
    return exports.SIGNATORIES.response(
        chosen.qs.with_signatures_in_force(),
        extension=extension,
        source=settings.SITE_URL + request.get_full_path(),
    )
