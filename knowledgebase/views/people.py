"""Who takes part in a practice, and who writes it along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledgebase.actions import people
from knowledgebase.emails import inviter
from knowledgebase.forms.practice import InviteAuthorForm, PartForm
from knowledgebase.models import Author, AuthorInvitation, Practice
from knowledgebase.permissions import can_arrange, can_name, can_name_owners
from knowledgebase.views.text import Text
from knowledgebase.views.writing import written
from smartsociety.core.limits import DAY, allowed
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Owners, partners and authors; each form adds one."""
    text = _named(request, slug)
    sent = request.POST.get("what") if request.method == "POST" else None
    may_name_owners = can_name_owners(request.user, text.practice)
    part = PartForm(request.POST if sent == "part" else None, prefix="part", may_name_owners=may_name_owners)
    invite = InviteAuthorForm(request.POST if sent == "author" else None, prefix="author")
    may_write = can_arrange(request.user, text.practice)
    done = (sent == "part" and _add_part(request, text.practice, part)) or (
        sent == "author" and may_write and _invite(request, text.practice, invite)
    )
    if done:
        return redirect("knowledgebase:practice_people", slug)
    context = {
        "practice": text.practice,
        "contents": text.contents(""),
        "may_write": may_write,
        "may_name_owners": may_name_owners,
        "parts": text.practice.parts.select_related("organisation").order_by("role", "organisation__name"),
        "authors": text.practice.authors.select_related("user"),
        "invitations": text.practice.author_invitations.filter(accepted_at=None),
        "part_form": part,
        "invite_form": invite,
    }
    return render(request, "knowledgebase/practice_people.html", context)


@login_required
@require_POST
def part_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An organisation takes part no longer."""
    text = _named(request, slug)
    part = get_object_or_404(text.practice.parts.select_related("practice", "organisation"), pk=pk)
    try:
        people.remove_part(part=part, by=request.user)
    except people.LastOwner:
        messages.error(request, _last_owner(text.practice))
    except people.OwnersAreSettled:
        messages.error(request, _owners_are_settled())
    else:
        messages.success(request, _("%(name)s no longer takes part.") % {"name": part.organisation})
    return redirect("knowledgebase:practice_people", slug)


@login_required
@require_POST
def author_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody writes it no longer."""
    text = written(request, slug)
    people.remove_author(author=get_object_or_404(text.practice.authors, pk=pk), by=request.user)
    messages.success(request, _("This person no longer writes this practice."))
    return redirect("knowledgebase:practice_people", slug)


@login_required
@require_POST
def author_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The link in the mail stops working."""
    text = written(request, slug)
    invitation = get_object_or_404(text.practice.author_invitations, pk=pk)
    if people.withdraw_author(invitation=invitation, by=request.user):
        messages.success(request, _("The invitation is withdrawn."))
    else:
        messages.error(request, _("A colleague changed this just before you. Nothing was changed."))
    return redirect("knowledgebase:practice_people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def author_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link in the mail says yes; no account is needed before."""
    invitation = people.standing_invitation(token)
    if request.method == "POST" and invitation:
        try:
            author = people.accept_author(token=token, language=get_language(), by=request.user)
        except AuthorInvitation.DoesNotExist:
            invitation = None
        except people.NotTheirs:
            pass  # the page says for which address it is
        else:
            messages.success(request, _may_write_now(request, author))
            return redirect("knowledgebase:practice_edit", invitation.practice.slug)
    context = {
        "invitation": invitation,
        "inviter": inviter(invitation) if invitation else "",
        "is_theirs": invitation is not None and people.is_for(invitation, request.user),
    }
    return render(request, "knowledgebase/author_accept.html", context, status=200 if invitation else 404)


def _may_write_now(request: HttpRequest, author: Author) -> str:
    if request.user == author.user:
        return _("You may write this practice now.")
    return _("You may write this practice now. Sign in with %(address)s.") % {"address": author.user.email}


def _named(request: HttpRequest, slug: str) -> Text:
    """The text of a practice of which this person may say who takes part."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_card_data(), slug=slug)
    require(can_name(request.user, practice))
    return Text(practice)


def _owners_are_settled() -> str:
    return _(
        "Of a published practice only an editor of the knowledge base changes the owners. Ask us on the contact page."
    )


def _last_owner(practice: Practice) -> str:
    if practice.status == Practice.Status.DRAFT:
        return _("This is the only owner, and without one nobody can write it. Add another owner first.")
    return _("A published practice keeps a government as its owner. Add another one first.")


def _add_part(request: HttpRequest, practice, form: PartForm) -> bool:
    if not form.is_valid():
        return False
    try:
        people.set_part(practice=practice, by=request.user, **form.cleaned_data)
    except people.LastOwner:
        form.add_error("role", _last_owner(practice))
        return False
    except people.OwnersAreSettled:
        form.add_error("role", _owners_are_settled())
        return False
    except people.Adopted:
        form.add_error("role", _("This organisation says that it uses the practice of another."))
        return False
    messages.success(request, _("%(name)s takes part.") % {"name": form.cleaned_data["organisation"]})
    return True


def _invite(request: HttpRequest, practice, form: InviteAuthorForm) -> bool:
    if not form.is_valid():
        return False
    if not allowed(f"invite-author:{request.user.pk}", limit=20, seconds=DAY):
        form.add_error("email", _("You invited many people today. Go on tomorrow."))
        return False
    try:
        people.invite_author(practice=practice, email=form.cleaned_data["email"], by=request.user)
    except people.AlreadyAuthor as error:
        is_own = error.args[0] == request.user.email
        form.add_error(
            "email",
            _("This is your own address. You write this practice already.")
            if is_own
            else _("This person may write this practice already."),
        )
        return False
    messages.success(request, _("The invitation is sent."))
    return True
