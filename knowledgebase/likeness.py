"""How much two organisations are alike: *gemeenten zoals wij*.

By inhabitants, province and kind of area. The kind of area follows from how many people live in municipalities with a
centre within 15 kilometres: the register has no other figure for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, log, radians

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation

NEAR_KM, KM_PER_DEGREE = 15, 111.2
# Eight times as many inhabitants is not alike any more.
FARTHEST = log(8)


class Area(models.TextChoices):
    """How many people live around."""

    URBAN = "urban", _("urban area")
    BETWEEN = "between", _("between town and country")
    RURAL = "rural", _("rural area")


@dataclass(frozen=True)
class Likeness:
    """How alike two organisations are, 0 to 100, and why."""

    score: int
    size: bool
    province: bool
    area: bool

    @property
    def in_words(self) -> str:
        """How alike, as people say it."""
        if self.score >= 75:
            return _("very much alike")
        return _("somewhat alike") if self.score >= 45 else _("little alike")

    @property
    def reasons(self) -> list[str]:
        """In words, what they have in common."""
        return [
            label
            for is_so, label in (
                (self.size, _("about as many inhabitants")),
                (self.province, _("same province")),
                (self.area, _("same kind of area")),
            )
            if is_so
        ]


@dataclass(frozen=True)
class Itself:
    """In the place of a likeness: the organisation with which the others are compared."""

    is_own: bool  # of the reader
    reasons = ()

    @property
    def in_words(self) -> str:
        """Whose it is."""
        return _("your organisation") if self.is_own else _("the one you compare with")


class Country:
    """The municipalities of today, to tell areas apart; one query when that is first asked."""

    @cached_property
    def _places(self) -> list[tuple[float, float, int]]:
        rows = Organisation.objects.municipalities().exclude(latitude=None).exclude(inhabitants=None)
        values = rows.values_list("latitude", "longitude", "inhabitants")
        return [(float(latitude), float(longitude), people) for latitude, longitude, people in values]

    def area_of(self, organisation: Organisation) -> Area | None:
        """The kind of area a municipality lies in; None when its place is not known."""
        if organisation.latitude is None or organisation.inhabitants is None:
            return None
        around = self._people_around(float(organisation.latitude), float(organisation.longitude))
        if around >= 400_000:
            return Area.URBAN
        return Area.BETWEEN if around >= 150_000 else Area.RURAL

    def _people_around(self, latitude: float, longitude: float) -> int:
        narrowing = cos(radians(latitude))
        return sum(
            people
            for north, east, people in self._places
            if hypot(north - latitude, (east - longitude) * narrowing) * KM_PER_DEGREE <= NEAR_KM
        )

    def likeness(self, one: Organisation, other: Organisation) -> Likeness:
        """Half for size, a quarter each for the same province and the same kind of area."""
        size = _size_likeness(one.inhabitants, other.inhabitants)
        province = bool(one.province) and one.province == other.province
        area = self.area_of(one)
        same_area = area is not None and area == self.area_of(other)
        score = round(50 * size + 25 * province + 25 * same_area)
        return Likeness(score, size=size >= 0.6, province=province, area=same_area)

    def sorted(
        self, one: Organisation, others: Iterable[Organisation]
    ) -> list[tuple[Organisation, Likeness]]:
        """`others` with how alike each is to `one`, the most alike first."""
        compared = [(other, self.likeness(one, other)) for other in others]
        return sorted(compared, key=lambda pair: (-pair[1].score, pair[0].name))


def _size_likeness(one: int | None, other: int | None) -> float:
    """1 for the same number of inhabitants, 0 from eight times as many; 0 when either is not known."""
    if not one or not other:
        return 0
    return max(0, 1 - abs(log(one / other)) / FARTHEST)
