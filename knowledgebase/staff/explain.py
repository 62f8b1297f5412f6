"""Why results stand where they stand, for editors, under /beheer/zoekwoorden/uitleg/."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.permissions import require
from smartsociety.core.search.explanation import explanation
from smartsociety.core.search.finding import find
from smartsociety.core.search.kinds import all_kinds
from smartsociety.core.search.ranking import NEARNESS, PRIOR, TITLED

EVERYTHING = "alles"


@login_required
@require_safe
def search_explain(request: HttpRequest) -> HttpResponse:
    """How a question was understood, and step by step what brought the first twenty where they are."""
    require(can_review(request.user))
    words = request.GET.get("q", "")
    is_everything = request.GET.get("in") == EVERYTHING
    kinds = [kind.number for kind in all_kinds()] if is_everything else [PRACTICE_KIND]
    found = find(words, kinds)
    query = urlencode({"q": found.question.text})
    context = {
        "words": found.question.text,
        "told": explanation(found, kinds) if found.question else None,
        "count": len(found.ranked),
        "views": [
            (_("Practices"), f"?{query}", not is_everything),
            (_("The whole portal"), f"?{query}&in={EVERYTHING}", is_everything),
        ],
        "nearness": round(NEARNESS * 100),
        "titled": round(TITLED * 100),
        "prior": round(PRIOR * 100),
    }
    return render(request, "knowledgebase/staff/search_explain.html", context)
