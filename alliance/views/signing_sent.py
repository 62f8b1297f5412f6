"""After signing, and in between: look in your mailbox, mail me again, mail me the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions import draft as drafts
from alliance.actions.signature import send_again
from alliance.forms.signing import LaterForm
from alliance.models import SignatureDraft
from alliance.views.signing import too_many
from alliance.views.signing_steps import MAILS_PER_DAY, confirmation_allowed, too_many_mails, with_draft
from smartsociety.core.limits import DAY, allowed, network_allowed

MAILS_AN_HOUR = 100  # per network


@never_cache
@require_safe
def signature_sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens now: look in your mailbox."""
    draft = drafts.find(token)
    if draft is None:
        return render(request, "alliance/signature_draft_gone.html", status=410)
    if not draft.signature:
        return redirect("alliance:draft_resume", token)
    return render(request, "alliance/signature_sent.html", {"signature": draft.signature, "token": token})


@never_cache
@require_POST
def signature_resend(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link to confirm once more, a few times a day."""
    draft = drafts.find(token)
    if draft is None:
        return render(request, "alliance/signature_draft_gone.html", status=410)
    if draft.signature:
        _send_again(request, draft)
    return redirect("alliance:signature_sent", token)


def _send_again(request: HttpRequest, draft: SignatureDraft) -> None:
    signature = draft.signature
    if signature.status != signature.Status.UNCONFIRMED:
        return
    if not network_allowed(request, "sign-mail", limit=MAILS_AN_HOUR):
        messages.error(request, too_many())
    elif not confirmation_allowed(signature.signer_email):
        messages.error(request, too_many_mails())
    elif send_again(signature=signature):
        messages.success(request, _("We sent a new mail. Only the link in this last mail works."))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def signature_later(request: HttpRequest, draft: SignatureDraft, token: str) -> HttpResponse:
    """Stop now and go on by the link in the mail."""
    address = draft.answers.get("ondertekenaar", {}).get("signer_email", [""])[0]
    form = LaterForm(request.POST or None, initial={"email": address})
    status = 200
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["email"].lower()
        if not network_allowed(request, "sign-mail", limit=MAILS_AN_HOUR):
            form.add_error(None, too_many())
            status = 429
        elif not allowed(f"draft:{to}", limit=MAILS_PER_DAY, seconds=DAY):
            form.add_error("email", too_many_mails())
            status = 429
        else:
            drafts.mail_link(draft=draft, token=token, to=to, language=get_language())
            messages.success(request, _("We mailed you the link. You can close this page."))
            return redirect("alliance:signature_later", token)
    context = {"form": form, "token": token, "draft": draft, "term": drafts.DRAFT_TERM.days}
    return render(request, "alliance/signing/later.html", context, status=status)
