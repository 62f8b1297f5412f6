"""How far a practice spread: through time, over the country, and to how many people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase.models import Adoption, Practice, PracticeOrganisation
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
    """Municipalities of today, each with how many published practices it has (`owned`) and took over (`used`).

    What we took from another source is no practice that a municipality brought; who takes it over is reached by it.
    """
    practices = {"practice__status": "published", "practice__is_external": False}
    own = PracticeOrganisation.objects.filter(role="owner", **practices)
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
    """Days on which the number of organisations that use it changed, each with that number; then today."""
    today = timezone.localdate()
    points = {day: number for day, number in in_use(practice.adoptions.all()).items() if day <= today}
    if points:
        points[today] = list(points.values())[-1]
    return [(moment_of(day), number) for day, number in points.items()]


def in_use(adoptions: QuerySet[Adoption]) -> dict[date, int]:
    """Days from the first on which one was in use or tried, each with how many were so on that day; one query.

    The day is that of the step, not that on which it was told. Somebody who stops counts no more from that day on,
    as in `AdoptionQuerySet.in_use_on`.
    """
    columns = ("pk", "stage", "claimed_at", "steps__pk", "steps__stage", "steps__reached_on")
    changes = sorted(
        (day, step, pk, reached) if step else (timezone.localdate(claimed_at), 0, pk, stage)
        for pk, stage, claimed_at, step, reached, day in adoptions.order_by().values_list(*columns)
    )
    using: set[int] = set()
    points: dict[date, int] = {}
    for day, _step, adoption, stage in changes:
        (using.add if stage in ADOPTED else using.discard)(adoption)
        if points or using:
            points[day] = len(using)
    return points


def in_order(adoptions: Iterable[Adoption], ranked: list[int]) -> list[Adoption]:
    """Adoptions in the order of the organisations in `ranked`."""
    places = {pk: place for place, pk in enumerate(ranked)}
    return sorted(adoptions, key=lambda adoption: places.get(adoption.organisation_id, len(places)))


def _percentage(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0


def moment_of(day: date) -> datetime:
    """The middle of that day."""
    return timezone.make_aware(datetime.combine(day, time(12)))
