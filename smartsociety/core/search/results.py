"""What was found as a queryset, so that filters, counts, exports and feeds go on with it."""

import json

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast


class _IsAnyOf(Func):
    """Whether a number is in an array; one parameter, however many there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class _PlaceIn(Func):
    """What a JSON object says for a key, as a number."""

    template = "(%(expressions)s)::int"
    arg_joiner = "::jsonb ->> "
    output_field = IntegerField()


def matching(rows: QuerySet, ids: list[int]) -> QuerySet:
    """`rows` whose number is in `ids`, in that order; annotated with their `place`."""
    numbers = Value(ids, output_field=ArrayField(IntegerField()))
    places = Value(json.dumps({number: place for place, number in enumerate(ids)}), output_field=TextField())
    place = _PlaceIn(places, Cast(F("pk"), TextField()))
    return rows.filter(_IsAnyOf(F("pk"), numbers)).annotate(place=place).order_by("place")
