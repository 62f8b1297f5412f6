"""Long lists in pages."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 24


def page_of(request: HttpRequest, rows: QuerySet, *, size: int = PAGE_SIZE) -> Page:
    """The page of `rows` that the address asks for with `?page=`; the nearest one when it asks for nonsense."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
