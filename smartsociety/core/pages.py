"""What a page shows, fetched only when it is shown."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

PAGE_SIZE = 24


def page_of(request: HttpRequest, rows: QuerySet, *, size: int = PAGE_SIZE) -> Page:
    """The page of `rows` that the address asks for with `?page=`; the nearest one when it asks for nonsense.

    Counts and reads them only when it is looked at.
    """
    return SimpleLazyObject(lambda: Paginator(rows, size).get_page(request.GET.get("page")))


def lazily(make: Callable[..., Any], *arguments: Any) -> Any:
    """What `make` gives, made when it is looked at: perhaps the part of the page that shows it is remembered."""
    return SimpleLazyObject(lambda: make(*arguments))
