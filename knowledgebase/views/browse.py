"""Find a practice: as a list, on a map, as files and as a feed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance.models import Theme
from knowledgebase import atlas
from knowledgebase.cards import cards
from knowledgebase.exports import SHEET
from knowledgebase.feeds import PracticeFeed
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice, Publication
from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.exports import CONTENT_TYPES
from smartsociety.core.pages import lazily, page_of
from smartsociety.core.search.passages import Passage, passages

PUBLICATIONS = 4

practice_feed = require_safe(PracticeFeed())


def _chosen(request: HttpRequest) -> PracticeFilter:
    return PracticeFilter(request.GET, queryset=Practice.objects.published(), request=request)


def _results(chosen: PracticeFilter, page: Page) -> list[tuple[str, Passage | None]]:
    """Cards, each with why the words found it."""
    return list(zip(cards(page, chosen.version), _passages(chosen, list(page)), strict=False))


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Search and browse; `?view=map` shows where the same practices came from and where they went."""
    chosen = lazily(_chosen, request)
    page = lazily(lambda: page_of(request, chosen.found))
    as_map = request.GET.get("view") == "map"
    context = {
        "filter": chosen,
        "page": page,
        "results": [] if as_map else lazily(_results, chosen, page),
        "map": lazily(_map, chosen) if as_map else None,
        "views": lazily(_views, chosen, as_map),
        "themes": lazily(_themes, page),
        "publications": lazily(_publications, chosen),
        "may_explain": can_review(request.user),
        "explain_query": lazily(_explain_query, chosen) if can_review(request.user) else "",
        "formats": CONTENT_TYPES,
    }
    return render(request, "knowledgebase/practice_list.html", context)


def _themes(page: Page) -> list[Theme]:
    """To look by when nothing was found."""
    return [] if page else list(Theme.objects.all())


def _explain_query(chosen: PracticeFilter) -> str:
    """To the page that tells editors why these words find what they find."""
    return urlencode({"q": chosen.answer.question.text})


def _publications(chosen: PracticeFilter) -> list[Publication]:
    """Those with the words that were typed, under their own kind."""
    if "q" not in chosen.chosen:
        return []
    return list(Publication.objects.shown().search(chosen.chosen["q"]).with_card_data()[:PUBLICATIONS])


def _passages(chosen: PracticeFilter, pks: list[int]) -> list[Passage | None]:
    """Beside each practice why the words found it; nothing without words."""
    known = passages(chosen.answer, PRACTICE_KIND, pks) if chosen.answer.question and pks else {}
    return [known.get(pk) for pk in pks]


def _map(chosen: PracticeFilter) -> dict[str, Any] | None:
    """Where what was found came from and went; None when there is nothing."""
    found = list(chosen.found)
    return atlas.picture(found) if found else None


def _views(chosen: PracticeFilter, as_map: bool) -> list[tuple[str, str, bool]]:
    """The ways to look, as label, query string and whether it is this one."""
    without = chosen.query_with(view="")
    return [(_("List"), without, not as_map), (_("Map"), chosen.query_with(view="map"), as_map)]


@require_safe
def practice_export(request: HttpRequest, extension: str) -> HttpResponse:
    """The list with the choices in force, as a file. A choice that does not exist is refused, not passed over."""
    chosen = _chosen(request)
    if not chosen.form.is_valid():
        raise BadRequest(", ".join(chosen.form.errors))
    source = settings.SITE_URL + request.get_full_path()
    return SHEET.response(chosen.practices(chosen.found), extension=extension, source=source)
