"""Bookmarks, and counting readers without knowing them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knowledgebase.models import Practice
from knowledgebase.reading import count_reader, keep, let_go
from smartsociety.core import limits

# A town hall shares one network; a program that reads all day is not many readers.
READS_PER_NETWORK_A_DAY = 20


@login_required
@require_POST
def practice_keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a practice for later, or (`let_go`) not any more."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    if "let_go" in request.POST:
        let_go(practice=practice, by=request.user)
        messages.success(request, _("The bookmark is gone."))
    else:
        keep(practice=practice, by=request.user)
        messages.success(request, _("Kept. You find it on your own page."))
    return redirect(practice)


# The page says by itself that somebody reads it: also a page that comes from a cache, never a program that only fetches
# it. It changes a number and nothing else, and visitors have no cookie, so there is no CSRF secret to compare.
@csrf_exempt
@require_POST
def practice_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Count one reader of a published practice."""
    practice = get_object_or_404(Practice.objects.published().only("pk"), slug=slug)
    if limits.network_allowed(
        request, f"read:{practice.pk}", limit=READS_PER_NETWORK_A_DAY, seconds=limits.DAY
    ):
        count_reader(practice=practice, reader=request.user)
    return HttpResponse(status=204)
