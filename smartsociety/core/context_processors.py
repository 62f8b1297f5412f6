"""What every page may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from smartsociety.core.models import SampleLoad


def site(request: HttpRequest) -> dict[str, Any]:
    """`sample_data_loaded`: whether to say that what is shown is invented; `development_pages`: whether they exist."""
    return {
        # Lazy: one query, and only when a template asks.
        "sample_data_loaded": SimpleLazyObject(SampleLoad.objects.exists),
        "development_pages": settings.DEBUG,
    }
