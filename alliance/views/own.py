"""An organisation's own place: what its representatives see first, its profile, what it brings, and withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliance import actions
from alliance.actions.own_nudge import still_right
from alliance.forms.own import ContributionForm, ProfileForm, RevisedForm, WithdrawForm
from alliance.models import Declaration, Membership, Organisation, Signature
from alliance.permissions import can_manage, can_represent, can_withdraw, is_member
from alliance.views.moved import follows_moves
from alliance.views.own_history import changes_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile


def managed_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation whose place this person keeps; 404 when it is not there, 403 when it is somebody else's."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(can_manage(request.user, organisation))
    return organisation


@login_required
@require_safe
@follows_moves
def own_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """How the organisation stands in the alliance, and what could be done next; for all who act for it."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    manages = can_manage(request.user, organisation)
    require(manages or is_member(request.user, organisation))
    signature = organisation.signatures.in_force().with_card_data().first()
    membership = organisation.memberships.filter(user=request.user).first()
    context = {
        "organisation": organisation,
        "manages": manages,
        "represents": can_represent(request.user, organisation),
        "membership": membership,
        "signature": signature,
        "next_steps": _next_steps(organisation, signature) if manages else [],
        "requests": organisation.access_requests.filter(status="asked").count() if manages else 0,
        "people": organisation.memberships.select_related("user").order_by("-role", "created_at"),
        "changes": changes_of(organisation, viewer=request.user)[:5] if manages else [],
    }
    return render(request, "alliance/own/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_moves
def own_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody reads about the organisation."""
    organisation = managed_organisation(request, slug)
    form = ProfileForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("The profile is saved."))
        return redirect("alliance:own_overview", slug)
    context = {"form": form, "organisation": organisation, "proposed": list(organisation.proposed_domains)}
    return render(request, "alliance/own/profile.html", context, status=409 if form.overtaken else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_moves
def own_contribution(request: HttpRequest, slug: str) -> HttpResponse:
    """What the organisation brings and says, beside its signature in force; 404 without one."""
    organisation = managed_organisation(request, slug)
    signature = organisation.signatures.in_force().first()
    signature = get_object_or_404(Signature, pk=signature and signature.pk)
    form = ContributionForm(request.POST or None, instance=signature)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("What you bring is saved."))
        return redirect("alliance:own_overview", slug)
    context = {"form": form, "organisation": organisation, "signature": signature}
    return render(request, "alliance/own/contribution.html", context, status=409 if form.overtaken else 200)


@login_required
@require_http_methods(["POST"])
def own_still_right(request: HttpRequest, slug: str) -> HttpResponse:
    """A representative says that everything is still right; 404 without a signature in force."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(can_represent(request.user, organisation))
    signature = organisation.signatures.in_force().first()
    still_right(signature=get_object_or_404(Signature, pk=signature and signature.pk), by=request.user)
    messages.success(request, _("Thank you. It now says that this was confirmed today."))
    return redirect("alliance:own_overview", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signature_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """A representative withdraws the organisation's signature, at once."""
    signature = get_object_or_404(Signature.objects.public().with_card_data(), code=code)
    require(can_withdraw(request.user, signature))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(signature=signature, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("The signature of %(name)s is withdrawn.") % {"name": signature.organisation}
        )
        return redirect(signature)
    standing = signature.organisation.signatures.in_force()
    context = {
        "form": form,
        "signature": signature,
        "versions": sorted(standing.values_list("declaration__version", flat=True)),
    }
    return render(request, "alliance/signature_withdraw.html", context)


def _saved(request: HttpRequest, form: RevisedForm) -> bool:
    try:
        form.save(by=request.user)
    except ChangedMeanwhile as error:
        form.show_overtaken(error.args[0])
        return False
    return True


def _next_steps(organisation: Organisation, signature: Signature | None) -> list[tuple[str, str]]:
    """What would make the organisation's place better: (what, name of the page)."""
    newest = Declaration.objects.current()
    representatives = organisation.memberships.filter(role=Membership.Role.REPRESENTATIVE).count()
    steps = [
        (signature is None, _("Sign the declaration of support"), "alliance:signature_create"),
        (
            signature is not None and newest is not None and signature.declaration_id != newest.pk,
            _("Sign the new version of the declaration"),
            "alliance:signature_create",
        ),
        (not organisation.description, _("Tell what your organisation does"), "alliance:own_profile"),
        (not organisation.logo, _("Add a logo"), "alliance:own_logo"),
        (not organisation.website, _("Add your website"), "alliance:own_profile"),
        (
            signature is not None and not signature.contributes,
            _("Say what you bring"),
            "alliance:own_contribution",
        ),
        (
            representatives < 2,
            _("Invite a second representative, so that nothing stops when somebody leaves"),
            "alliance:own_people",
        ),
    ]
    return [(text, page) for wanted, text, page in steps if wanted]
