"""The ladder of evidence for who writes a practice: how it stands, and asking to record a step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase.actions import evidence
from knowledgebase.forms.evidence import EvidenceRequestForm
from knowledgebase.models import Practice
from knowledgebase.permissions import can_propose
from smartsociety.core.permissions import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask an editor to record a step that was earned, or to confirm one."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(can_propose(request.user, practice))
    form = EvidenceRequestForm(
        request.POST or None, practice=practice, initial={"earned_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            evidence.ask(practice=practice, by=request.user, **form.cleaned_data)
        except evidence.AskedAlready:
            messages.error(request, _("Somebody has asked already. An editor looks at that first."))
        else:
            messages.success(request, _("Sent to the editors. You get a mail when it is decided."))
        return redirect("knowledgebase:evidence_ask", slug)
    context = {
        "practice": practice,
        "form": form,
        "waiting": evidence.waiting(practice),
        "steps": practice.evidence_steps.all(),
        "users": evidence.municipalities_using(practice),
    }
    return render(request, "knowledgebase/evidence_ask.html", context)
