"""Who uses a practice too: the family tree, the curve, the map, the reach, and who of them is like us."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alliance import netherlands
from alliance.models import Organisation
from alliance.querysets import Person
from knowledgebase.family import family
from knowledgebase.forms.likeness import MunicipalityForm
from knowledgebase.likeness import Country, Itself, Likeness
from knowledgebase.models import Adoption, Practice
from knowledgebase.permissions import asking_organisations, can_adopt, has_adopted
from knowledgebase.spreading import adoption_curve, in_order, municipalities_with_practices, reach
from knowledgebase.travelling import Group, journeys
from knowledgebase.use_filters import AdoptionFilter, MunicipalityFilter
from smartsociety.core.pages import page_of


@require_safe
def practice_spread(request: HttpRequest, slug: str) -> HttpResponse:
    """How far a practice spread, seen from the municipality of the reader or the one in the address (`?gemeente=`)."""
    visible = Practice.objects.visible_to(request.user).filter(status__in=["published", "archived"])
    practice = get_object_or_404(visible.with_card_data(), slug=slug)
    adoptions = list(practice.adoptions.with_card_data())
    form = MunicipalityForm(request.GET if "gemeente" in request.GET else None)
    ours = form.chosen if form.is_valid() else None if form.is_bound else own_municipality(request.user)
    owners = [part.organisation for part in practice.owners]
    likeness = alike(ours, adoptions, owners, request.user) if ours else {}
    if ours:
        adoptions = in_order(adoptions, list(likeness))
    context = {
        "practice": practice,
        "may_adopt": practice.status == "published" and can_adopt(request.user, practice),
        "has_adopted": has_adopted(request.user, practice),
        "adoptions": [(adoption, likeness.get(adoption.organisation_id)) for adoption in adoptions],
        "owners": [(owner, likeness.get(owner.pk)) for owner in owners],
        "form": form,
        "ours": ours,
        "family": family(owners, adoptions),
        "growth": adoption_curve(practice),
        "reach": reach(practice),
        "map": _map(adoptions, owners),
    }
    return render(request, "knowledgebase/practice_spread.html", context)


def own_municipality(user: Person) -> Organisation | None:
    """The municipality that a signed-in person acts for; the first by name when there are several."""
    if not user.is_authenticated:
        return None
    return Organisation.objects.municipalities().filter(memberships__user=user).order_by("name").first()


def alike(
    ours: Organisation, adoptions: list[Adoption], owners: list[Organisation], user: Person
) -> dict[int, Likeness | Itself]:
    """Likeness to our municipality by organisation, the most alike first; before them that municipality itself."""
    others = {each.pk: each for each in [*owners, *(adoption.organisation for adoption in adoptions)]}
    itself = Itself(is_own=asking_organisations(user).contains(ours))
    compared = Country().sorted(ours, [other for other in others.values() if other != ours])
    return {ours.pk: itself, **{other.pk: likeness for other, likeness in compared}}


def _map(adoptions: list[Adoption], owners: list[Organisation]) -> dict[str, Any]:
    """Where it came from and where it went."""
    here = {organisation.pk for organisation in owners}
    there = [adoption.organisation for adoption in adoptions if adoption.organisation_id not in here]
    return {
        "country": netherlands.country(),
        "owners": netherlands.marks(owners),
        "adopters": netherlands.marks(there),
        "width": netherlands.WIDTH,
        "height": netherlands.HEIGHT,
    }


@require_safe
def adoption_list(request: HttpRequest) -> HttpResponse:
    """All adoptions that are in use or tried, now or on a day: the list behind the numbers of /impact/."""
    chosen = AdoptionFilter(request.GET, queryset=journeys(), request=request)
    page = page_of(request, chosen.qs.with_card_data())
    sources = Organisation.objects.in_bulk({adoption.source for adoption in page})
    groups = dict(Group.choices)
    rows = [
        (adoption, sources.get(adoption.source), groups[adoption.origin], groups[adoption.target])
        for adoption in page
    ]
    context = {"filter": chosen, "page": page, "rows": rows}
    return render(request, "knowledgebase/adoption_list.html", context)


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """Which municipalities a practice reached, and which not yet: the list behind that number of /impact/."""
    chosen = MunicipalityFilter(request.GET, queryset=municipalities_with_practices(), request=request)
    context = {"filter": chosen, "page": page_of(request, chosen.qs)}
    return render(request, "knowledgebase/municipality_list.html", context)
