"""The document of the decision, for those who verify signatures only."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliance.models import Signature
from alliance.permissions import can_verify_signatures
from smartsociety.core.documents import CONTENT_TYPES
from smartsociety.core.permissions import require


@login_required
@never_cache
@require_safe
def mandate_document(request: HttpRequest, pk: int) -> FileResponse:
    """Always as a download: nothing that was handed in opens inside the portal."""
    require(can_verify_signatures(request.user))
    signature = get_object_or_404(Signature.objects.select_related("organisation"), pk=pk)
    document = signature.mandate_document
    if not document or not document.storage.exists(document.name):
        raise Http404
    ending = PurePath(document.name).suffix.removeprefix(".")
    response = FileResponse(
        document.open("rb"),
        as_attachment=True,
        filename=f"besluit-{signature.organisation.slug}.{ending}",
        content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
