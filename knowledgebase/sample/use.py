"""How the invented practices are used: stages of adoptions, questions, needs, collections, readers."""

from datetime import date, timedelta

from django.utils import timezone

from knowledgebase.models import Adoption, AdoptionStep
from knowledgebase.models.adoption import ADOPTED, Stage

# What an adoption went through before it came where it is.
WAYS = {
    Stage.INTERESTED: (Stage.INTERESTED,),
    Stage.EXPLORING: (Stage.INTERESTED, Stage.EXPLORING),
    Stage.PILOTING: (Stage.EXPLORING, Stage.PILOTING),
    Stage.IN_USE: (Stage.EXPLORING, Stage.PILOTING, Stage.IN_USE),
    Stage.ADAPTED: (Stage.PILOTING, Stage.IN_USE, Stage.ADAPTED),
    Stage.STOPPED: (Stage.PILOTING, Stage.STOPPED),
}
# Said by most who use it; what is not said stays empty.
SCALINGS = ("out", "out", "deep", "", "out", "up", "in", "", "out", "beyond", "", "out")


def load_steps() -> None:
    """The stages of sample adoptions that have none yet."""
    adoptions = Adoption.objects.filter(steps=None, organisation__is_example=True).order_by("pk")
    rows = list(adoptions)
    for seed, adoption in enumerate(rows):
        adoption.scaling = SCALINGS[seed % len(SCALINGS)] if adoption.stage in ADOPTED else ""
    Adoption.objects.bulk_update(rows, ["scaling"])
    AdoptionStep.objects.bulk_create(
        AdoptionStep(
            adoption=adoption,
            stage=stage,
            reached_on=day,
            stop_reason=adoption.stop_reason if stage == Stage.STOPPED else "",
            noted_at=adoption.claimed_at,
        )
        for seed, adoption in enumerate(rows)
        for stage, day in zip(WAYS[adoption.stage], _days(adoption, seed), strict=True)
    )


def _days(adoption: Adoption, seed: int) -> list[date]:
    """A day for each stage, from the year in which it began up to the day on which it was said."""
    number = len(WAYS[adoption.stage])
    last = timezone.localdate(adoption.claimed_at)
    first = date(adoption.since_year or last.year, 1 + seed % 9, 1 + seed % 27)
    first = min(first, last - timedelta(days=45 * number))
    span = (last - first).days
    return [first + timedelta(days=span * place // max(1, number - 1)) for place in range(number - 1)] + [
        last
    ]
