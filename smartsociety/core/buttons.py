"""Buttons that were pressed by who is signed out, and their addresses opened as if they were pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

LOST = "lost"  # in the address of the page to sign in: a form was not sent


class ButtonsMiddleware:
    """Who must sign in first goes on at the page where the button stood: most addresses of buttons are no pages.

    Who opens such an address all the same reads what it is, instead of nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the answer only."""
        response = self.get_response(request)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            return _back_to_the_button(request, response)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response


def _back_to_the_button(request: HttpRequest, response: HttpResponseRedirect) -> HttpResponse:
    address, page = urlsplit(response.url), urlsplit(request.headers.get("Referer", ""))
    query = QueryDict(address.query, mutable=True)
    if address.path != reverse("account_login") or query.get("next") != request.get_full_path():
        return response  # elsewhere, or on to a page that knows what was chosen
    if page.netloc != request.get_host():
        return response  # no browser that stood on a page of ours
    query["next"] = f"{page.path}?{page.query}" if page.query else page.path
    query[LOST] = "1"
    response["Location"] = f"{address.path}?{query.urlencode(safe='/')}"
    return response
