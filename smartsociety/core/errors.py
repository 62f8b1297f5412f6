"""Pages for when something goes wrong; the root urls name these handlers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from smartsociety.core import autosave
from smartsociety.core.permissions import NotNow


def _language(request: HttpRequest) -> str:
    """The language of the address: an error may come before the language is known."""
    return get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is wrong, for instance because it names another host."""
    with override(_language(request)):
        response = HttpResponse(render_to_string("400.html"), status=400)
    # A wrong host can be refused inside SecurityMiddleware, which then adds nothing to the answer.
    return SecurityMiddleware(lambda _request: response).process_response(request, response)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not do this, or not now."""
    not_now = exception if isinstance(exception, NotNow) else None
    with override(_language(request)):
        if autosave.is_autosave(request):
            return autosave.refused()
        return render(request, "403.html", {"not_now": not_now}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing here, or nothing that this person may see."""
    with override(_language(request)):
        return render(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405: here something is changed by a button, and there is nothing to read; or the other way round."""
    with override(_language(request)):
        response = render(request, "405.html", status=405)
    response["Allow"] = refused["Allow"]
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: we failed. Rendered without the request, because whatever failed may fail again."""
    with override(_language(request)):
        return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without its secret, for instance because cookies are blocked or the page was open for days."""
    if autosave.is_autosave(request):
        return autosave.renewed(request)
    with override(_language(request)):
        return render(request, "403_csrf.html", status=403)
