"""From what kind of organisation to what kind practices travel: from the G5 to the rest, between the others, back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from alliance.models.organisation import Kind
from knowledgebase.facets import G5
from knowledgebase.models import Adoption, PracticeOrganisation

# By the number of inhabitants in the register: who is in the G40, an association, is not known there.
LARGE_FROM = 100_000


class Group(models.TextChoices):
    """Classes of organisations between which practices travel."""

    G5 = "g5", _("One of the G5")
    LARGE = "large", _("Municipality from 100,000")
    SMALL = "small", _("Municipality up to 100,000")
    OTHER = "other", _("Other organisation")


def group_of(path: str = "") -> Case:
    """The class of the organisation at the end of `path` ("organisation__")."""
    return Case(
        When(Q(**{f"{path}cbs_code__in": G5}), then=Value(Group.G5)),
        When(~Q(**{f"{path}kind": Kind.MUNICIPALITY}), then=Value(Group.OTHER)),
        When(Q(**{f"{path}inhabitants__gte": LARGE_FROM}), then=Value(Group.LARGE)),
        default=Value(Group.SMALL),
        output_field=models.CharField(),
    )


def journeys() -> QuerySet[Adoption]:
    """Adoptions, with where the practice came from: whom it was learned from, else its (first) owner.

    `source` is that organisation, `origin` its class and `target` the class of who took it over; `adopted_on` is the
    first day on which it was in use or tried.
    """
    owner = PracticeOrganisation.objects.filter(practice=OuterRef("practice"), role="owner").order_by("pk")
    source = Organisation.objects.filter(pk=OuterRef("source")).values(group=group_of())
    learned = Coalesce(
        F("learned_from"),
        Subquery(owner.values("organisation")[:1]),
        output_field=models.BigIntegerField(),
    )
    return (
        Adoption.objects.of_published()
        .with_first_day()
        .annotate(source=learned)
        .annotate(
            origin=Coalesce(Subquery(source[:1]), Value(Group.OTHER)), target=group_of("organisation__")
        )
    )


def travelled() -> QuerySet[Adoption]:
    """Those that are in use or tried now."""
    return journeys().adopted()


class Flow(NamedTuple):
    """How many adoptions went from one class to another, and how the picture draws them."""

    origin: str
    target: str
    number: int
    path: str
    width: float


class Line(NamedTuple):
    """A class where practices came from, with its number per class where they went, and the sum."""

    value: str
    label: str
    numbers: list[tuple[str, int]]
    total: int


@dataclass
class Flows:
    """All adoptions by where they came from and where they went."""

    lines: list[Line]
    targets: list[tuple[str, str, int]]  # value, label and sum
    flows: list[Flow]
    height: int

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(line.total for line in self.lines)

    @property
    def from_g5_to_others(self) -> int:
        """How many left the G5."""
        return sum(flow.number for flow in self.flows if flow.origin == Group.G5 != flow.target)

    @property
    def away_from_g5(self) -> str:
        """The query string of the list of those."""
        others = [group.value for group in Group if group != Group.G5]
        return urlencode({"origin": Group.G5.value, "target": others}, doseq=True)


def flows() -> Flows | None:
    """What went from which class to which; None when nothing travelled. One query."""
    counted = travelled().order_by().values_list("origin", "target").annotate(number=Count("pk"))
    numbers = {(origin, target): number for origin, target, number in counted}
    if not numbers:
        return None
    origins = [(value, label) for value, label in Group.choices if any(key[0] == value for key in numbers)]
    goals = [(value, label) for value, label in Group.choices if any(key[1] == value for key in numbers)]
    lines = []
    for origin, label in origins:
        found = [(target, numbers.get((origin, target), 0)) for target, _label in goals]
        lines.append(Line(origin, label, found, sum(number for _target, number in found)))
    targets = [
        (target, label, sum(numbers.get((origin, target), 0) for origin, _label in origins))
        for target, label in goals
    ]
    return _drawn(lines, targets)


# A row of the picture is so high, and the widest bundle takes this much of it.
ROW, WIDEST = 100, 84


def _drawn(lines: list[Line], targets: list[tuple[str, str, int]]) -> Flows:
    """Bands from left to right, as wide as their numbers; each class has a row, on both sides from the top."""
    most = max([line.total for line in lines] + [number for _value, _label, number in targets])
    scale = WIDEST / most
    # Where the next band begins: each bundle stands in the middle of its row.
    right = {value: nth * ROW + (ROW - number * scale) / 2 for nth, (value, _l, number) in enumerate(targets)}
    found, used = [], defaultdict(float)
    for nth, line in enumerate(lines):
        left = nth * ROW + (ROW - line.total * scale) / 2
        for target, number in line.numbers:
            if number:
                width = number * scale
                begin, end = left + width / 2, right[target] + used[target] + width / 2
                path = f"M0 {begin:.1f}C50 {begin:.1f} 50 {end:.1f} 100 {end:.1f}"
                found.append(Flow(line.value, target, number, path, round(width, 1)))
                left, used[target] = left + width, used[target] + width
    return Flows(lines, targets, found, ROW * max(len(lines), len(targets)))
