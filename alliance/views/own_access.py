"""Asking to act for an organisation, and deciding on it; and the yearly question in a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.actions import own_access as actions
from alliance.actions.own_nudge import DeadLink, answer_yes, asked_by
from alliance.forms.own import AccessRequestForm
from alliance.models import AccessRequest, Organisation
from alliance.permissions import can_represent
from alliance.views.moved import follows_moves
from alliance.views.own import managed_organisation
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition

DECISIONS = {"toekennen": actions.grant, "weigeren": actions.refuse}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_moves
def access_request(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to act for an organisation. A visitor signs in first and comes back here."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    standing = request.user.access_requests.filter(organisation=organisation, status="asked").first()
    form = AccessRequestForm(request.POST or None, organisation=organisation, user=request.user)
    represents = can_represent(request.user, organisation)
    if request.method == "POST" and not (standing or represents) and form.is_valid():
        form.save()
        messages.success(request, _("Your request is sent. You get a mail when somebody decided."))
        return redirect("alliance:access_request", slug)
    asker = AccessRequest(organisation=organisation, user=request.user)
    context = {
        "organisation": organisation,
        "form": form,
        "standing": standing,
        "represents": represents,
        "evidence": asker.evidence,
        "has_representatives": organisation.memberships.filter(
            role="representative", user__is_active=True
        ).exists(),
    }
    return render(request, "alliance/access_request.html", context)


@login_required
@require_POST
def own_access_decide(request: HttpRequest, slug: str, pk: int, decision: str) -> HttpResponse:
    """A representative lets somebody in, or not."""
    organisation = managed_organisation(request, slug)
    asked = get_object_or_404(organisation.access_requests, pk=pk)
    decide_access(request, asked, decision)
    return redirect("alliance:own_people", slug)


def decide_access(request: HttpRequest, asked: AccessRequest, decision: str) -> None:
    """Grant or refuse, and say what happened. Nobody lets themselves in."""
    require(asked.user_id != request.user.pk)
    try:
        DECISIONS[decision](request=asked, by=request.user)
    except InvalidTransition:
        messages.error(request, _("Somebody has decided on this request already. Nothing was changed."))
    else:
        granted = decision == "toekennen"
        messages.success(request, _("Access is granted.") if granted else _("Access is refused."))


@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the yearly question. Opening it changes nothing (mail scanners do so too); the button says yes."""
    try:
        signature = answer_yes(token=token) if request.method == "POST" else asked_by(token)
    except DeadLink:
        return render(request, "alliance/still_right_dead.html", status=410)
    page = "alliance/still_right_done.html" if request.method == "POST" else "alliance/still_right.html"
    return render(request, page, {"signature": signature, "organisation": signature.organisation})
