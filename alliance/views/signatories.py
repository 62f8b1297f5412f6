"""Who signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance.filters import SignatoryFilter
from alliance.models import Organisation
from smartsociety.core.pages import page_of


@require_safe
def signatory_list(request: HttpRequest) -> HttpResponse:
    """Who signed."""
    signatories = Organisation.objects.signatories()
    chosen = SignatoryFilter(request.GET, queryset=signatories.with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs), "signatory_count": signatories.count()}
    return render(request, "alliance/signatory_list.html", context)
