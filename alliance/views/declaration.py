"""The text in force, its earlier versions, and what changed between them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance.models import Declaration, Organisation
from smartsociety.core.comparison import compare


def current_declaration() -> Declaration:
    """The version in force; 404 before the first."""
    declaration = Declaration.objects.current()
    if declaration is None:
        raise Http404("No declaration has been published yet.")
    return declaration


@require_safe
def declaration(request: HttpRequest) -> HttpResponse:
    """The text in force, and the way to sign it."""
    return _declaration_page(request, current_declaration(), is_current=True)


@require_safe
def declaration_version(request: HttpRequest, version: int) -> HttpResponse:
    """A text that is or was in force."""
    shown = get_object_or_404(Declaration.objects.published(), version=version)
    return _declaration_page(request, shown, is_current=shown == Declaration.objects.current())


@require_safe
def declaration_compare(request: HttpRequest, version: int, other: int) -> HttpResponse:
    """What changed between two versions, word by word; always told from the earlier to the later one."""
    published = Declaration.objects.published()
    older = get_object_or_404(published, version=min(version, other))
    newer = get_object_or_404(published, version=max(version, other))
    paragraphs = compare(f"{older.title}\n{older.text}", f"{newer.title}\n{newer.text}")
    context = {
        "older": older,
        "newer": newer,
        "paragraphs": paragraphs,
        "same": all(part.kind == "same" for parts in paragraphs for part in parts),
    }
    return render(request, "alliance/declaration_compare.html", context)


def _declaration_page(request: HttpRequest, shown: Declaration, *, is_current: bool) -> HttpResponse:
    context = {
        "declaration": shown,
        "is_current": is_current,
        "versions": Declaration.objects.published(),
        "signatory_count": Organisation.objects.signatories().count(),
    }
    return render(request, "alliance/declaration.html", context)
