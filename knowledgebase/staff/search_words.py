"""Editors keep the words of search, under /beheer/zoekwoorden/."""

from itertools import zip_longest

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase.forms.search_words import SearchWordsForm
from knowledgebase.models import Practice
from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.permissions import require
from smartsociety.core.search.finding import find
from smartsociety.core.search.rules import Rules, keep_rules

SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_words(request: HttpRequest) -> HttpResponse:
    """Change them, or see first what that does to a question."""
    require(can_review(request.user))
    form = (
        SearchWordsForm(request.POST)
        if request.method == "POST"
        else SearchWordsForm.as_kept(request.GET.get("q", ""))
    )
    preview = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        if "preview" in request.POST:
            now, then = _titles(data["question"]), _titles(data["question"], form.rules)
            preview = list(zip_longest(now, then, fillvalue=""))
        elif form.is_overtaken():
            form.add_error(
                None,
                _("A colleague saved other words meanwhile. Open this page anew beside it and put yours in."),
            )
        else:
            keep_rules(lines=data["synonyms"], stop=data["stop"], protected=data["protected"])
            messages.success(request, _("Saved. It holds from the next search on."))
            return redirect("knowledgebase:search_words")
    context = {"form": form, "preview": preview}
    return render(request, "knowledgebase/staff/search_words.html", context)


def _titles(question: str, rules: Rules | None = None) -> list[str]:
    ids = find(question, [PRACTICE_KIND], rules).ids(PRACTICE_KIND)[:SHOWN]
    known = Practice.objects.published().in_bulk(ids)
    return [known[number].title for number in ids if number in known]
