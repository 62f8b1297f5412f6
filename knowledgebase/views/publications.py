"""Publications beside the practices."""

from pathlib import PurePath

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from knowledgebase import linked
from knowledgebase.filters import PublicationFilter
from knowledgebase.models import Practice, Publication
from knowledgebase.permissions import can_keep_library
from smartsociety.core.documents import CONTENT_TYPES
from smartsociety.core.pages import page_of


def _visible(request: HttpRequest):
    everything = Publication.objects.with_card_data()
    return everything if can_keep_library(request.user) else everything.shown()


def _practices(publication: Publication) -> QuerySet[Practice]:
    return Practice.objects.published().filter(publications=publication)


@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """Reports, films, guides and tools, narrowed by words, kind, theme, language and licence."""
    chosen = PublicationFilter(request.GET, queryset=Publication.objects.shown().with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs)}
    return render(request, "knowledgebase/publication_list.html", context)


@require_safe
def publication_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One, with the practices and fieldlabs it draws on."""
    publication = get_object_or_404(_visible(request), slug=slug)
    practices = _practices(publication).with_card_data()
    context = {
        "publication": publication,
        "practices": practices,
        "structured_data": linked.publication(publication, practices),
        "fieldlabs": publication.fieldlabs.public(),
        "may_keep": can_keep_library(request.user),
    }
    return render(request, "knowledgebase/publication_detail.html", context)


@require_safe
def publication_linked(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs (JSON-LD)."""
    publication = get_object_or_404(_visible(request), slug=slug)
    return linked.answer(linked.publication(publication, _practices(publication)))


@require_safe
def publication_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Its file, to download."""
    publication = get_object_or_404(_visible(request), slug=slug)
    if not publication.file:
        raise Http404("This publication stands elsewhere.")
    ending = PurePath(publication.file.name).suffix.lstrip(".")
    return FileResponse(
        publication.file.open("rb"),
        as_attachment=True,
        filename=f"{publication.slug}.{ending}",
        content_type=CONTENT_TYPES[ending],
    )
