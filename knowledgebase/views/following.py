"""Follow a theme, practice, organisation, project or saved search, and stop by one press."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from knowledgebase.actions import subscription as actions
from knowledgebase.filters import PracticeFilter
from knowledgebase.following import KINDS, subject_of
from knowledgebase.forms.subscription import FollowForm, PaceForm
from knowledgebase.models import Practice, Subscription
from knowledgebase.models.subscription import LONGEST_QUERY


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow what the address names: `?soort=thema&wat=<slug>`, or the search `?soort=zoekopdracht&…`."""
    target = _target(request)
    known = Subscription.objects.filter(user=request.user, **target).first()
    initial = {"frequency": known.frequency} if known else None
    form = FollowForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.follow(by=request.user, **form.cleaned_data, **target)
        messages.success(request, _("You follow this now. You find all that you follow on this page."))
        return redirect("knowledgebase:my_knowledge")
    subject = subject_of(Subscription(**target))
    return render(request, "knowledgebase/follow.html", {"form": form, "subject": subject, "known": known})


def _target(request: HttpRequest) -> dict[str, Any]:
    """What is followed, as the field of a subscription; 404 when the address names nothing."""
    kind = request.GET.get("soort", "")
    if kind == "zoekopdracht":
        query = _search(request.GET)
        if not query:
            raise Http404("An empty search cannot be followed.")
        return {"query": query}
    if kind not in KINDS:
        raise Http404("This cannot be followed.")
    field, rows = KINDS[kind]
    return {field: get_object_or_404(rows(), slug=request.GET.get("wat", ""))}


def _search(asked: QueryDict) -> str:
    """The choices of a list that exist, in one fixed order: the same search is followed once."""
    search = PracticeFilter(asked, queryset=Practice.objects.none())
    kept = QueryDict(mutable=True)
    for name in sorted(search.chosen):
        kept.setlist(name, sorted(search.given[name]))
    query = kept.urlencode()
    return query if len(query) <= LONGEST_QUERY else ""


@login_required
@require_POST
def follow_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another pace, or (`stop`) not any more."""
    subscription = get_object_or_404(request.user.subscriptions, pk=pk)
    form = PaceForm(request.POST)
    if "stop" in request.POST:
        actions.unfollow(subscription=subscription, by=request.user)
        messages.success(request, _("You do not follow this any more."))
    elif form.is_valid():
        actions.change_pace(subscription=subscription, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    return redirect("knowledgebase:my_knowledge")


# Mail programs post here without a cookie (RFC 8058), so there is no CSRF secret to compare; the signed address proves
# enough for what it does. Opening it changes nothing, because mail scanners open every address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop all mails about what somebody follows, without signing in."""
    user = actions.follower_of(token)
    if user is None:
        raise Http404("This address to stop is not ours.")
    if request.method == "POST":
        actions.stop_mails(user=user)
    mailed = user.subscriptions.exclude(frequency="paused").exists()
    return render(request, "knowledgebase/follow_stop.html", {"stopped": not mailed})
