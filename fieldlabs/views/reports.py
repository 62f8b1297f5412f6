"""The report of a fieldlab, and what participants thought of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fieldlabs.actions import questionnaire as actions
from fieldlabs.forms.report import QuestionnaireForm
from fieldlabs.models import Fieldlab, QuestionnaireInvitation
from fieldlabs.permissions import can_plan
from fieldlabs.report import report_pdf as made_pdf
from fieldlabs.report import sections


def _reported(request: HttpRequest, slug: str) -> Fieldlab:
    """The fieldlab with its report: for everybody once it is published, for programme staff before."""
    fieldlabs = Fieldlab.objects.visible_to(request.user).select_related("report", "host")
    fieldlab = get_object_or_404(fieldlabs, slug=slug, report__isnull=False)
    if not (fieldlab.report.is_published or can_plan(request.user)):
        raise Http404(slug)
    return fieldlab


@require_safe
def report_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about a fieldlab on one page."""
    fieldlab = _reported(request, slug)
    context = {
        "fieldlab": fieldlab,
        "report": fieldlab.report,
        "sections": sections(fieldlab),
        "may_plan": can_plan(request.user),
    }
    return render(request, "fieldlabs/report_detail.html", context)


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF for archives and for who reads with assistive technology."""
    fieldlab = _reported(request, slug)
    name = f"{_('report')}-{fieldlab.slug}-{get_language()}.pdf"
    return HttpResponse(
        made_pdf(fieldlab),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    """Three questions, once, by the link in the mail."""
    invitation = actions.find(token)
    if invitation is None:
        return render(request, "fieldlabs/questionnaire_dead.html", status=404)
    fieldlab = invitation.registration.fieldlab
    form = QuestionnaireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(invitation=invitation, answer=form.save(commit=False))
        except QuestionnaireInvitation.DoesNotExist:  # two clicks: one answer
            messages.info(request, _("You have answered already. Thank you."))
        return render(request, "fieldlabs/questionnaire_done.html", {"fieldlab": fieldlab})
    return render(request, "fieldlabs/questionnaire.html", {"fieldlab": fieldlab, "form": form})
