"""Saying yes or no to news: on one's own page, or by the address in the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alliance.actions.news import agree_to_news, consent_of, stop_news


@login_required
@require_POST
def news_consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw consent; the button that was pressed says which."""
    if request.POST.get("agree") == "1":
        wording = _("I agree to news of the Smart Society alliance by mail. I can stop at any time.")
        agree_to_news(email=request.user.email, language=get_language(), wording=wording)
        messages.success(request, _("You get news of the alliance by mail from now on."))
    else:
        stop_news(email=request.user.email)
        messages.success(request, _("You get no more news of the alliance."))
    return redirect("my_page")


# Mail programs post here without a cookie (RFC 8058), so there is no CSRF secret to compare; the signed address proves
# enough for what it does. Opening it changes nothing, because mail scanners open every address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def news_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop news without signing in."""
    consent = consent_of(token)
    if consent is None:
        raise Http404("This address to unsubscribe is not ours.")
    if request.method == "POST":
        stop_news(email=consent.email)
    stopped = request.method == "POST" or consent.withdrawn_at is not None
    return render(request, "alliance/news_unsubscribe.html", {"stopped": stopped})
