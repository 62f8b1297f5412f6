"""Search over everything at once, and suggestions while somebody types."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from alliance.models import Organisation, Theme
from knowledgebase.models import Practice, Tag
from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core import limits
from smartsociety.core.search.asked import count_search
from smartsociety.core.search.completion import SHORTEST, complete
from smartsociety.core.search.finding import Found, find
from smartsociety.core.search.kinds import Kind, all_kinds, entry_id, kind_of, row_of
from smartsociety.core.search.passages import Passage, passages

SHOWN = 5
SUGGESTED = 4
# A town hall shares one network; a program that searches all day is not many people.
COUNTED_PER_NETWORK_AN_HOUR = 200
# Kinds with a list of their own that takes the same words.
LISTS = {"practices": "knowledgebase:practice_list", "signatories": "alliance:signatory_list"}


@dataclass
class Result:
    """One row with why it was found."""

    url: str
    passage: Passage


@dataclass
class Group:
    """What was found of one kind."""

    name: str
    label: Any
    count: int
    results: list[Result]
    more_url: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers, in groups of a kind; those with the best result first."""
    # Practices have a list of their own that takes the same words: both give the same ones, in the same order.
    asked = request.GET.get("q", "")
    answer = find(asked, apart=[PRACTICE_KIND])
    pinned = _pinned(answer)
    groups = [group for kind in all_kinds() if (group := _group(answer, kind))]
    context = {
        "asked": asked,
        "answer": answer,
        "pinned": pinned,
        "groups": groups,
        "count": len(pinned) + sum(group.count for group in groups),
        "explain_query": urlencode({"q": answer.question.text, "in": "alles"})
        if can_review(request.user)
        else "",
        "themes": [] if pinned or groups or not answer.question else Theme.objects.all(),
    }
    return render(request, "search/search.html", context)


def _pinned(answer: Found) -> list[Result]:
    """What editors put on top, of whatever kind, in their order."""
    rows = [row_of(entry) for entry in answer.pinned]
    found = {}
    for number in {kind for kind, _number in rows}:
        ids = [row for kind, row in rows if kind == number]
        shown, why = kind_of(number).shown(ids), passages(answer, number, ids)
        found |= {(number, n): Result(shown[n].get_absolute_url(), why[n]) for n in shown.keys() & why.keys()}
    return [found[row] for row in rows if row in found]


def _group(answer: Found, kind: Kind) -> Group | None:
    ids = [number for number in answer.ids(kind.number) if entry_id(kind.number, number) not in answer.pinned]
    there = set(kind.rows().filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    ids = [number for number in ids if number in there]
    if not ids:
        return None
    shown, why = kind.shown(ids[:SHOWN]), passages(answer, kind.number, ids[:SHOWN])
    results = [Result(shown[n].get_absolute_url(), why[n]) for n in ids[:SHOWN] if n in shown and n in why]
    more = LISTS.get(kind.name) if len(ids) > SHOWN else None
    query = urlencode({"q": answer.question.text})
    return Group(kind.name, kind.label, len(ids), results, f"{reverse(more)}?{query}" if more else "")


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What begins with the words so far, in groups: practices, tags, themes and organisations."""
    text = request.GET.get("q", "")[:200].replace("\x00", "").strip()
    groups = [] if len(text) < SHORTEST else [
        {"label": _("Practices"), "items": _practices(text)},
        {"label": _("Tags"), "items": _listed(Tag.objects.shown().filter(name__istartswith=text), "tag")},
        {"label": _("Themes"), "items": _themes(text)},
        {"label": _("Organisations"), "items": _organisations(text)},
    ]  # fmt: skip
    return JsonResponse({"groups": [group for group in groups if group["items"]]})


def _practices(text: str) -> list[dict[str, str]]:
    found = complete(text, PRACTICE_KIND)
    there = Practice.objects.published().in_bulk([each.object_id for each in found])
    return [
        {"label": each.title, "url": there[each.object_id].get_absolute_url(), "lang": each.language}
        for each in found
        if each.object_id in there
    ]


def _listed(rows, name: str) -> list[dict[str, str]]:
    address = reverse("knowledgebase:practice_list")
    return [
        {"label": row.name, "url": f"{address}?{urlencode({name: row.slug})}", "lang": ""}
        for row in rows[:SUGGESTED]
    ]


def _themes(text: str) -> list[dict[str, str]]:
    small = text.casefold()
    rows = [
        theme
        for theme in Theme.objects.all()
        if any(name.casefold().startswith(small) for name in (theme.name, *theme.synonyms))
    ]
    return _listed(rows, "theme")


def _organisations(text: str) -> list[dict[str, str]]:
    rows = (
        Organisation.objects.public().of_today().filter(name__istartswith=text).order_by("name")[:SUGGESTED]
    )
    return [{"label": row.name, "url": row.get_absolute_url(), "lang": row.language} for row in rows]


# The page says by itself that somebody searched: also a page that comes from a cache, never a program that only fetches
# it. It changes a number and nothing else, and visitors have no cookie, so there is no CSRF secret to compare.
@csrf_exempt
@require_POST
def search_count(request: HttpRequest) -> HttpResponse:
    """Count one search, or (`what=opened`) that one of its results was opened."""
    text = request.POST.get("q", "")
    if text and limits.network_allowed(request, "search", limit=COUNTED_PER_NETWORK_AN_HOUR):
        found = request.POST.get("found") != "0"
        count_search(text, found=found, opened=request.POST.get("what") == "opened")
    return HttpResponse(status=204)
