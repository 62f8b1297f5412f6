"""What every portal starts with: the register of public bodies, known before they sign, and the themes."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alliance.models import Organisation, Theme
from alliance.models.organisation import Kind

FOLDER = Path(__file__).parent
FILES = {
    Kind.MUNICIPALITY: "municipalities.csv",
    Kind.PROVINCE: "provinces.csv",
    Kind.WATER_AUTHORITY: "water_authorities.csv",
}
# The register decides these. Aliases are added to, a website is given once; all else belongs to people.
DECIDED = ("name", "cbs_code", "province", "place", "latitude", "longitude", "inhabitants", "in_register")


@dataclass
class Loaded:
    """What a load did."""

    created: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(FILES, 0))
    changed: int = 0
    missing: list[str] = field(default_factory=list)  # in the database, no longer in the files


def load_themes() -> None:
    """The vocabulary of the portal; what staff changed stays."""
    entries = tomllib.loads((FOLDER / "themes.toml").read_text(encoding="utf-8"))["themes"]
    Theme.objects.bulk_create([Theme(**entry) for entry in entries], ignore_conflicts=True)


@transaction.atomic
def load_register() -> Loaded:
    """Make or put right every body in the files, in a fixed number of queries. A second time changes nothing.

    A body is recognised by its CBS code, or without one by kind and name. Addresses on the site stay as
    they are, also when a name changes. Example organisations are left alone.
    """
    loaded = Loaded()
    real = list(Organisation.objects.filter(kind__in=FILES, is_example=False).select_for_update())
    by_code = {body.cbs_code: body for body in real if body.cbs_code}
    by_name = {(body.kind, body.name.lower()): body for body in real if not body.cbs_code}
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    new, changed, seen = [], [], set()
    for entry in entries():
        body = by_code.get(entry["cbs_code"]) or by_name.get((entry["kind"], entry["name"].lower()))
        if body is None:
            new.append(Organisation(**entry, slug=_free(slugify(entry["name"]), slugs)))
            loaded.created[entry["kind"]] += 1
            continue
        seen.add(body.pk)
        if _put_right(body, entry):
            changed.append(body)
    Organisation.objects.bulk_create(new)
    if changed:
        Organisation.objects.bulk_update(changed, [*DECIDED, "aliases", "website"])
    loaded.changed = len(changed)
    loaded.missing = sorted(
        body.name for body in real if body.in_register and not body.successor_id and body.pk not in seen
    )
    return loaded


def entries() -> Iterator[dict[str, Any]]:
    """Every body in the files, as fields of an organisation."""
    for kind, name in FILES.items():
        with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield {
                    "kind": kind,
                    "name": row["name"],
                    "aliases": row["aliases"].split("|") if row["aliases"] else [],
                    "cbs_code": row.get("cbs_code", ""),
                    "province": slugify(row["province"]),
                    "place": row.get("place", ""),
                    "latitude": Decimal(row["lat"]) if row["lat"] else None,
                    "longitude": Decimal(row["lon"]) if row["lon"] else None,
                    "inhabitants": int(row["population_2024"]) if row.get("population_2024") else None,
                    "website": row.get("website", ""),
                    "in_register": True,
                }


def _put_right(body: Organisation, entry: dict[str, Any]) -> bool:
    """Whether the files say something else than `body` did."""
    wanted = {name: entry[name] for name in DECIDED}
    wanted["aliases"] = list(dict.fromkeys([*body.aliases, *entry["aliases"]]))
    wanted["website"] = body.website or entry["website"]
    differs = {name: value for name, value in wanted.items() if getattr(body, name) != value}
    for name, value in differs.items():
        setattr(body, name, value)
    return bool(differs)


def _free(base: str, taken: set[str]) -> str:
    """`base`, or with a number when it is taken; from now on taken."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug
