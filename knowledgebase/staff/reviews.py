"""The editors review practices and proposed changes, under /beheer/praktijkvoorbeelden/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase import actions
from knowledgebase.actions import writing
from knowledgebase.forms.review import AssignForm, DecideForm, RemarksForm, SeenProposalForm
from knowledgebase.models import EvidenceRequest, Practice, Proposal
from knowledgebase.permissions import can_approve, can_publish, can_review
from smartsociety.core.audit import history
from smartsociety.core.conflict import CONFLICT, Conflict, reopened
from smartsociety.core.deciding import decide
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile


def too_late() -> str:
    """What is said to who was second."""
    return _("A colleague has decided on this practice already. Nothing was changed.")


@login_required
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for an editor, longest first: new practices, then evidence and proposed changes."""
    require(can_review(request.user))
    proposals = Proposal.objects.waiting().order_by("submitted_at")
    evidence = EvidenceRequest.objects.filter(status=EvidenceRequest.Status.ASKED)
    context = {
        "evidence": evidence.select_related("practice"),
        "page": page_of(request, Practice.objects.to_review().with_card_data().with_review()),
        "proposals": proposals.select_related("practice", "submitted_by"),
    }
    return render(request, "knowledgebase/staff/review_list.html", context)


def read_again() -> str:
    """What is said to who decided on another text than the one that waits by now."""
    return _("This changed after you opened the page. Below you see how it is now. Look again, then decide.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_return(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a practice back with remarks per field."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = RemarksForm(request.POST or None, practice=practice)
    if request.method == "POST" and form.is_valid():
        return _decide(request, _("Sent back."), actions.send_back, practice, remarks=form.typed)
    return render(request, "knowledgebase/staff/practice_return.html", {"form": form, "practice": practice})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a colleague to read it."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice.objects.to_review(), slug=slug)
    form = AssignForm(request.POST or None, practice=practice)
    if request.method == "POST" and form.is_valid():
        reviewer = form.cleaned_data["reviewer"]
        return decide(
            request,
            actions.assign,
            practice=practice,
            reviewer=reviewer,
            done=_("%(name)s is asked to read it.") % {"name": reviewer},
            late=too_late(),
            to="knowledgebase:review_list",
        )
    return render(request, "knowledgebase/staff/practice_assign.html", {"form": form, "practice": practice})


@login_required
@require_POST
def practice_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a practice from the list."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    return _decide(request, _("You review this practice now."), actions.start_review, practice)


@login_required
@require_POST
def practice_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Into the knowledge base."""
    practice = get_object_or_404(Practice, slug=slug)
    require(can_publish(request.user, practice))
    return _decide(request, _("Published."), actions.publish, practice)


@login_required
@require_POST
def proposal_approve(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposed text that was read comes into force."""
    practice, proposal = _waiting(slug)
    require(can_approve(request.user, proposal))
    try:
        return decide(
            request,
            writing.approve_proposal,
            proposal=proposal,
            revision=SeenProposalForm(request.POST, proposal=proposal).seen,
            done=_("The change is published."),
            late=too_late(),
            to=practice,
        )
    except ChangedMeanwhile:
        messages.error(request, read_again())
    except writing.NotPublished:
        messages.error(request, _("The practice is in the archive. Nothing was changed."))
        return redirect(practice)
    except actions.NotComplete as error:
        missing = ", ".join(str(label) for label in error.args[0].missing_core_fields)
        messages.error(
            request, _("This change leaves empty: %(missing)s. Send it back.") % {"missing": missing}
        )
    return redirect("knowledgebase:proposal_detail", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_decline(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to who proposed it with a remark, or not at all (`never`)."""
    require(can_review(request.user))
    practice, proposal = _waiting(slug)
    if proposal.status != Proposal.Status.SUBMITTED:
        messages.error(request, too_late())
        return redirect(practice)
    form = DecideForm(request.POST or None, proposal=proposal)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _declined(request, practice, form)
        except ChangedMeanwhile:
            proposal.refresh_from_db()
            conflict = Conflict(history(proposal))
            form = reopened(form, proposal=proposal.pk, revision=proposal.revision)
    context = {"form": form, "practice": practice, "conflict": conflict}
    return render(
        request,
        "knowledgebase/staff/proposal_decline.html",
        context,
        status=CONFLICT if conflict else None,
    )


def _declined(request: HttpRequest, practice: Practice, form: DecideForm) -> HttpResponse:
    again = "never" not in request.POST
    return decide(
        request,
        writing.decline_proposal,
        proposal=form.waiting,
        revision=form.seen,
        reason=form.cleaned_data["reason"],
        remarks=form.typed,
        again=again,
        done=_("Sent back.") if again else _("The change is declined."),
        late=too_late(),
        to=practice,
    )


def _waiting(slug: str) -> tuple[Practice, Proposal]:
    """The last proposal; when it does not wait any more, deciding says that a colleague was first."""
    proposals = Proposal.objects.filter(practice__slug=slug).select_related("practice")
    proposal = proposals.order_by("-pk").first()
    if proposal is None:
        raise Http404
    return proposal.practice, proposal


def _decide(request: HttpRequest, done: str, action, practice: Practice, **answers) -> HttpResponse:
    return decide(request, action, done=done, late=too_late(), to=practice, practice=practice, **answers)
