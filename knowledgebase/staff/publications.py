"""Staff keep publications, under /beheer/publicaties/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledgebase.forms.publication import PublicationForm
from knowledgebase.models import Publication
from knowledgebase.permissions import can_keep_library
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


@login_required
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """All of them, hidden ones too."""
    require(can_keep_library(request.user))
    page = page_of(request, Publication.objects.all())
    return render(request, "knowledgebase/staff/publication_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_create(request: HttpRequest) -> HttpResponse:
    """Add one."""
    require(can_keep_library(request.user))
    return _form(request, Publication(created_by=request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change one, show it or hide it."""
    require(can_keep_library(request.user))
    return _form(request, get_object_or_404(Publication, slug=slug))


def _form(request: HttpRequest, publication: Publication) -> HttpResponse:
    former = publication.file.name
    form = PublicationForm(request.POST or None, request.FILES or None, instance=publication)
    if request.method == "POST" and form.is_valid():
        _save(form, former)
        messages.success(
            request, _("Saved. Everybody can see it.") if publication.is_shown else _("Saved, and hidden.")
        )
        return redirect("knowledgebase:staff_publication_list")
    return render(request, "knowledgebase/staff/publication_form.html", {"form": form})


@transaction.atomic
def _save(form: PublicationForm, former: str) -> None:
    """The former file goes once it is certain that another took its place."""
    publication = form.save()
    if former and former != publication.file.name:
        transaction.on_commit(lambda: publication.file.storage.delete(former))
