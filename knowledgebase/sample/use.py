"""How the invented practices are used: stages of adoptions, questions, needs, collections, readers, searches."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from alliance.models import Theme
from alliance.sample import REPRESENTED
from knowledgebase.models import (
    Adoption,
    AdoptionStep,
    Bookmark,
    Boost,
    Collection,
    CollectionItem,
    Need,
    NeedSupport,
    Practice,
    Question,
    ReadCount,
    Subscription,
)
from knowledgebase.models.adoption import ADOPTED, Stage
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core import sample
from smartsociety.core.models import User
from smartsociety.core.search.kinds import entry_id
from smartsociety.core.search.models import AskedCount, PinnedSearch
from smartsociety.core.search.pins import written_key
from smartsociety.core.tokens import new_token

FILE = Path(__file__).parent / "use.toml"
Entry = dict[str, Any]

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
    rows = list(adoptions.select_related("practice"))
    days = [_days(adoption, seed) for seed, adoption in enumerate(rows)]
    for seed, adoption in enumerate(rows):
        adoption.scaling = SCALINGS[seed % len(SCALINGS)] if adoption.stage in ADOPTED else ""
        adoption.since_year = adoption.since_year and days[seed][0].year
    Adoption.objects.bulk_update(rows, ["scaling", "since_year"])
    AdoptionStep.objects.bulk_create(
        AdoptionStep(
            adoption=adoption,
            stage=stage,
            reached_on=day,
            stop_reason=adoption.stop_reason if stage == Stage.STOPPED else "",
            noted_at=adoption.claimed_at,
        )
        for seed, adoption in enumerate(rows)
        for stage, day in zip(WAYS[adoption.stage], days[seed], strict=True)
    )


def _days(adoption: Adoption, seed: int) -> list[date]:
    """A day for each stage, from the year in which it began to the day on which it was said; none before the text."""
    number = len(WAYS[adoption.stage])
    last = timezone.localdate(adoption.claimed_at)
    first = date(adoption.since_year or last.year, 1 + seed % 9, 1 + seed % 27)
    first = min(first, last - timedelta(days=45 * number))
    first = max(first, timezone.localdate(adoption.practice.published_at))
    span = (last - first).days
    return [first + timedelta(days=span * place // max(1, number - 1)) for place in range(number - 1)] + [
        last
    ]


def load(people: dict[str, User], organisations: dict[str, int]) -> None:
    """All that is not there yet."""
    load_steps()
    given = sample.read(FILE)
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    _load_wanted(given["wanted"], practices)
    _load_needs(given["needs"], people, organisations, practices)
    _load_questions(given["questions"], people, practices)
    _load_collections(given["collections"], organisations, practices)
    _load_searches(given["searches"])
    _load_steering(given, practices)
    _load_readers(people[sample.REPRESENTATIVE], organisations, practices)


def unload() -> None:
    """What keeps organisations or practices of the sample, and the collections that the file names."""
    Need.objects.filter(organisation__is_example=True).delete()
    given = sample.read(FILE)
    AskedCount.objects.filter(words__in=given["searches"]).delete()
    PinnedSearch.objects.filter(words__in=given["pinned"]).delete()
    slugs = [entry["slug"] for entry in given["collections"]]
    Collection.objects.filter(Q(slug__in=slugs) | Q(organisation__is_example=True)).delete()


def _load_wanted(given: dict[str, list], practices: dict[str, Practice]) -> None:
    for slug, (kinds, note) in given.items():
        if not practices[slug].wanted:
            Practice.objects.filter(slug=slug).update(wanted=kinds, wanted_note=note)


def _load_needs(given: list[Entry], people: dict, organisations: dict, practices: dict) -> None:
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    known = set(Need.objects.values_list("slug", flat=True))
    for seed, entry in enumerate(entry for entry in given if entry["slug"] not in known):
        need = Need.objects.create(
            **{name: entry[name] for name in ("slug", "title", "description", "language", "status")},
            organisation_id=organisations[entry["organisation"]],
            solution=practices.get(entry.get("solution", "")),
            created_by=people[sample.REPRESENTATIVE] if entry["organisation"] == REPRESENTED else None,
            created_at=sample.ago(entry["months_ago"], seed=seed),
        )
        need.themes.set(themes[slug] for slug in entry["themes"])
        NeedSupport.objects.bulk_create(
            NeedSupport(need=need, organisation_id=organisations[slug]) for slug in entry["supports"]
        )


def _load_questions(given: list[Entry], people: dict, practices: dict) -> None:
    for seed, entry in enumerate(given):
        asked_at = sample.ago(entry["months_ago"], seed=seed)
        answered = {
            "status": "answered",
            "answer": entry["answer"],
            "answered_at": sample.after(asked_at, days=4),
            "asker_agrees": entry["is_public"],
            "owner_agrees": entry["is_public"],
        }
        Question.objects.get_or_create(
            practice=practices[entry["practice"]],
            adoption=Adoption.objects.filter(
                practice=practices[entry["practice"]], organisation__slug=entry.get("asked_of", "")
            ).first(),
            text=entry["text"],
            defaults={
                "asked_by": None if "asked_of" in entry else people[sample.REPRESENTATIVE],
                "asked_at": asked_at,
                "token_hash": new_token()[1],
                "moments": _moments() if entry.get("wants_talk") else [],
                **(answered if entry["answer"] else {}),
            },
        )


def _moments() -> list[datetime]:
    """A Tuesday, a Thursday and a Tuesday that are still to come."""
    morning = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=7 - morning.weekday())
    return [monday + timedelta(days=days) for days in (1, 3, 8)]


def _load_collections(given: list[Entry], organisations: dict, practices: dict) -> None:
    known = set(Collection.objects.values_list("slug", flat=True))
    for entry in (entry for entry in given if entry["slug"] not in known):
        collection = Collection.objects.create(
            **{name: entry[name] for name in ("slug", "title", "summary", "language", "is_featured")},
            organisation_id=organisations.get(entry["organisation"]),
            is_published=True,
        )
        CollectionItem.objects.bulk_create(
            CollectionItem(collection=collection, practice=practices[slug], position=place, note=note)
            for place, (slug, note) in enumerate(entry["practices"], 1)
        )


def _load_steering(given: dict, practices: dict[str, Practice]) -> None:
    """What editors put on top of a search, and what they give precedence."""
    for words, slugs in given["pinned"].items():
        entries = [entry_id(PRACTICE_KIND, practices[slug].pk) for slug in slugs]
        PinnedSearch.objects.get_or_create(
            key=written_key(words), defaults={"words": words, "entries": entries}
        )
    for slug, reason in given["precedence"].items():
        Boost.objects.get_or_create(practice=practices[slug], defaults={"reason": reason})


def _load_searches(given: dict[str, list[int]]) -> None:
    """What people searched for this month."""
    asked_on = timezone.localdate().replace(day=1)
    AskedCount.objects.bulk_create(
        (
            AskedCount(words=words, asked_on=asked_on, times=times, empty=empty, opened=opened)
            for words, (times, empty, opened) in given.items()
        ),
        ignore_conflicts=True,
    )


def _load_readers(reader: User, organisations: dict, practices: dict) -> None:
    """Somebody who keeps and follows things, and a month of readers of a practice of Duinbeek's."""
    for slug in ("hittestress-meten-met-bewoners", "deelfietsen-dorpskernen"):
        Bookmark.objects.get_or_create(user=reader, practice=practices[slug])
    Subscription.objects.get_or_create(user=reader, theme=Theme.objects.get(slug="mobiliteit"))
    Subscription.objects.get_or_create(user=reader, query="q=sensor")
    own = [practice for practice in practices.values() if practice.status == "published"]
    if ReadCount.objects.filter(practice__in=own).exists():
        return
    readers = [organisations[slug] for slug in ("kanaalstad", "rietveen", "lindelo", "maasvoort")]
    ReadCount.objects.bulk_create(
        ReadCount(
            practice=practice,
            organisation_id=reader_id,
            read_on=timezone.localdate() - timedelta(days=3 * place + 7 * week),
            number=1 + (place + week + practice.pk) % 3,
        )
        for practice in own
        for week in range(4)
        for place, reader_id in enumerate([None, *readers])
    )
