"""Propose a change to a published practice: what differs, send in, withdraw; and the archive."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase import actions
from knowledgebase.actions import writing
from knowledgebase.changes import differences
from knowledgebase.forms.review import ProposalNoteForm, SeenProposalForm
from knowledgebase.models import Practice, Proposal
from knowledgebase.permissions import can_approve, can_archive, can_review, can_write
from knowledgebase.views.writing import say_missing, written
from smartsociety.core.deciding import decide
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_submit(request: HttpRequest, slug: str) -> HttpResponse:
    """See what differs, say why, send it in."""
    text = written(request, slug)
    if text.proposal is None:
        raise Http404
    if text.is_waiting:
        return redirect("knowledgebase:proposal_detail", slug)
    form = ProposalNoteForm(request.POST or None, initial={"note": text.proposal.note})
    changed = differences(text.practice, text.proposal)
    if request.method == "POST" and form.is_valid() and (changed or text.proposal.files):
        try:
            with suppress(InvalidTransition):  # sent twice: the first one counted
                writing.submit_proposal(
                    proposal=text.proposal, note=form.cleaned_data["note"], by=request.user
                )
        except actions.NotComplete as error:
            say_missing(request, error.args[0])
            return redirect("knowledgebase:practice_edit", slug)
        messages.success(request, _("Sent in. The published text stays until an editor has approved yours."))
        return redirect(text.practice)
    context = {"practice": text.practice, "form": form, "proposal": text.proposal, "changed": changed}
    return render(request, "knowledgebase/proposal_submit.html", context)


@login_required
@require_safe
def proposal_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The change that is open: what goes, what comes, and what this person may do with it."""
    practice, proposal = _open(request, slug)
    context = {
        "practice": practice,
        "proposal": proposal,
        "changed": differences(practice, proposal),
        "may_write": can_write(request.user, practice),
        "may_review": can_review(request.user),
        "may_approve": can_approve(request.user, proposal),
        "seen": SeenProposalForm(proposal=proposal),
    }
    return render(request, "knowledgebase/proposal_detail.html", context)


@login_required
@require_POST
def proposal_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Think again."""
    practice, proposal = _open(request, slug)
    require(can_write(request.user, practice))
    return decide(
        request,
        writing.withdraw_proposal,
        proposal=proposal,
        done=_("The change is withdrawn. The published text is as it was."),
        late=_("An editor has decided already. Nothing was changed."),
        to=practice,
    )


@login_required
@require_POST
def practice_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Out of the knowledge base, or (`back`) into it again."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(can_archive(request.user, practice))
    back = "back" in request.POST
    return decide(
        request,
        actions.bring_back if back else actions.archive,
        practice=practice,
        done=_("It is in the knowledge base again.") if back else _("It is in the archive now."),
        late=_("That was done already. Nothing was changed."),
        to=practice,
    )


def _open(request: HttpRequest, slug: str) -> tuple[Practice, Proposal]:
    """For who writes it and for editors; for everybody else it is not there."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_card_data(), slug=slug)
    proposal = writing.open_proposal(practice)
    if proposal is None or not (can_write(request.user, practice) or can_review(request.user)):
        raise Http404
    return practice, proposal
