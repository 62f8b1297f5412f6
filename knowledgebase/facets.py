"""By what practices are found: per facet an expression that reads its values, for all practices at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Exists, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Cast, ExtractYear
from django.utils import timezone

from alliance.models.organisation import HELIX_KINDS, SIZES, Kind
from knowledgebase.models import Adoption, Practice, PracticeOrganisation
from knowledgebase.models.choices import Phase
from smartsociety.core.counting import count_of

# The five largest, who began with it, by their CBS codes: Amsterdam, Rotterdam, Den Haag, Utrecht, Eindhoven.
G5 = ("GM0363", "GM0599", "GM0518", "GM0344", "GM0772")
STUCK_AFTER = timedelta(days=365)

Cases = Iterable[tuple[Q | Exists, str]]


def by_facet() -> dict[str, BaseExpression]:
    """All facets; made anew because one depends on the day."""
    adopted = Exists(Adoption.objects.adopted().filter(practice=OuterRef("pk")))
    given_up = Exists(Adoption.objects.filter(practice=OuterRef("pk"), stage=Adoption.Stage.STOPPED))
    return {
        "theme": _linked(Practice.themes.through, "theme__slug"),
        "tag": _linked(Practice.tags.through, "tag__slug"),
        "phase": _every([(Q(phase=phase), phase) for phase in Phase.values]),
        "cost": F("cost_once"),
        "size": _owners(*_size_cases(), kind=Kind.MUNICIPALITY),
        "province": _owners("province"),
        "block": F("building_blocks"),
        "evidence": F("evidence"),
        "sought": F("wanted"),
        "licence": F("licence"),
        "source": _every([(~Q(source_url=""), "open")]),
        "ended": _every([(Q(phase="stopped"), "stopped"), (given_up, "given_up")]),
        "origin": _every(
            [
                (Q(outcome__isnull=False, is_external=False), "fieldlab"),
                (Q(project__isnull=False), "agenda"),
                (Q(is_external=True), "external"),
                (Q(is_external=False), "own"),
            ]
        ),
        "spread": _every([(adopted, "adopted"), (~adopted, "not_yet"), (is_stuck(), "stuck")]),
        "language": F("language"),
        "side": _owners(*((Q(organisation__kind__in=kinds), side) for side, kinds in HELIX_KINDS.items())),
        "group": _owners(
            (Q(organisation__cbs_code__in=G5), "g5"),
            (~Q(organisation__cbs_code__in=G5), "other"),
            kind=Kind.MUNICIPALITY,
        ),
        "year": Cast(ExtractYear("published_at"), TextField()),
    }


def by_key() -> dict[str, BaseExpression]:
    """What the other orders sort by, the highest first."""
    return {"adopted": count_of(Adoption.objects.adopted(), "practice"), "checked": F("checked_on")}


def is_stuck() -> Q:
    """It is our own, had twelve months, and no other municipality than its owner tries or uses it."""
    second = Adoption.objects.adopted().filter(practice=OuterRef("pk"), organisation__kind=Kind.MUNICIPALITY)
    return Q(published_at__lt=stuck_before(), is_external=False) & ~Q(Exists(second))


def stuck_before() -> datetime:
    """What was published before this moment had its twelve months."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - STUCK_AFTER


def _size_cases() -> Cases:
    """Classes of municipalities."""
    inhabitants = "organisation__inhabitants"
    for size, (_label, low, high) in SIZES.items():
        yield Q(**{f"{inhabitants}__gte": low, f"{inhabitants}__lt": high}), size


def _every(cases: Cases) -> Func:
    """An array of the values whose condition holds."""
    found = [Case(When(condition, then=Value(value)), output_field=TextField()) for condition, value in cases]
    template = "array_remove(ARRAY[%(expressions)s], NULL)"
    return Func(*found, template=template, output_field=ArrayField(TextField()))


def _owners(*value: Any, **conditions: Any) -> ArraySubquery:
    """What its owners have: a field of the organisation, or the first value whose condition on it holds."""
    wanted = {f"organisation__{name}": wish for name, wish in conditions.items()}
    owners = PracticeOrganisation.objects.filter(practice=OuterRef("pk"), role="owner", **wanted)
    if isinstance(value[0], str):
        found = F(f"organisation__{value[0]}")
    else:
        whens = (When(condition, then=Value(name)) for condition, name in value)
        found = Case(*whens, output_field=TextField())
    return ArraySubquery(owners.order_by().values(facet=found).distinct())


def _linked(through: Any, field: str) -> ArraySubquery:
    """What it is linked to, by a field of that."""
    return ArraySubquery(through.objects.filter(practice=OuterRef("pk")).order_by().values(field))
