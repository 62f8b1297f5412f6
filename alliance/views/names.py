"""Names of organisations while somebody types one; see `core.naming`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliance.models import Organisation
from smartsociety.core.naming import MOST_CANDIDATES, typed


@require_safe
def organisation_names(request: HttpRequest) -> HttpResponse:
    """Some that have the words that were typed, to choose from."""
    words = typed(request)
    rows = Organisation.objects.public().with_words(words) if words else Organisation.objects.none()
    names = [_as_typed(row, words.casefold().split()) for row in rows[:MOST_CANDIDATES]]
    return render(request, "core/_names.html", {"names": names})


def _as_typed(organisation: Organisation, words: list[str]) -> str:
    """Its name, or the other name that was meant: a browser offers only what has the words."""
    names = (organisation.name, *organisation.aliases)
    return next((name for name in names if all(word in name.casefold() for word in words)), names[0])
