"""Programme, cases, and people in every state, of the invented fieldlabs."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from alliance.models import Organisation, Theme
from fieldlabs.models import Case, CaseDemand, Fieldlab, Needs, ProgrammeItem, Registration
from smartsociety.core import sample
from smartsociety.core.models import User

FILE = Path(__file__).parent / "taking_part.toml"


def load(fieldlabs: dict[str, Fieldlab], organisations: dict[str, Organisation]) -> None:
    """What belongs to these fieldlabs, by the last part of their address."""
    given = sample.read(FILE)
    for suffix, plan in given["plans"].items():
        if suffix in fieldlabs:
            _plan(fieldlabs[suffix], plan)
    known = set(Case.objects.values_list("slug", flat=True))
    for entry in given["cases"]:
        if entry["slug"] not in known and entry.get("fieldlab", "") in {*fieldlabs, ""}:
            _case(entry, fieldlabs, organisations)
    for number, entry in enumerate(given["people"]):
        if entry["fieldlab"] in fieldlabs:
            _person(entry, fieldlabs[entry["fieldlab"]], organisations, number)


def _plan(fieldlab: Fieldlab, plan: dict[str, Any]) -> None:
    items = plan.pop("items", [])
    for name, value in plan.items():
        setattr(fieldlab, name, value)
    if fieldlab.reserved_society:
        fieldlab.reserved_until_on = timezone.localtime(fieldlab.starts_at).date() - timedelta(days=21)
        fieldlab.registration_opens_at = fieldlab.starts_at - timedelta(days=90)
    fieldlab.save()
    first, zone = timezone.localtime(fieldlab.starts_at).date(), timezone.get_default_timezone()
    for item in items:
        day = first + timedelta(days=item.pop("day"))
        begins, ends = (time.fromisoformat(item.pop(name)) for name in ("from", "until"))
        ProgrammeItem.objects.create(
            fieldlab=fieldlab,
            starts_at=datetime.combine(day, begins, zone),
            ends_at=datetime.combine(day, ends, zone),
            **item,
        )


def _case(
    entry: dict[str, Any], fieldlabs: dict[str, Fieldlab], organisations: dict[str, Organisation]
) -> None:
    demand, themes = entry.pop("demand", []), entry.pop("themes", [])
    case = Case.objects.create(
        **entry
        | {
            "organisation": organisations[entry["organisation"]],
            "fieldlab": fieldlabs.get(entry.get("fieldlab", "")),
            "created_by": User.objects.get(email=sample.REPRESENTATIVE),
        }
    )
    case.themes.set(Theme.objects.filter(slug__in=themes))
    CaseDemand.objects.bulk_create(
        CaseDemand(case=case, organisation=organisations[slug]) for slug in demand if slug in organisations
    )


def _person(
    entry: dict[str, Any], fieldlab: Fieldlab, organisations: dict[str, Organisation], number: int
) -> None:
    organisation = organisations.get(entry.get("organisation", ""))
    name, status = entry.get("name", ""), entry["status"]
    arrived_at = timezone.now() - timedelta(days=3, minutes=-7 * number)
    registration = Registration.objects.create(
        fieldlab=fieldlab,
        organisation=organisation,
        organisation_name="" if organisation else entry["organisation_name"],
        helix=organisation.helix if organisation else entry["helix"],
        name=name,
        email=f"deelnemer-{number}@voorbeeld.example" if name else "",
        show_name=entry.get("show_name", False),
        status=status,
        offer_expires_at=timezone.now() + timedelta(hours=40) if status == "offered" else None,
        arrived_at=arrived_at,
        created_at=arrived_at,
    )
    if "access" in entry:
        Needs.objects.create(registration=registration, access=entry["access"], diet=entry["diet"])
