"""Where practices came from and where they went, on the map of the Netherlands."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from alliance import netherlands
from alliance.models import Organisation
from knowledgebase.models import Adoption, PracticeOrganisation


@dataclass
class Place:
    """An organisation that owns or adopted some of the practices."""

    organisation: Organisation
    owned: int = 0
    adopted: int = 0

    @property
    def position(self) -> tuple[int, int] | None:
        """From the left and from the top; None when it has no place."""
        if self.organisation.latitude is None:
            return None
        return netherlands.place(self.organisation.latitude, self.organisation.longitude)


def places(pks: list[int]) -> list[Place]:
    """Organisations that own or use the practices with `pks`, by name; two queries."""
    owned = PracticeOrganisation.objects.filter(role="owner")
    adopted = Adoption.objects.adopted()
    found: dict[int, Place] = {}
    for kind, rows in (("owned", owned), ("adopted", adopted)):
        for row in _of(rows, pks).select_related("organisation"):
            place = found.setdefault(row.organisation_id, Place(row.organisation))
            setattr(place, kind, getattr(place, kind) + 1)
    return sorted(found.values(), key=lambda place: place.organisation.name)


def _of(rows: QuerySet, pks: list[int]) -> QuerySet:
    return rows.filter(practice_id__in=RawSQL("SELECT unnest(%s::bigint[])", (pks,)))


def picture(pks: list[int]) -> dict:
    """What the map needs."""
    found = places(pks)
    shown = [(place, *place.position) for place in found if place.position]
    return {
        "country": netherlands.country(),
        "marks": [{"place": place, "x": x, "y": y} for place, x, y in shown],
        "places": found,
        "placeless": len(found) - len(shown),
        "width": netherlands.WIDTH,
        "height": netherlands.HEIGHT,
    }
