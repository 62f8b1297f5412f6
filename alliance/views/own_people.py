"""Who acts for an organisation: its people page, invitations, and the link in the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.actions import own_people as actions
from alliance.forms.own import INVITATIONS_A_DAY, AcceptForm, InvitationForm, RoleForm
from alliance.models import Invitation, Membership, Organisation
from alliance.permissions import can_manage, can_represent, can_verify_signatures, is_member
from alliance.views.moved import follows_moves
from alliance.views.own import managed_organisation
from smartsociety.core.mail import sent_recently
from smartsociety.core.models import User
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_moves
def own_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Members, invitations and requests for access. Posting the form invites a colleague."""
    organisation = managed_organisation(request, slug)
    form = InvitationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except actions.AlreadyMember:
            form.add_error("email", _("This person acts for your organisation already."))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("alliance:own_people", slug)
    members = organisation.memberships.select_related("user").order_by("-role", "created_at")
    waiting = organisation.access_requests.filter(status="asked").select_related("user", "organisation")
    context = {
        "form": form,
        "organisation": organisation,
        "members": members,
        "roles": Membership.Role.choices,
        "is_staff_help": not is_member(request.user, organisation),
        "representative_count": sum(member.role == Membership.Role.REPRESENTATIVE for member in members),
        "invitations": organisation.invitations.filter(accepted_at=None).order_by("created_at"),
        "now": timezone.now(),
        "requests": waiting.prefetch_related("user__emailaddress_set"),
    }
    return render(request, "alliance/own/people.html", context)


@login_required
@require_POST
def own_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    organisation = managed_organisation(request, slug)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
        return redirect("alliance:own_people", slug)
    try:
        actions.change_role(membership=membership, by=request.user, **form.cleaned_data)
    except actions.LastRepresentative:
        _say_last(request)
    except Membership.DoesNotExist:
        _say_gone(request)
    else:
        messages.success(request, _("The role is changed."))
    return _back(request, organisation)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a member, or leave; asks first. An editor may only leave."""
    organisation, membership = _member(request, slug, pk)
    others = actions.other_representatives(membership)
    is_last = membership.role == Membership.Role.REPRESENTATIVE and not others.exists()
    if request.method == "POST":
        try:
            actions.remove(membership=membership, by=request.user)
        except actions.LastRepresentative:
            _say_last(request)
        except Membership.DoesNotExist:
            _say_gone(request)
        else:
            messages.success(
                request, _("Done. This person no longer acts for %(name)s.") % {"name": organisation}
            )
        return _back(request, organisation)
    context = {
        "organisation": organisation,
        "membership": membership,
        "is_self": membership.user == request.user,
        "is_blocked": is_last and not can_verify_signatures(request.user),
    }
    return render(request, "alliance/own/member_remove.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_hand_over(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A representative gives the task to the member `pk` and leaves; asks first."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(can_represent(request.user, organisation))
    mine = get_object_or_404(organisation.memberships, user=request.user)
    successor = get_object_or_404(organisation.memberships.exclude(pk=mine.pk).select_related("user"), pk=pk)
    if request.method == "POST":
        try:
            actions.hand_over(membership=mine, to=successor, by=request.user)
        except (actions.LastRepresentative, Membership.DoesNotExist):
            _say_gone(request)
        else:
            messages.success(request, _("You handed over %(name)s.") % {"name": organisation})
        return _back(request, organisation)
    return render(
        request, "alliance/own/hand_over.html", {"organisation": organisation, "successor": successor}
    )


@login_required
@require_POST
def own_invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mail an invitation again, with a new link."""
    organisation = managed_organisation(request, slug)
    invitation = get_object_or_404(organisation.invitations.filter(accepted_at=None), pk=pk)
    if sent_recently("alliance/invitation", to=invitation.email) >= INVITATIONS_A_DAY:
        messages.error(request, _("This address got several invitations today. Try again tomorrow."))
        return redirect("alliance:own_people", slug)
    try:
        actions.resend_invitation(invitation=invitation, by=request.user)
    except (Invitation.DoesNotExist, actions.AlreadyMember):
        _say_gone(request)
    else:
        messages.success(request, _("The invitation is on its way, with a new link."))
    return redirect("alliance:own_people", slug)


@login_required
@require_POST
def own_invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The link in the mail stops working."""
    organisation = managed_organisation(request, slug)
    invitation = get_object_or_404(organisation.invitations, pk=pk)
    if actions.withdraw_invitation(invitation=invitation, by=request.user):
        messages.success(request, _("The invitation is withdrawn."))
    else:
        _say_gone(request)
    return redirect("alliance:own_people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Opening it changes nothing; the button does, once, for the address it was sent to."""
    invitation = Invitation.objects.with_token(token).select_related("organisation").first()
    if invitation is None:
        return render(request, "alliance/invitation_dead.html", status=410)
    is_known = User.objects.filter(email=invitation.email).exclude(name="").exists()
    form = None if is_known else AcceptForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        name = form.cleaned_data["name"] if form else ""
        try:
            membership = actions.accept_invitation(token=token, name=name, language=get_language())
        except Invitation.DoesNotExist:
            return render(request, "alliance/invitation_dead.html", status=410)
        return render(request, "alliance/invitation_accepted.html", {"membership": membership})
    return render(request, "alliance/invitation_accept.html", {"invitation": invitation, "form": form})


def _member(request: HttpRequest, slug: str, pk: int) -> tuple[Organisation, Membership]:
    """A member whom this person may remove: anyone for a representative, for others themselves."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    membership = organisation.memberships.select_related("user").filter(pk=pk).first()
    is_self = membership is not None and membership.user == request.user
    require(is_self or can_manage(request.user, organisation))
    if membership is None:
        raise Http404
    return organisation, membership


def _back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """To the people page; for who may not see it any more, to their own page."""
    if can_manage(request.user, organisation):
        return redirect("alliance:own_people", organisation.slug)
    return redirect("my_page")


def _say_last(request: HttpRequest) -> None:
    messages.error(
        request,
        _(
            "Nobody else represents your organisation. First make a colleague representative, or ask the secretariat."
        ),
    )


def _say_gone(request: HttpRequest) -> None:
    messages.error(request, _("A colleague changed this just before you. Nothing was changed."))
