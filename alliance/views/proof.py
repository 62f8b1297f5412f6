"""The public proof of a signature: page, PDF, badge, and a small page for in other people's pages."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from alliance.models import Signature
from alliance.proof import later_signature, newer_version, proof_pdf, signed_hash, standing

# Long enough to spare us a busy home page elsewhere, short enough that a withdrawal shows the same hour.
SHARED_FOR_SECONDS = 300
# What fits on the badge in one line of text; the whole name is in its title.
BADGE_NAME_LENGTH = 34


@require_safe
def signature_proof(request: HttpRequest, code: str) -> HttpResponse:
    """Public proof of a signature: in force, on hold or withdrawn, each shown for what it is."""
    signature = _public(code)
    context = {
        "signature": signature,
        "standing": standing(signature),
        "newer_version": newer_version(signature),
        "later_signature": later_signature(signature),
        "signed_hash": signed_hash(signature),
        "badge_url": _absolute("signature_badge", code),
        "embed_url": _absolute("signature_embed", code),
        "proof_url": _absolute("signature_proof", code),
    }
    return render(request, "alliance/signature_proof.html", context)


@require_safe
def signature_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The proof for in a file: PDF/A-2a and PDF/UA-1, dated, with a QR code back to the page."""
    signature = _public(code)
    response = HttpResponse(proof_pdf(signature), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="smart-society-{signature.code}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def signature_badge(request: HttpRequest, code: str) -> HttpResponse:
    """An image for the organisation's own site, which changes with the signature."""
    signature = _public(code)
    name = signature.organisation.name
    short = name if len(name) <= BADGE_NAME_LENGTH else f"{name[: BADGE_NAME_LENGTH - 1].rstrip()}…"
    context = {"signature": signature, "standing": standing(signature), "short_name": short}
    response = render(request, "alliance/badge_svg.html", context, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=SHARED_FOR_SECONDS)
    return response


# Made to be framed by sites that we do not know. Nothing on it can be pressed but links that leave the frame, and it
# shows nobody who is signed in, so there is nothing to hijack a click for. All other pages refuse to be framed.
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def signature_embed(request: HttpRequest, code: str) -> HttpResponse:
    """A small page about one signature, for in a frame on the organisation's own site."""
    signature = _public(code)
    context = {
        "signature": signature,
        "standing": standing(signature),
        "newer_version": newer_version(signature),
    }
    response = render(request, "alliance/signature_embed.html", context)
    patch_cache_control(response, public=True, max_age=SHARED_FOR_SECONDS)
    return response


def _public(code: str) -> Signature:
    return get_object_or_404(Signature.objects.public().with_card_data(), code=code)


def _absolute(name: str, code: str) -> str:
    return settings.SITE_URL + reverse(f"alliance:{name}", args=[code])
