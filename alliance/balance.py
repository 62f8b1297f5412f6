"""Which side of the helix is missing: signatories per side, per theme and per province."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.query import QuerySet

from alliance.models import Organisation, Signature, Theme
from alliance.models.organisation import HELIX_KINDS, Helix, Province


@dataclass(frozen=True)
class Cell:
    """How many signatories of one side, and the query string of the list that shows them."""

    number: int
    query: str


@dataclass(frozen=True)
class Row:
    """A theme, a province or the whole alliance, and its signatories per side, in the order of `Helix`."""

    label: str
    query: str
    cells: list[Cell]

    @property
    def total(self) -> int:
        """All sides together."""
        return sum(cell.number for cell in self.cells)

    @property
    def missing(self) -> list[str]:
        """The sides without a signatory."""
        return [str(side.label) for side, cell in zip(Helix, self.cells, strict=True) if not cell.number]


def overall() -> Row:
    """The whole alliance."""
    per_kind = _signatories().values_list("kind").annotate(number=Count("pk"))
    return _row("", {}, {("", kind): number for kind, number in per_kind})


def by_theme() -> list[Row]:
    """Signatories per theme that a signature in force names."""
    named = (
        Signature.objects.published().filter(organisation__in=_signatories()).exclude(themes=None).order_by()
    )
    counted = named.values_list("themes__slug", "organisation__kind").annotate(
        number=Count("organisation", distinct=True)
    )
    numbers = {(slug, kind): number for slug, kind, number in counted}
    return [_row(theme.name, {"theme": theme.slug}, numbers) for theme in Theme.objects.all()]


def by_province() -> list[Row]:
    """Signatories per province in which they are seated."""
    counted = _signatories().values_list("province", "kind").annotate(number=Count("pk"))
    numbers = {(province, kind): number for province, kind, number in counted}
    return [_row(label, {"province": province}, numbers) for province, label in Province.choices]


def _signatories() -> QuerySet:
    return Organisation.objects.signatories().order_by()


def _row(label: str, query: dict[str, str], numbers: dict[tuple[str, str], int]) -> Row:
    """The numbers (by key of the row and kind of organisation) whose key is that of `query`."""
    key = next(iter(query.values()), "")
    cells = [
        Cell(sum(numbers.get((key, kind), 0) for kind in kinds), urlencode(query | {"helix": side}))
        for side, kinds in HELIX_KINDS.items()
    ]
    return Row(label, urlencode(query), cells)
