"""Take a practice over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledgebase import actions
from knowledgebase.forms.adoption import AdoptionForm
from knowledgebase.models import Practice
from knowledgebase.permissions import adopting_organisations


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Wij gebruiken dit ook."""
    practice = get_object_or_404(Practice.objects.published().with_card_data(), slug=slug)
    organisations = adopting_organisations(request.user, practice)
    if not organisations.exists():
        return render(request, "knowledgebase/adopt_not_possible.html", {"practice": practice}, status=403)
    known = practice.adoptions.filter(organisation__in=organisations).first()
    form = AdoptionForm(request.POST or None, instance=known, organisations=organisations, practice=practice)
    if request.method == "POST" and form.is_valid():
        adoption = actions.adopt(practice=practice, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Thank you. %(name)s is now shown with this practice.") % {"name": adoption.organisation},
        )
        return redirect(practice)
    return render(request, "knowledgebase/practice_adopt.html", {"form": form, "practice": practice})
