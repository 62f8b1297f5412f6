"""Addresses of organisations that moved: links in old mails keep leading there."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliance.models import Organisation

View = Callable[..., HttpResponse]


def follows_moves(view: View) -> View:
    """Reading a page of an organisation at an address that it had before leads to the same page as it is called now."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, slug, *args, **kwargs)
        except Http404:
            moved = Organisation.objects.visible_to(request.user).formerly(slug)
            if moved is None or request.method not in ("GET", "HEAD"):
                raise
            return redirect(request.resolver_match.view_name, *args, slug=moved.slug, **kwargs)

    return found
