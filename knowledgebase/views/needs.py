"""Zoekvragen: what organisations look for, and who looks for the same."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.models import Theme
from fieldlabs.permissions import can_plan
from knowledgebase.actions import need as actions
from knowledgebase.forms.need import NeedForm, NeedJoinForm, NeedOfferForm, NeedSettleForm
from knowledgebase.models import Need, Practice
from knowledgebase.permissions import (
    asking_organisations,
    can_settle,
    needing_organisations,
    offerable_practices,
    writing_organisations,
)
from knowledgebase.querysets import NEED_KIND, PRACTICE_KIND
from knowledgebase.use_filters import NeedFilter
from smartsociety.core.deciding import decide
from smartsociety.core.models import User
from smartsociety.core.numbers import number_of
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.search.finding import Found, find
from smartsociety.core.states import InvalidTransition

SHOWN_AT_ONCE = 6
NEAR = 3


@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """What is looked for now, or (`?status=found`) what was found; of one theme when the address says so."""
    chosen = NeedFilter(request.GET, queryset=Need.objects.with_card_data())
    status = chosen.chosen["status"]
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "status": status,
        "theme": chosen.chosen.get("theme"),
        "themes": Theme.objects.filter(needs__status=status).distinct(),
    }
    return render(request, "knowledgebase/need_list.html", context)


@require_safe
def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One need, the practices that may help, and who looks for the same."""
    need = get_object_or_404(Need.objects.with_card_data(), slug=slug)
    supports = list(need.supports.select_related("organisation"))
    context = {
        "need": need,
        "made_for_it": need.made_for_it().with_card_data()[:SHOWN_AT_ONCE],
        "offered": need.offered().with_card_data()[:SHOWN_AT_ONCE],
        "matches": need.matches().with_card_data()[:SHOWN_AT_ONCE],
        "near": need.near().with_card_data()[:NEAR],
        "similar": need.similar().with_card_data()[:SHOWN_AT_ONCE],
        "supports": supports,
        "may_settle": can_settle(request.user, need),
        "may_offer": need.status == "open" and not can_settle(request.user, need),
        "may_bring": need.status == "open"
        and not need.is_brought
        and (can_settle(request.user, need) or can_plan(request.user)),
        "join_form": _join_form(request, need),
        "joined": asking_organisations(request.user).filter(supported_needs__need=need),
    }
    return render(request, "knowledgebase/need_detail.html", context)


def _join_form(request: HttpRequest, need: Need, data=None) -> NeedJoinForm | None:
    """For the organisations of this person that do not look for it yet; None when there is none."""
    others = asking_organisations(request.user).exclude(pk=need.organisation_id)
    others = others.exclude(supported_needs__need=need)
    return NeedJoinForm(data, organisations=others) if need.status == "open" and others.exists() else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_create(request: HttpRequest) -> HttpResponse:
    """Ask. What is there already is shown first, by the words in `?q=`."""
    organisations = needing_organisations(request.user)
    if not organisations.exists():
        return render(request, "knowledgebase/needs_organisation.html", status=403)
    words = request.GET.get("q", "").strip()
    form = NeedForm(
        request.POST or None,
        organisations=organisations,
        initial={"title": words[:100], "language": get_language()},
    )
    if request.method == "POST" and form.is_valid():
        need = actions.ask_for(by=request.user, **form.cleaned_data)
        messages.success(request, _said_of(need, request.user))
        return redirect(need)
    found = find(words, [PRACTICE_KIND], apart=[NEED_KIND])
    practices = Practice.objects.published().with_card_data()
    context = {
        "form": form,
        "words": words,
        "matches": practices.answering(found)[:SHOWN_AT_ONCE] if words else [],
        "near": practices.near(found)[:NEAR] if words else [],
        "needs": _joinable(request.user, found),
    }
    return render(request, "knowledgebase/need_form.html", context)


def _said_of(need: Need, user: User) -> str:
    """What to say to who asked; a colleague that asked the same before is who gets the mails."""
    if need.created_by_id == user.pk:
        return _("Your question is published. You get a mail when a practice fits.")
    return _("Your organisation asks this already, in the same words. This is the question.")


def _joinable(user: User, found: Found) -> list[tuple[Need, bool]]:
    """Open needs that were found, each with whether an organisation of this person can still join."""
    ours = set(asking_organisations(user).values_list("pk", flat=True))
    needs = Need.objects.open().like(found).with_card_data().prefetch_related("supports")
    return [(need, not ours <= need.lookers) for need in needs[:SHOWN_AT_ONCE]]


@login_required
@require_POST
def need_join(request: HttpRequest, slug: str) -> HttpResponse:
    """We look for this too, or (`leave`) not any more."""
    need = get_object_or_404(Need.objects.open(), slug=slug)
    organisations = asking_organisations(request.user)
    if "leave" in request.POST:
        organisation = get_object_or_404(organisations, pk=number_of(request.POST["leave"]))
        actions.leave(need=need, organisation=organisation, by=request.user)
        messages.success(request, _("You do not look for this any more."))
        return redirect(need)
    form = _join_form(request, need, request.POST)
    require(form is not None and form.is_valid())
    return decide(
        request,
        actions.join,
        need=need,
        organisation=form.cleaned_data["organisation"],
        done=_("You look for this too now. You get a mail when a practice fits."),
        late=_("This was changed already. Nothing was changed now."),
        to=need,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """We have this: a practice of our own, or one that is still to be written."""
    need = get_object_or_404(Need.objects.open().with_card_data(), slug=slug)
    practices = offerable_practices(request.user).exclude(offers__need=need)
    form = NeedOfferForm(request.POST if request.method == "POST" else None, practices=practices)
    if request.method == "POST" and form.is_valid():
        return decide(
            request,
            actions.offer,
            need=need,
            practice=form.cleaned_data["practice"],
            done=_("Thank you. Those who look for it get a mail about your practice."),
            late=_("This was changed already. Nothing was changed now."),
            to=need,
        )
    context = {"form": form, "need": need, "may_write": writing_organisations(request.user).exists()}
    return render(request, "knowledgebase/need_offer.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Found, or no longer needed."""
    need = get_object_or_404(Need.objects.with_card_data(), slug=slug)
    require(can_settle(request.user, need))
    form = NeedSettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _change(request, actions.settle, need, solution=form.cleaned_data["solution"])
        return redirect(need)
    return render(request, "knowledgebase/need_settle.html", {"form": form, "need": need})


@login_required
@require_POST
def need_bring(request: HttpRequest, slug: str) -> HttpResponse:
    """To the next fieldlab, as a case."""
    need = get_object_or_404(Need, slug=slug)
    require(can_settle(request.user, need) or can_plan(request.user))
    _change(request, actions.bring_to_fieldlab, need)
    return redirect(need)


@login_required
@require_POST
def need_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Look again."""
    need = get_object_or_404(Need, slug=slug)
    require(can_settle(request.user, need))
    _change(request, actions.reopen, need)
    return redirect(need)


def _change(request: HttpRequest, action, need: Need, **answers) -> None:
    try:
        action(need=need, by=request.user, **answers)
    except (InvalidTransition, actions.BroughtAlready):
        messages.error(request, _("This was changed already. Nothing was changed now."))
    else:
        messages.success(request, _("Saved."))
