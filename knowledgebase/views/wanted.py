"""Gezocht: practices that look for a second municipality, somebody who pays along, or a tester."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledgebase.models import Practice
from knowledgebase.models.choices import Wanted
from smartsociety.core.pages import page_of


@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    """All of them, or of one kind (`?wie=`)."""
    kind = request.GET.get("wie", "")
    kind = kind if kind in Wanted.values else ""
    context = {
        "page": page_of(request, wanting(kind).with_card_data()),
        "kind": kind,
        "kinds": [(value, label, wanting(value).count()) for value, label in Wanted.choices],
    }
    return render(request, "knowledgebase/wanted_list.html", context)


def wanting(kind: str) -> QuerySet[Practice]:
    """Published practices that look for this kind of partner; for any when it is empty."""
    kinds = [kind] if kind else Wanted.values
    return Practice.objects.published().filter(wanted__overlap=kinds)
