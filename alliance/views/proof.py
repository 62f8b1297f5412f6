"""The public proof of a signature."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance.models import Signature


@require_safe
def signature_proof(request: HttpRequest, code: str) -> HttpResponse:
    """Public proof of a signature: in force, on hold or withdrawn, each shown for what it is."""
    signature = get_object_or_404(Signature.objects.public().with_card_data(), code=code)
    return render(request, "alliance/signature_proof.html", {"signature": signature})
