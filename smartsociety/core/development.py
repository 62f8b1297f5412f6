"""Pages for developers, only while DEBUG is on: the mails of the portal, and signing in as anybody."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from smartsociety.core import sample, second_factor
from smartsociety.core.models import Mail, User
from smartsociety.core.pages import page_of

View = Callable[..., HttpResponse]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISITOR = "visitor"


def development_only(view: View) -> View:
    """404 outside DEBUG, even when somebody routes the view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@development_only
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first, with its state."""
    return render(request, "core/dev_mail_list.html", {"page": page_of(request, Mail.objects.all())})


@development_only
@require_safe
@csp_update({"frame-src": [SELF]})
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its text, and its HTML part in a frame."""
    return render(request, "core/dev_mail_detail.html", {"mail": get_object_or_404(Mail, pk=pk)})


@development_only
@require_safe
@xframe_options_sameorigin
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part as a mail program shows it; a policy of its own forbids everything but styles."""
    return HttpResponse(get_object_or_404(Mail, pk=pk).html)


@development_only
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the sample people, or a visitor again."""
    if request.method == "POST":
        return _become(request, request.POST.get("email", ""))
    loaded = set(
        User.objects.filter(email__in=[person.email for person in sample.PEOPLE]).values_list(
            "email", flat=True
        )
    )
    context = {
        "people": [person for person in sample.PEOPLE if person.email in loaded],
        "password": sample.PASSWORD,
        "totp_secret": sample.TOTP_SECRET,
        "next": request.GET.get("next", ""),
        "visitor": VISITOR,
    }
    return render(request, "core/dev_sign_in.html", context)


def _become(request: HttpRequest, email: str) -> HttpResponse:
    if email == VISITOR:
        logout(request)
        return redirect("home")
    if email not in {person.email for person in sample.PEOPLE}:
        raise Http404
    user = get_object_or_404(User, email=email)
    logout(request)
    login(request, user, backend=BACKEND)
    if second_factor.has_second_factor(user):
        second_factor.mark_shown(request, user)
    following = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(following)
    return redirect(get_adapter().get_login_redirect_url(request))
