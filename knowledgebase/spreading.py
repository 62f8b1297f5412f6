"""How far a practice spread: through time, over the country, and to how many people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase.models import Adoption, AdoptionStep, Practice, PracticeOrganisation
from knowledgebase.models.adoption import ADOPTED
from smartsociety.core.counting import count_of


@dataclass(frozen=True)
class Reach:
    """Which part of the municipalities of today, and of the people in them, works with a practice."""

    municipalities: int
    total: int
    inhabitants: int
    total_inhabitants: int
    examples: int

    @property
    def share(self) -> float:
        """Percentage of the municipalities, to one decimal."""
        return _percentage(self.municipalities, self.total)

    @property
    def inhabitants_share(self) -> float:
        """Percentage of the inhabitants, to one decimal."""
        return _percentage(self.inhabitants, self.total_inhabitants)


def municipalities_with_practices() -> QuerySet[Organisation]:
    """Municipalities of today, each with how many published practices it has (`owned`) and took over (`used`)."""
    own = PracticeOrganisation.objects.filter(role="owner", practice__status="published")
    return Organisation.objects.municipalities().annotate(
        owned=count_of(own, "organisation"), used=count_of(Adoption.objects.adopted(), "organisation")
    )


def users_of(practice: Practice) -> Q:
    """A condition on organisations: owner of the practice, or it is really in use or tried there."""
    return Q(practice_parts__practice=practice, practice_parts__role="owner") | Q(
        adoptions__practice=practice, adoptions__stage__in=ADOPTED
    )


def reach(practice: Practice) -> Reach:
    """Owners and adopters among the municipalities of today."""
    country = Organisation.objects.municipalities()
    users = country.filter(pk__in=Organisation.objects.filter(users_of(practice)).values("pk"))
    everybody = country.aggregate(
        count=Count("pk"), people=Sum("inhabitants"), examples=Count("pk", filter=Q(is_example=True))
    )
    reached = users.aggregate(count=Count("pk"), people=Sum("inhabitants"))
    return Reach(
        municipalities=reached["count"],
        total=everybody["count"],
        inhabitants=reached["people"] or 0,
        total_inhabitants=everybody["people"] or 0,
        examples=everybody["examples"],
    )


def adoption_curve(practice: Practice) -> list[tuple[datetime, int]]:
    """Days on which the number of organisations that use it changed, each with that number; then today.

    Somebody who stops counts no more from that day on.
    """
    steps = AdoptionStep.objects.filter(adoption__practice=practice).order_by("reached_on", "pk")
    using: set[int] = set()
    points: dict[date, int] = {}
    for adoption, stage, day in steps.values_list("adoption", "stage", "reached_on"):
        (using.add if stage in ADOPTED else using.discard)(adoption)
        if points or using:
            points[day] = len(using)
    if points:
        points[timezone.localdate()] = len(using)
    return [(_moment(day), number) for day, number in points.items()]


def in_order(adoptions: Iterable[Adoption], ranked: list[int]) -> list[Adoption]:
    """Adoptions in the order of the organisations in `ranked`."""
    places = {pk: place for place, pk in enumerate(ranked)}
    return sorted(adoptions, key=lambda adoption: places.get(adoption.organisation_id, len(places)))


def _percentage(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
