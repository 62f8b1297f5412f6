"""Gezocht: practices that look for a second municipality, somebody who pays along, or a tester."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledgebase.models import Practice
from knowledgebase.models.choices import Wanted
from knowledgebase.use_filters import WantedFilter
from smartsociety.core.pages import page_of


@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    """All of them, or of one kind (`?wie=`)."""
    wanting = Practice.objects.wanting()
    chosen = WantedFilter(request.GET, queryset=wanting.with_card_data())
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "kind": chosen.chosen.get("wie", ""),
        "kinds": [
            (value, label, wanting.filter(wanted__contains=[value]).count())
            for value, label in Wanted.choices
        ],
    }
    return render(request, "knowledgebase/wanted_list.html", context)
