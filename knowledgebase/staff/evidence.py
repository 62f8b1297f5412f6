"""What editors record beside a text: an expert's judgement, and steps of the ladder of evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledgebase.actions import evidence
from knowledgebase.forms.evidence import EvidenceForm, JudgementForm, RefuseForm
from knowledgebase.models import EvidenceRequest, Judgement, Practice
from knowledgebase.permissions import can_grant, can_review
from knowledgebase.staff.reviews import read_again
from smartsociety.core.conflict import CONFLICT
from smartsociety.core.deciding import decide
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judgement_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what an expert finds with the practice."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = JudgementForm(request.POST or None, initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        evidence.judge(practice=practice, by=request.user, **form.cleaned_data)
        messages.success(request, _("The judgement is shown with the practice."))
        return redirect(practice)
    context = {"form": form, "practice": practice}
    return render(request, "knowledgebase/staff/judgement_create.html", context)


@login_required
@require_POST
def judgement_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a judgement away that was a mistake; the log keeps it."""
    require(can_review(request.user))
    get_object_or_404(Judgement, practice__slug=slug, pk=pk).delete()
    messages.success(request, _("The judgement is taken away."))
    return redirect("knowledgebase:judgement_create", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that a step was earned, or is confirmed."""
    require(can_review(request.user))
    practice = get_object_or_404(Practice, slug=slug)
    form = EvidenceForm(request.POST or None, initial={"earned_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            evidence.earn(practice=practice, by=request.user, **form.cleaned_data)
        except evidence.NotReproduced:
            form.add_error("level", _("Fewer than two municipalities use it, the owner included."))
        except evidence.NotNow:
            form.add_error("earned_on", _("Choose a day of the last two years, not in the future."))
        else:
            messages.success(request, _("The evidence is recorded."))
            return redirect(practice)
    context = {"form": form, "practice": practice, "steps": practice.evidence_steps.all()}
    return render(request, "knowledgebase/staff/evidence_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """What an owner shows as evidence: record it, or say why not."""
    require(can_review(request.user))
    asked = evidence.waiting(get_object_or_404(Practice, slug=slug))
    if asked is None:
        messages.error(request, _("Nobody waits for a decision about evidence here."))
        return redirect("knowledgebase:practice_detail", slug)
    form = RefuseForm(request.POST if "refuse" in request.POST else None)
    # Another one may have been asked for since the page was opened.
    is_other = request.method == "POST" and request.POST.get("asked") != str(asked.pk)
    if is_other:
        messages.error(request, read_again())
    elif request.method == "POST" and "refuse" not in request.POST:
        require(can_grant(request.user, asked))
        return _granted(request, asked)
    elif request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("Not recorded. Who asked reads why in a mail.")
        return decide(
            request, evidence.refuse, asked=asked, reason=reason, done=done, late=_late(), to=asked.practice
        )
    context = {
        "asked": asked,
        "form": form,
        "practice": asked.practice,
        "may_grant": can_grant(request.user, asked),
        "users": evidence.municipalities_using(asked.practice),
    }
    return render(
        request, "knowledgebase/staff/evidence_decide.html", context, status=CONFLICT if is_other else None
    )


def _granted(request: HttpRequest, asked: EvidenceRequest) -> HttpResponse:
    try:
        done = _("The evidence is recorded.")
        return decide(request, evidence.grant, asked=asked, done=done, late=_late(), to=asked.practice)
    except evidence.NoProof:
        messages.error(
            request, _("The report is not there any more. Say so, then the owner can show it again.")
        )
    except evidence.NotReproduced:
        messages.error(request, _("Fewer than two municipalities use it, the owner included."))
    except evidence.NotNow:
        messages.error(
            request, _("The day is too long ago by now. Say so, then the owner can show something newer.")
        )
    return redirect("knowledgebase:evidence_decide", asked.practice.slug)


def _late() -> str:
    return _("A colleague has decided on this already. Nothing was changed.")
