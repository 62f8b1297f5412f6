"""Pages for visitors from the memory of this process: the same bytes as long as the content has the same version.

It stands before all other middleware, so what it gives back carries their headers. It keeps only what is the same for
every visitor: no session, no cookie, no form with a token. See docs/adr/0014.
"""

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.utils.cache import cc_delim_re, patch_cache_control
from django.utils.http import parse_etags

from smartsociety.core import content
from smartsociety.core.memory import Memory

KINDS = ("text/html", "application/atom+xml")
# What a page may say of itself that keeps it out of every shared memory.
PERSONAL = {"private", "no-store", "no-cache", "max-age=0"}
# What a 304 repeats (RFC 9110, 15.4.5), and the headers that guard the page.
WITHOUT_BODY = ("content-type", "content-length", "content-encoding", "content-language")
OVERHEAD = 1500  # bytes of a page besides its body, about


@dataclass(frozen=True)
class Page:
    """A page as it goes over the line."""

    body: bytes
    headers: dict[str, str]
    etag: str


class PageCacheMiddleware:
    """Answers visitors from memory; asks the database only for the version of the content.

    That version is asked before anything else is read, so that nothing older is ever kept under it; templates remember
    by it what they show to everybody (`{% remembered %}`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: Memory[Page] = Memory(settings.PAGE_CACHE_MB * 1_000_000)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MAINTENANCE or not reads_a_page(request):
            return self.get_response(request)
        version = request.content_version = content.version()
        if version is None or not self.pages.limit or not is_for_everybody(request):
            return self.get_response(request)
        key = key_of(request)
        page = self.pages.get(key, version)
        if page is None:
            response = self.get_response(request)
            if not may_be_kept(request, response):
                return response
            page = page_of(response)
            self.pages.keep(key, version, page, weight=len(page.body) + OVERHEAD)
        return answer(request, page)


def reads_a_page(request: HttpRequest) -> bool:
    """A question for a page of this site; a file of ours or the health of the process needs no database."""
    if request.method not in ("GET", "HEAD") or request.path_info.startswith((settings.STATIC_URL, "/-/")):
        return False
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def is_for_everybody(request: HttpRequest) -> bool:
    """A question that anybody could have asked: it brings nothing by which its asker is known."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


def key_of(request: HttpRequest) -> Hashable:
    """All that a page depends on. The language is in the path."""
    meta = request.META
    return (
        request.scheme,
        meta.get("HTTP_HOST"),
        request.path_info,
        meta.get("QUERY_STRING", ""),
        "gzip" in meta.get("HTTP_ACCEPT_ENCODING", ""),
        meta.get("HTTP_HX_REQUEST"),
    )


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole page of ours that neither sets a cookie nor asks to be kept from others."""
    asks = {part.lower() for part in cc_delim_re.split(response.headers.get("Cache-Control", ""))}
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not asks & PERSONAL
        and response.headers.get("Content-Type", "").startswith(KINDS)
    )


def page_of(response: HttpResponse) -> Page:
    """The page as it will be sent again. Its mark is of the text: compressing pads at random."""
    text = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        text = gzip.decompress(text)
    etag = f'W/"{blake2b(text, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    patch_cache_control(
        response, no_cache=True
    )  # browsers may keep it, and ask each time whether it is still so
    response.headers["Content-Length"] = str(len(response.content))
    return Page(response.content, dict(response.headers), etag)


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, or only that the reader has it already."""
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if page.etag in known or known == ["*"]:
        kept = {name: value for name, value in page.headers.items() if name.lower() not in WITHOUT_BODY}
        return HttpResponseNotModified(headers=kept)
    return HttpResponse(page.body, headers=page.headers)
