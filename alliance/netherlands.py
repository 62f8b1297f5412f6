"""The Netherlands drawn from the places of its municipalities, and where the signatories are.

A plain projection (a degree of longitude is as long as it is at 52° north) is off by a few kilometres at the edges:
less than the size of a mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Signature
from alliance.models.organisation import HELIX_KINDS, Kind

WEST, NORTH = 3.25, 53.62
UNITS = 180  # per degree of latitude: one unit is some 600 metres
WIDTH, HEIGHT = 450, 540
_NARROWING = cos(radians(52.2))

# The shape of a mark says whose it is; the colour only repeats it. Names of the shapes in alliance/_map.html.
SHAPES = {
    "municipality": _("Municipality"),
    "government": _("Other government"),
    "business": _("Business"),
    "knowledge": _("Knowledge"),
    "society": _("Society"),
}


@dataclass(frozen=True)
class Mark:
    """A signatory on the map."""

    organisation: Organisation
    shape: str
    x: int
    y: int


@dataclass(frozen=True)
class Joined:
    """How many municipalities there are, how many have joined, and how many of both are invented."""

    total: int
    joined: int
    examples: int


def place(latitude: Decimal, longitude: Decimal) -> tuple[int, int]:
    """Where a place stands on the map: from the left, from the top."""
    x = (float(longitude) - WEST) * _NARROWING * UNITS
    return round(x), round((NORTH - float(latitude)) * UNITS)


def country() -> str:
    """The path of an SVG with a dot for every municipality: together they have the shape of the country."""
    places = Organisation.objects.municipalities().exclude(latitude=None).order_by("pk")
    dots = (place(*each) for each in places.values_list("latitude", "longitude"))
    return "".join(f"M{x} {y}h0" for x, y in dots)


def marks(organisations: Iterable[Organisation]) -> list[Mark]:
    """Those that have a place; municipalities last, so that they lie on top."""
    found = [
        Mark(organisation, shape_of(organisation), *place(organisation.latitude, organisation.longitude))
        for organisation in organisations
        if organisation.latitude is not None
    ]
    return sorted(found, key=lambda mark: mark.shape == "municipality")


def shape_of(organisation: Organisation) -> str:
    """The mark for its side of the helix; municipalities have one of their own."""
    if organisation.kind == Kind.MUNICIPALITY:
        return "municipality"
    return next(side for side, kinds in HELIX_KINDS.items() if organisation.kind in kinds)


def joined() -> Joined:
    """Municipalities that have a signature in force, of all there are."""
    signed = Exists(Signature.objects.published().filter(organisation=OuterRef("pk")))
    return Joined(
        **Organisation.objects.municipalities()
        .annotate(signed=signed)
        .aggregate(
            total=Count("pk"),
            joined=Count("pk", filter=Q(signed=True)),
            examples=Count("pk", filter=Q(is_example=True)),
        )
    )
