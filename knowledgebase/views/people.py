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
from knowledgebase.models import Author, AuthorInvitation, PartInvitation, Practice
from knowledgebase.permissions import can_arrange, can_name, can_name_owners, can_review, can_take_part
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
    part = PartForm(
        request.POST if sent == "part" else None,
        prefix="part",
        may_name_owners=may_name_owners,
        may_review=can_review(request.user),
    )
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
        "last_owner": people.last_owner(text.practice),
        "why_it_stays": _last_owner(text.practice),
        "asked": text.practice.part_invitations.exclude(answer="yes").select_related("organisation"),
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
    except people.CannotTakePart as error:
        messages.error(request, _why_not(error, text.practice))
    else:
        messages.success(request, _("%(name)s no longer takes part.") % {"name": part.organisation})
    return redirect("knowledgebase:practice_people", slug)


@login_required
@require_POST
def part_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An organisation is not asked any more."""
    text = _named(request, slug)
    invitation = get_object_or_404(text.practice.part_invitations.select_related("practice"), pk=pk)
    if people.withdraw_part(invitation=invitation, by=request.user):
        messages.success(request, _("The invitation is withdrawn."))
    else:
        messages.error(request, _("The organisation answered just before you. Nothing was changed."))
    return redirect("knowledgebase:practice_people", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Does your organisation take part? Its people see what is asked; who represents it says yes, or (`no`) no."""
    asked = PartInvitation.objects.filter(organisation__memberships__user=request.user, practice__slug=slug)
    invitation = get_object_or_404(asked.select_related("practice", "organisation"), pk=pk)
    may_answer = can_take_part(request.user, invitation.organisation)
    if request.method == "POST":
        require(may_answer)
        return _answered(request, invitation)
    context = {
        "invitation": invitation,
        "practice": invitation.practice,
        "inviter": inviter(invitation),
        "may_answer": may_answer and not invitation.answer,
    }
    return render(request, "knowledgebase/part_answer.html", context)


def _answered(request: HttpRequest, invitation: PartInvitation) -> HttpResponse:
    name = {"name": invitation.organisation}
    takes_part = "no" not in request.POST
    try:
        (people.accept_part if takes_part else people.decline_part)(invitation=invitation, by=request.user)
    except PartInvitation.DoesNotExist:
        messages.error(request, _("This was answered already. Nothing was changed."))
    except people.CannotTakePart as error:
        messages.error(request, _why_not(error, invitation.practice))
    else:
        words = _("%(name)s takes part.") if takes_part else _("%(name)s does not take part.")
        messages.success(request, words % name)
    visible = Practice.objects.visible_to(request.user).filter(pk=invitation.practice_id).exists()
    return redirect(invitation.practice if visible else "my_page")


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


def _why_not(error: people.CannotTakePart, practice: Practice) -> str:
    """In words, with what to do about it."""
    if isinstance(error, people.LastOwner):
        return _last_owner(practice)
    if isinstance(error, people.OwnersAreSettled):
        return _(
            "Of a published practice only an editor of the knowledge base changes the owners. Ask us on the contact "
            "page."
        )
    if isinstance(error, people.Adopted):
        return _("This organisation says that it uses the practice of another.")
    return _(
        "Nobody represents this organisation here yet, so it cannot say yes. An editor of the knowledge base can name "
        "it, and writes down why: ask us on the contact page."
    )


def _last_owner(practice: Practice) -> str:
    if practice.status == Practice.Status.DRAFT:
        return _("This is the only owner, and without one nobody can write it. Add another owner first.")
    return _("A published practice keeps a government as its owner. Add another one first.")


def _add_part(request: HttpRequest, practice, form: PartForm) -> bool:
    if not form.is_valid():
        return False
    if not allowed(f"ask-part:{request.user.pk}", limit=40, seconds=DAY):
        form.add_error("organisation", _("You added many organisations today. Go on tomorrow."))
        return False
    try:
        part = people.set_part(practice=practice, by=request.user, **form.cleaned_data)
    except people.CannotTakePart as error:
        about = "organisation" if isinstance(error, people.NobodyToAsk) else "role"
        form.add_error(about, _why_not(error, practice))
        return False
    asked = isinstance(part, PartInvitation)
    words = _("%(name)s is asked whether it takes part.") if asked else _("%(name)s takes part.")
    messages.success(request, words % {"name": form.cleaned_data["organisation"]})
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
