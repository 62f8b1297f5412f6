"""Five invented projects of the agenda."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from alliance.models import Milestone, Organisation, Project, Theme
from smartsociety.core import sample

FOLDER = Path(__file__).parent


def load() -> None:
    """Projects that are not there yet, with their milestones."""
    entries = sample.read(FOLDER / "agenda.toml")["projects"]
    known = set(Project.objects.values_list("slug", flat=True))
    organisations = {each.slug: each for each in Organisation.objects.filter(is_example=True)}
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for entry in entries:
        if entry["slug"] not in known:
            _load_project(entry, organisations, themes)


def unload() -> None:
    """Remove the projects that examples lead; from those of others they go with the organisation."""
    _led_by_examples().delete()


def _led_by_examples() -> QuerySet:
    return Project.objects.filter(lead__is_example=True)


def _load_project(
    entry: dict[str, Any], organisations: dict[str, Organisation], themes: dict[str, Theme]
) -> None:
    values = {name: entry[name] for name in entry if name not in ("themes", "lead", "partners", "milestones")}
    project = Project.objects.create(**values, lead=organisations[entry["lead"]], is_published=True)
    project.themes.set(themes[slug] for slug in entry["themes"])
    project.partners.set(organisations[slug] for slug in entry["partners"])
    Milestone.objects.bulk_create(_milestone(project, given) for given in entry["milestones"])


def _milestone(project: Project, given: dict[str, Any]) -> Milestone:
    due_on = sample.ago(-given["months"]).date()
    return Milestone(
        project=project,
        title_nl=given["title_nl"],
        title_en=given["title_en"],
        due_on=due_on,
        reached_on=due_on if given.get("reached") else None,
    )
