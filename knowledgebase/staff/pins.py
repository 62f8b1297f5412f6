"""Editors put results on top of a search, under /beheer/zoekwoorden/uitgelicht/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.actions import pin as actions
from knowledgebase.forms.pin import PinForm, arranged
from knowledgebase.permissions import can_review
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.audit import history
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.search import effects
from smartsociety.core.search.finding import find
from smartsociety.core.search.kinds import row_of
from smartsociety.core.search.models import PinnedSearch
from smartsociety.core.search.pins import Candidate, Pin, described, key_of, written_key
from smartsociety.core.search.rules import rules_of
from smartsociety.core.search.state import current_state

OFFERED = 10


@login_required
@require_safe
def pin_list(request: HttpRequest) -> HttpResponse:
    """For which searches something is on top."""
    require(can_review(request.user))
    page = page_of(request, PinnedSearch.objects.all())
    titles = {each.entry: each for each in described([n for pin in page for n in pin.entries])}
    rows = [(pin, [titles[entry] for entry in pin.entries]) for pin in page]
    context = {"page": page, "rows": rows, "today": timezone.localdate()}
    return render(request, "knowledgebase/staff/pin_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pin_create(request: HttpRequest) -> HttpResponse:
    """For the words in `?q=`, with `?add=` on top; what is there for them already is opened instead."""
    require(can_review(request.user))
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    there = PinnedSearch.objects.filter(key=written_key(words)).first() if words else None
    if there and request.method != "POST":
        return redirect("knowledgebase:pin_edit", there.pk)
    return _form(request, PinnedSearch(words=words, entries=arranged(request.GET)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pin_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is on top."""
    require(can_review(request.user))
    return _form(request, get_object_or_404(PinnedSearch, pk=pk))


@login_required
@require_POST
def pin_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is on top of this search any more."""
    require(can_review(request.user))
    pin = get_object_or_404(PinnedSearch, pk=pk)
    actions.remove_pin(pin=pin, by=request.user)
    messages.success(request, _("Nothing is pinned for “%(words)s” any more.") % {"words": pin.words})
    return redirect("knowledgebase:pin_list")


def _form(request: HttpRequest, pin: PinnedSearch) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    is_asked = posted is not None and ("save" in posted or "preview" in posted)
    kept, seen = list(pin.entries), dict(posted.items()) if posted and not is_asked else {}
    chosen = arranged(posted) if posted is not None else kept
    form = PinForm(posted if is_asked else None, instance=pin, chosen=chosen, initial=seen)
    preview = None
    if is_asked and form.is_valid():
        if "preview" in posted:
            preview = _effects(form)
        elif form.is_overtaken():
            form.add_error(None, _("A colleague changed this meanwhile. Open it anew beside this page."))
        else:
            actions.keep_pin(pin=form.instance, entries=chosen, by=request.user)
            messages.success(request, _("Saved. It holds from the next search on."))
            return redirect("knowledgebase:pin_list")
    context = {
        "form": form,
        "chosen": described(chosen),
        "offered": _offered(form),
        "preview": preview,
        "changes": history(pin) if pin.pk else [],
    }
    return render(request, "knowledgebase/staff/pin_form.html", context)


def _offered(form: PinForm) -> list[Candidate]:
    """What the words find now, or what else was looked for; without what was chosen already."""
    words = form["other"].value() or form["words"].value() or ""
    found = find(words).ranked.first(OFFERED + len(form.chosen))
    return described([entry for entry in found if entry not in form.chosen][:OFFERED])


def _effects(form: PinForm) -> effects.Preview:
    """On these words, and on whatever people ask that is the same search."""
    words, rules = form.cleaned_data["words"], rules_of(current_state())
    key = key_of(words, rules.stop)
    kinds = {PRACTICE_KIND, *(row_of(entry)[0] for entry in form.chosen)}
    pins = rules.pins.kept(rules.stop, without=form.instance.pk)
    then = rules.with_pins(pins.with_pin(words, Pin(tuple(form.chosen)), rules.stop))
    asked = effects.tried(words, lambda other: key_of(other, rules.stop) == key)
    return effects.compared(asked, effects.answers(kinds), effects.answers(kinds, then))
