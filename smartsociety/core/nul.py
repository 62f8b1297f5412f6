"""NUL in an address: the database keeps none, and nobody means one, so it is gone before anything looks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NUL = "%00"


class NulMiddleware:
    """Takes every NUL out of the query string."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in query:
            request.META["QUERY_STRING"] = query.replace(NUL, "")
        return self.get_response(request)
