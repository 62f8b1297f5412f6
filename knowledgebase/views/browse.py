"""Find a practice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from smartsociety.core.pages import page_of


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Search and browse."""
    chosen = PracticeFilter(request.GET, queryset=Practice.objects.published().with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs)}
    return render(request, "knowledgebase/practice_list.html", context)
