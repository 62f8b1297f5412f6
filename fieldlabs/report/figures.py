"""The numbers of a report, from what was recorded."""

from typing import Any

from django.db.models import Count, Q

from alliance.models.organisation import HELIX_KINDS, Helix
from fieldlabs.models import Fieldlab, QuestionnaireAnswer

# Fewer answers would tell who thought what.
ENOUGH_ANSWERS = 3
BEEN = ("registered", "attended")


def figures(fieldlab: Fieldlab) -> dict[str, Any]:
    """Attendance, organisations per side of the helix, outcomes, follow-ups and what participants thought."""
    return {
        "attendance": _attendance(fieldlab),
        "organisations": _organisations(fieldlab),
        "outcomes": _outcomes(fieldlab),
        "followups": dict(fieldlab.followups.order_by().values_list("status").annotate(number=Count("pk"))),
        "questionnaire": questionnaire(fieldlab),
    }


def questionnaire(fieldlab: Fieldlab) -> dict[str, Any]:
    """How many answered; what they answered only when they are enough to be nobody in particular."""
    answers = list(QuestionnaireAnswer.objects.filter(fieldlab=fieldlab).values_list("rating", "useful"))
    if len(answers) < ENOUGH_ANSWERS:
        return {"answers": len(answers)}
    ratings = [rating for rating, _useful in answers]
    return {
        "answers": len(answers),
        "average": round(sum(ratings) / len(ratings), 1),
        "ratings": {str(value): ratings.count(value) for value in range(1, 6)},
        "useful": {
            value: sum(useful == value for _rating, useful in answers) for value in ("yes", "partly", "no")
        },
    }


def _attendance(fieldlab: Fieldlab) -> dict[str, int]:
    by_status = dict(fieldlab.registrations.order_by().values_list("status").annotate(number=Count("pk")))
    came = by_status.get("attended", 0)
    return {
        "places": fieldlab.capacity,
        "came": came,
        "stayed_away": by_status.get("absent", 0),
        "not_checked_in": by_status.get("registered", 0),
        "waited": by_status.get("waiting", 0),
    }


def _organisations(fieldlab: Fieldlab) -> dict[str, int]:
    """Per side of the helix, of whom somebody had a place and was not marked absent."""
    found = fieldlab.participating_organisations().filter(
        registrations__fieldlab=fieldlab, registrations__status__in=BEEN
    )
    counts = {
        f"n_{side}": Count("pk", filter=Q(kind__in=HELIX_KINDS[side]), distinct=True) for side in Helix.values
    }
    totals = found.order_by().aggregate(**counts)
    return {side: totals[f"n_{side}"] for side in Helix.values}


def _outcomes(fieldlab: Fieldlab) -> dict[str, int]:
    by_kind = fieldlab.outcomes.order_by().values_list("kind").annotate(number=Count("pk"))
    return dict(by_kind)
