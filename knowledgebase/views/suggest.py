"""Practices that may be the answer already, while somebody writes down a question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledgebase.models import Practice
from smartsociety.core.naming import MOST_CANDIDATES, typed

AT_MOST = 3
SHORTEST, LONGEST = 4, 400


@require_safe
def practice_suggest(request: HttpRequest) -> HttpResponse:
    """A part of a page: what is found with the words of `title` and `question`."""
    typed = f"{request.GET.get('title', '')} {request.GET.get('question', '')}".strip()[:LONGEST]
    found = Practice.objects.none()
    if len(typed) >= SHORTEST:
        found = Practice.objects.published().search(typed).with_card_data()[:AT_MOST]
    return render(request, "knowledgebase/_suggestions.html", {"practices": found, "typed": typed})


@require_safe
def practice_names(request: HttpRequest) -> HttpResponse:
    """Some titles with the words that were typed, to choose from."""
    words = typed(request)
    rows = Practice.objects.published().titled(words) if words else Practice.objects.none()
    titles = rows.values_list("title", flat=True)[:MOST_CANDIDATES]
    return render(request, "core/_names.html", {"names": titles})
