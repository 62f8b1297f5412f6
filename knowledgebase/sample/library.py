"""Invented ground rules and publications; see library.toml."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from alliance.models import Theme
from fieldlabs.models import Outcome
from knowledgebase.models import GroundRule, Practice, Publication, RuleVersion
from smartsociety.core import sample

FILE = Path(__file__).with_name("library.toml")


def load() -> None:
    """Those that are not there yet, by their address."""
    entries = sample.read(FILE)
    for entry in entries["rules"]:
        if not GroundRule.objects.filter(slug=entry["slug"]).exists():
            _rule(entry)
    for seed, entry in enumerate(entries["publications"]):
        if not Publication.objects.filter(slug=entry["slug"]).exists():
            _publication(entry, seed)


def unload() -> None:
    """Remove them."""
    entries = sample.read(FILE)
    for model, name in ((GroundRule, "rules"), (Publication, "publications")):
        model.objects.filter(slug__in=[entry["slug"] for entry in entries[name]]).delete()


def _rule(entry: dict[str, Any]) -> None:
    outcome = Outcome.objects.select_related("fieldlab").filter(slug=entry["outcome"]).first()
    first_at = outcome.fieldlab.ends_at if outcome else sample.ago(entry["months_ago"])
    agreed_on = timezone.localdate(first_at) if outcome else None
    rule = GroundRule.objects.create(
        slug=entry["slug"], title=entry["title"], status=entry["status"], outcome=outcome, agreed_on=agreed_on
    )
    for number, version in enumerate(entry["versions"], 1):
        written_at = sample.after(first_at, days=version.pop("days_after", 0))
        RuleVersion.objects.create(rule=rule, number=number, created_at=written_at, **version)
    _link(rule, entry)


def _publication(entry: dict[str, Any], seed: int) -> None:
    names = ("slug", "kind", "title", "summary", "made_by", "url", "licence")
    publication = Publication.objects.create(
        **{name: entry[name] for name in names},
        published_on=timezone.localdate(sample.ago(entry["months_ago"], seed=seed)),
        is_shown=True,
    )
    _link(publication, entry)


def _link(row: Any, entry: dict[str, Any]) -> None:
    row.themes.set(Theme.objects.filter(slug__in=entry["themes"]))
    row.practices.set(Practice.objects.filter(slug__in=entry["practices"]))
