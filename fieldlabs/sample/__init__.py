"""Ten invented fieldlabs around today: what they yielded, who came, who comes, who waits."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from alliance.models import Organisation, Signature, Theme
from alliance.sample import REPRESENTED, mailbox
from fieldlabs.models import Case, Fieldlab, Outcome, Registration
from fieldlabs.sample import record, taking_part
from smartsociety.core import sample
from smartsociety.core.models import User

FOLDER = Path(__file__).parent
FIELDS = (
    "title_nl",
    "title_en",
    "summary_nl",
    "summary_en",
    "programme_nl",
    "programme_en",
    "format",
    "venue",
    "place",
)
OPENS, CLOSES = time(9, 30), time(17)


def load() -> None:
    """Fieldlabs that are not there yet, by the last part of their address, with outcomes and registrations."""
    known = {slug.split("-", 2)[-1] for slug in _hosted_by_examples().values_list("slug", flat=True)}
    entries = [
        entry
        for entry in sample.read(FOLDER / "fieldlabs.toml")["fieldlabs"]
        if entry["slug_suffix"] not in known
    ]
    organisations = {each.slug: each for each in Organisation.objects.filter(is_example=True)}
    fieldlabs = Fieldlab.objects.bulk_create(_fieldlab(entry, organisations) for entry in entries)
    pairs = list(zip(fieldlabs, entries, strict=True))
    themes = dict(Theme.objects.values_list("slug", "pk"))
    link = Fieldlab.themes.through
    link.objects.bulk_create(
        link(fieldlab=fieldlab, theme_id=themes[slug])
        for fieldlab, entry in pairs
        for slug in entry["themes"]
    )
    _load_outcomes(pairs, organisations)
    _load_registrations(pairs, organisations)
    taking_part.load({entry["slug_suffix"]: fieldlab for fieldlab, entry in pairs}, organisations)
    record.load(fieldlabs)


def unload() -> None:
    """Remove every fieldlab with an example organisation as host, and all that examples did in others."""
    record.unload(_hosted_by_examples())
    mine = Q(organisation__is_example=True) | Q(fieldlab__in=_hosted_by_examples())
    Outcome.objects.filter(mine).delete()
    Case.objects.filter(mine).delete()
    people = [person.email for person in sample.PEOPLE]
    Registration.objects.filter(mine | Q(user__email__in=people)).delete()
    _hosted_by_examples().delete()


def day_in_quarter(today: date, *, offset: int, week: int, weekday: int) -> date:
    """A day of the quarter that is `offset` away: week 1 starts at its first Monday, weekday 1 is Monday."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + offset, 4)
    first = date(year, quarter * 3 + 1, 1)
    first_monday = first + timedelta(days=-first.weekday() % 7)
    return first_monday + timedelta(weeks=week - 1, days=weekday - 1)


def _hosted_by_examples():
    return Fieldlab.objects.filter(host__is_example=True)


def _fieldlab(entry: dict[str, Any], organisations: dict[str, Organisation]) -> Fieldlab:
    day = day_in_quarter(
        timezone.localdate(), offset=entry["offset"], week=entry["week"], weekday=entry["weekday"]
    )
    last_day = day + timedelta(days=entry["days"] - 1)
    zone = timezone.get_default_timezone()
    fieldlab = Fieldlab(
        **{name: entry[name] for name in FIELDS},
        host=organisations[entry["host"]],
        capacity=entry["capacity"],
        status=entry["status"],
        starts_at=datetime.combine(day, OPENS, zone),
        ends_at=datetime.combine(last_day, CLOSES, zone),
    )
    if fieldlab.status != Fieldlab.Status.DRAFT:
        fieldlab.announced_at = min(sample.after(fieldlab.starts_at, days=-120), sample.ago(1))
    fieldlab.slug = f"{fieldlab.quarter.lower().replace(' ', '-')}-{entry['slug_suffix']}"
    return fieldlab


def _load_outcomes(
    pairs: list[tuple[Fieldlab, dict[str, Any]]], organisations: dict[str, Organisation]
) -> None:
    programme = User.objects.get(email=sample.PROGRAMME)
    Outcome.objects.bulk_create(
        Outcome(
            **{"status": "published"}
            | given
            | {"organisation": organisations.get(given.get("organisation", ""))},
            fieldlab=fieldlab,
            created_at=sample.after(fieldlab.ends_at, days=1 + number),
            published_at=sample.after(fieldlab.ends_at, days=1 + number),
            created_by=programme,
        )
        for fieldlab, entry in pairs
        for number, given in enumerate(entry.get("outcomes", []))
    )


def _load_registrations(
    pairs: list[tuple[Fieldlab, dict[str, Any]]], organisations: dict[str, Organisation]
) -> None:
    """One per organisation that signed; the others in the file may come when their signature is published."""
    signed = set(Signature.objects.public().values_list("organisation__slug", flat=True))
    representative = User.objects.get(email=sample.REPRESENTATIVE)
    Registration.objects.bulk_create(
        _registration(fieldlab, organisations[slug], representative, number)
        for fieldlab, entry in pairs
        for number, slug in enumerate(slug for slug in entry["registrations"] if slug in signed)
    )


def _registration(
    fieldlab: Fieldlab, organisation: Organisation, representative: User, number: int
) -> Registration:
    status = Registration.Status.REGISTERED
    if fieldlab.is_past:
        status = Registration.Status.ABSENT if number % 9 == 8 else Registration.Status.ATTENDED
    person = {"name": f"Deelnemer van {organisation.name}", "email": mailbox(organisation)}
    if fieldlab.is_past and organisation.slug == REPRESENTED:
        # Not in the coming one: to register for it is a journey to try out.
        person = {"name": representative.name, "email": representative.email, "user": representative}
    closed_at = min(fieldlab.starts_at - timedelta(weeks=3), timezone.localtime())
    created_at = closed_at - timedelta(days=20 - number % 20, minutes=37 * number)
    return Registration(
        fieldlab=fieldlab,
        organisation=organisation,
        helix=organisation.helix,
        status=status,
        created_at=created_at,
        arrived_at=created_at,
        **person,
    )
