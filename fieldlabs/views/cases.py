"""Cases: the questions that organisations bring, and who has the same one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.models import Organisation
from fieldlabs import emails
from fieldlabs.actions import case as actions
from fieldlabs.feeds import CaseFeed
from fieldlabs.filters import CaseFilter
from fieldlabs.forms.case import CaseForm, DemandForm
from fieldlabs.models import Case
from fieldlabs.permissions import can_plan, can_propose, can_withdraw_case
from smartsociety.core.limits import DAY, allowed, network_allowed
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require

case_feed = require_safe(CaseFeed())
TRIES_AN_HOUR, MAILS_PER_DAY = 100, 5
_seal = Signer(salt="fieldlabs.demand", sep=".")


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The questions that wait, are worked on and were answered; those that many have come first."""
    chosen = CaseFilter(request.GET, queryset=Case.objects.public().with_card_data())
    page = page_of(request, chosen.qs.order_by("-demand", "-created_at", "-pk"))
    return render(request, "fieldlabs/case_list.html", {"filter": chosen, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_propose(request: HttpRequest) -> HttpResponse:
    """Bring a question."""
    require(can_propose(request.user))
    form = CaseForm(
        request.POST or None,
        user=request.user,
        initial={
            "language": get_language(),
            "fieldlab": request.GET.get("fieldlab"),
            "title": request.GET.get("q", "")[:100],
        },
    )
    if request.method == "POST" and form.is_valid():
        case = actions.propose_case(case=form.save(commit=False), by=request.user)
        form.save_m2m()
        messages.success(request, _("Thank you. The programme team reads your question and mails you."))
        return redirect(case)
    return render(request, "fieldlabs/case_form.html", {"form": form})


@require_safe
def case_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One question: who asks, who has it too, where it is worked on."""
    case = get_object_or_404(Case.objects.visible_to(request.user).with_card_data(), slug=slug)
    if case.status == Case.Status.MERGED and not can_plan(request.user):
        return redirect(case.merged_into)
    own = Organisation.objects.none()
    if request.user.is_authenticated:
        own = Organisation.objects.filter(memberships__user=request.user).exclude(pk=case.organisation_id)
    context = {
        "case": case,
        "demands": case.demands.select_related("organisation").order_by("organisation__name"),
        "own": own.exclude(case_demands__case=case).order_by("name"),
        "may_withdraw": can_withdraw_case(request.user, case),
        "may_plan": can_plan(request.user),
        "asks": case.status in (Case.Status.PROPOSED, Case.Status.ACCEPTED),
    }
    return render(request, "fieldlabs/case_detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_support(request: HttpRequest, slug: str) -> HttpResponse:
    """“We have this question too”: at once for the own organisation, else by a link in the mail."""
    case = get_object_or_404(Case.objects.public(), slug=slug)
    if request.method == "POST" and (own := _own(request)):
        _counted(request, actions.support_case(case=case, organisation=own) is not None)
        return redirect(case)
    form = DemandForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["email"].lower()
        if request.POST.get("trap"):
            form.add_error(None, _("Leave the hidden field empty and press the button again."))
        elif not (
            network_allowed(request, "case-demand", limit=TRIES_AN_HOUR)
            and allowed(f"demand:{to}", limit=MAILS_PER_DAY, seconds=DAY)
        ):
            form.add_error(None, _("That was very often. Try again tomorrow."))
            status = 429
        else:
            token = _seal.sign(f"{case.pk}.{form.organisation.pk}")
            emails.demand_to_confirm(
                case=case,
                organisation_name=form.organisation.name,
                to=to,
                language=get_language(),
                token=token,
            )
            messages.success(request, _("Look in your mailbox: with the link in the mail it counts."))
            return redirect(case)
    return render(request, "fieldlabs/case_support.html", {"case": case, "form": form}, status=status)


def _own(request: HttpRequest) -> Organisation | None:
    """The organisation of this person that was chosen with the button."""
    if not request.user.is_authenticated or not request.POST.get("organisation", "").isdigit():
        return None
    own = Organisation.objects.filter(memberships__user=request.user)
    return own.filter(pk=request.POST["organisation"]).first()


def _counted(request: HttpRequest, new: bool) -> None:
    if new:
        messages.success(request, _("Counted: your organisation has this question too."))
    else:
        messages.info(request, _("We knew already that your organisation has this question."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demand_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Opening it changes nothing; the button counts."""
    try:
        case_id, organisation_id = (int(part) for part in _seal.unsign(token).split("."))
    except (BadSignature, ValueError):
        return render(request, "fieldlabs/registration_gone.html", status=410)
    case = get_object_or_404(Case.objects.public(), pk=case_id)
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    if request.method == "POST":
        _counted(request, actions.support_case(case=case, organisation=organisation) is not None)
        return redirect(case)
    context = {"case": case, "organisation": organisation, "token": token}
    return render(request, "fieldlabs/demand_confirm.html", context)


@login_required
@require_POST
def case_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """The question is no longer asked."""
    case = get_object_or_404(Case.objects.visible_to(request.user), slug=slug)
    require(can_withdraw_case(request.user, case))
    actions.withdraw_case(case=case, by=request.user)
    messages.success(request, _("The case is withdrawn."))
    return redirect("fieldlabs:case_list")
