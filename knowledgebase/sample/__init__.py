"""Some sixty invented practices, one file each, and who took them over."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from alliance.models import Organisation, Theme
from alliance.sample import EDITED, REPRESENTED
from fieldlabs.models import Outcome
from knowledgebase.models import Adoption, Practice, PracticeOrganisation, Tag
from knowledgebase.sample import evidence, files, library, use, writing
from smartsociety.core import sample
from smartsociety.core.models import User

FOLDER = Path(__file__).parent / "practices"
# What the files say in other words than the model does.
TRANSLATED = (
    "owner",
    "partners",
    "themes",
    "outcome",
    "published_months_ago",
    "checked_months_ago",
    "adoptions",
)

Status = Practice.Status
Entry = dict[str, Any]


def load() -> None:
    """Practices that are not there yet, by their address, with owners, partners, themes and adoptions."""
    entries = {
        path.stem: (seed, sample.read(path)) for seed, path in enumerate(sorted(FOLDER.glob("*.toml")))
    }
    for slug in Practice.objects.filter(slug__in=entries).values_list("slug", flat=True):
        del entries[slug]
    outcomes = {outcome.slug: outcome for outcome in Outcome.objects.select_related("fieldlab")}
    people = {
        user.email: user for user in User.objects.filter(email__in=[person.email for person in sample.PEOPLE])
    }
    practices = Practice.objects.bulk_create(
        _practice(slug, entry, seed=seed, outcome=outcomes.get(entry["outcome"]), people=people)
        for slug, (seed, entry) in entries.items()
    )
    organisations = dict(Organisation.objects.filter(is_example=True).values_list("slug", "pk"))
    pairs = [(practice, entries[practice.slug][1]) for practice in practices]
    _load_themes(pairs)
    _load_parts(pairs, organisations)
    _load_adoptions(pairs, organisations, representative=people[sample.REPRESENTATIVE])
    use.load(people, organisations)
    writing.load(practices, people)
    files.load(practices, people)
    evidence.load(practices, people)
    library.load()


def unload() -> None:
    """Remove every practice that has no real owner, and all that examples did in others."""
    library.unload()
    example = Q(organisation__is_example=True)
    from_example = Q(outcome__fieldlab__host__is_example=True) | Q(outcome__organisation__is_example=True)
    really_owned = PracticeOrganisation.objects.filter(
        practice=OuterRef("pk"), role="owner", organisation__is_example=False
    )
    invented = Practice.objects.filter(Q(parts__organisation__is_example=True) | from_example).exclude(
        Exists(really_owned)
    )
    use.unload()
    practices = list(invented.values_list("pk", flat=True))
    files.unload(practices)
    Adoption.objects.filter(example | Q(practice__in=practices)).delete()
    Adoption.objects.filter(learned_from__is_example=True).update(learned_from=None)
    Practice.objects.filter(pk__in=practices).delete()
    Tag.objects.filter(practices=None, is_curated=False, merged=None).delete()
    PracticeOrganisation.objects.filter(example).delete()
    Practice.objects.filter(from_example).update(outcome=None)


def _practice(
    slug: str, entry: Entry, *, seed: int, outcome: Outcome | None, people: dict[str, User]
) -> Practice:
    """A practice with the people and dates that its status tells of: staff sent it in, an editor published."""
    values = {name: value for name, value in entry.items() if name not in TRANSLATED}
    practice = Practice(slug=slug, outcome=outcome, **values)
    author = (
        sample.EDITOR_ELSEWHERE
        if entry["owner"] == EDITED and practice.status == Status.DRAFT
        else sample.PROGRAMME
    )
    practice.created_by = people[author]
    if practice.status != Status.DRAFT:
        practice.submitted_by = people[sample.PROGRAMME]
        practice.submitted_at = timezone.now() - timedelta(days=2 + seed % 12)
    if practice.status not in (Status.PUBLISHED, Status.ARCHIVED):
        practice.created_at = timezone.localtime() - timedelta(days=3 + seed % 20)
        return practice
    practice.published_by = people[sample.EDITOR]
    practice.published_at = sample.ago(entry["published_months_ago"], seed=seed)
    practice.created_at = practice.published_at - timedelta(weeks=5)
    if outcome:
        # Never before the fieldlab it came from, whatever the day of the quarter on which this is loaded.
        practice.published_at = max(practice.published_at, sample.after(outcome.fieldlab.ends_at, days=14))
        practice.created_at = max(practice.created_at, outcome.created_at)
    checked_at = max(sample.ago(entry["checked_months_ago"], seed=seed), practice.published_at)
    practice.checked_on = timezone.localdate(checked_at)
    return practice


def _load_themes(pairs: list[tuple[Practice, Entry]]) -> None:
    themes = dict(Theme.objects.values_list("slug", "pk"))
    link = Practice.themes.through
    link.objects.bulk_create(
        link(practice=practice, theme_id=themes[slug])
        for practice, entry in pairs
        for slug in entry["themes"]
    )


def _load_parts(pairs: list[tuple[Practice, Entry]], organisations: dict[str, int]) -> None:
    role = PracticeOrganisation.Role
    PracticeOrganisation.objects.bulk_create(
        PracticeOrganisation(practice=practice, organisation_id=organisations[slug], role=part)
        for practice, entry in pairs
        for slug, part in [
            (entry["owner"], role.OWNER),
            *((partner, role.PARTNER) for partner in entry["partners"]),
        ]
    )


def _load_adoptions(
    pairs: list[tuple[Practice, Entry]], organisations: dict[str, int], *, representative: User
) -> None:
    Adoption.objects.bulk_create(
        Adoption(
            practice=practice,
            organisation_id=organisations[given["organisation"]],
            stage=given["stage"],
            since_year=given.get("since_year"),
            changes=given["changes"],
            learned_from_id=organisations[given["learned_from"]] if given["learned_from"] else None,
            stop_reason=given["stop_reason"],
            claimed_at=max(
                sample.ago(given["months_ago"], seed=number), sample.after(practice.published_at, days=1)
            ),
            claimed_by=representative if given["organisation"] == REPRESENTED else None,
            may_be_asked=given["organisation"] == REPRESENTED,
        )
        for practice, entry in pairs
        for number, given in enumerate(entry.get("adoptions", []))
    )
