"""Whoever presses a button while signed out comes back to the page where it was, and is told to press it again.

An address that only changes something has no page of its own, so signing in must not lead to it. What was pressed is
never done afterwards by itself: somebody else could have made that request.
"""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from smartsociety.core import autosave, errors

SAFE = ("GET", "HEAD", "OPTIONS")
# In the session: the page to which its owner comes back, and where a button waits to be pressed again.
WAITING_KEY = "button_waits_on"


class PressedMiddleware:
    """Turns the way to sign-in into one that comes back to a page; an address without a page gets one that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return errors.method_not_allowed(request, response)
        if request.method not in SAFE and _asks_who_it_is(response) and not autosave.is_autosave(request):
            page = page_to_return_to(request)
            request.session[WAITING_KEY] = page
            response["Location"] = _with_next(response.url, page)
        return response


def page_to_return_to(request: HttpRequest) -> str:
    """The page of this request; of a pressed button the one that it was on, as far as the browser tells."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    if request.method in SAFE or not before or not ours:
        return request.get_full_path()
    parts = urlsplit(before)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def waits(request: HttpRequest, page: str) -> bool:
    """Whether something that this person pressed on `page` was not done, because they were not signed in."""
    return bool(page) and request.session.get(WAITING_KEY) == page


def _asks_who_it_is(response: HttpResponse) -> bool:
    asking = (settings.LOGIN_URL, "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    return response.status_code == 302 and urlsplit(response.url).path in map(resolve_url, asking)


def _with_next(address: str, page: str) -> str:
    query = QueryDict(urlsplit(address).query, mutable=True)
    query["next"] = page
    return urlsplit(address)._replace(query=query.urlencode(safe="/")).geturl()
