"""The yearly question, answered by a link in a mail, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledgebase.actions import freshness


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice_still_right(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, by one button: a link alone changes nothing, as mail programs open links too."""
    try:
        if request.method != "POST":
            page, practice = "still_right", freshness.asked_by(token)
        elif "gone" in request.POST:
            page, practice = "still_right_gone", freshness.not_the_contact(token=token)
        else:
            page, practice = "still_right_done", freshness.answer_yes(token=token)
    except freshness.DeadLink:
        return render(request, "knowledgebase/still_right_dead.html", status=404)
    return render(request, f"knowledgebase/{page}.html", {"practice": practice})
