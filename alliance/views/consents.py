"""Saying yes or no to mails of one purpose: on one's own page, or by the address in the mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alliance.actions.consent import agree, consent_of, stop
from smartsociety.core.models import Consent

# Per purpose: the words that are agreed to, and what is said after yes and after no.
WORDS = {
    Consent.Purpose.NEWS: (
        gettext_lazy("I agree to news of the Smart Society alliance by mail. I can stop at any time."),
        gettext_lazy("You get news of the alliance by mail from now on."),
        gettext_lazy("You get no more news of the alliance."),
    ),
    Consent.Purpose.FIELDLABS: (
        gettext_lazy("I agree to invitations to fieldlabs by mail. I can stop at any time."),
        gettext_lazy("We invite you to fieldlabs by mail from now on."),
        gettext_lazy("You get no more invitations to fieldlabs."),
    ),
}


@login_required
@require_POST
def consent_change(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give or withdraw consent; the button that was pressed says which."""
    if purpose not in WORDS:
        raise Http404(purpose)
    wording, yes, no = WORDS[purpose]
    if request.POST.get("agree") == "1":
        agree(email=request.user.email, purpose=purpose, language=get_language(), wording=str(wording))
        messages.success(request, yes)
    else:
        stop(email=request.user.email, purpose=purpose)
        messages.success(request, no)
    return redirect("my_page")


# Mail programs post here without a cookie (RFC 8058), so there is no CSRF secret to compare; the signed address proves
# enough for what it does. Opening it changes nothing, because mail scanners open every address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails of one purpose without signing in."""
    consent = consent_of(token)
    if consent is None:
        raise Http404("This address to unsubscribe is not ours.")
    if request.method == "POST":
        stop(email=consent.email, purpose=consent.purpose)
    stopped = request.method == "POST" or consent.withdrawn_at is not None
    context = {"stopped": stopped, "is_news": consent.purpose == Consent.Purpose.NEWS}
    return render(request, "alliance/unsubscribe.html", context)
