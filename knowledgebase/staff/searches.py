"""What people search for in vain, under /beheer/zoekopdrachten/: each line is one step from being mended."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fieldlabs.permissions import can_propose
from knowledgebase.permissions import can_review, can_see_searches, needing_organisations
from smartsociety.core.permissions import require
from smartsociety.core.search.asked import LEAST, found_nothing, left_alone

SHOWN = 50


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """Words that found nothing, and words of which no result was opened."""
    require(can_see_searches(request.user))
    context = {
        "found_nothing": list(found_nothing()[:SHOWN]),
        "left_alone": list(left_alone()[:SHOWN]),
        "may_edit": can_review(request.user),
        "may_propose": can_propose(request.user),
        "may_ask": needing_organisations(request.user).exists(),
        "least": LEAST,
    }
    return render(request, "knowledgebase/staff/searches.html", context)
