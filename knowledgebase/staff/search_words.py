"""Editors keep the words of search, under /beheer/zoekwoorden/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase.forms.search_words import SearchWordsForm
from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.permissions import require
from smartsociety.core.search import effects
from smartsociety.core.search.rules import Rules, keep_rules, rules_of
from smartsociety.core.search.state import current_state


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
            preview = _effects(data["question"], form.rules)
        elif form.is_overtaken():
            form.add_error(
                None,
                _(
                    "A colleague saved other words meanwhile. Open this page in another tab and add yours there."
                ),
            )
        else:
            keep_rules(lines=data["synonyms"], stop=data["stop"], protected=data["protected"])
            messages.success(request, _("Saved. It holds from the next search on."))
            return redirect("knowledgebase:search_words")
    context = {"form": form, "preview": preview}
    return render(request, "knowledgebase/staff/search_words.html", context)


def _effects(typed: str, then: Rules) -> effects.Preview:
    """On what was typed, and on what people ask most among what these words touch."""
    now = rules_of(current_state())

    def concerns(words: str) -> bool:
        asked = words.split()
        same = now.synonyms.matches(asked) == then.synonyms.matches(asked)
        return not same or bool(set(asked) & ((now.stop ^ then.stop) | (now.protected ^ then.protected)))

    kinds = [PRACTICE_KIND]
    answers = effects.answers(kinds), effects.answers(kinds, then)
    return effects.compared(effects.tried(typed, concerns), *answers)
