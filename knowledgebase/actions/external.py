"""Practices that others published come in, with where they came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from knowledgebase.importing import Record
from knowledgebase.models import Practice, PracticeOrganisation, Tag

FIELDS = ("title", "summary", "body", "language")


@dataclass
class Taken:
    """What came of a batch."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def take_external(*, records: Sequence[Record]) -> Taken:
    """Publish `records` as external practices, or put right those that came before from the same source.

    A fixed number of queries for the batch. What a person archived here stays archived.
    """
    sources = [record.source for record in records]
    known = {
        row.origin_url: row for row in Practice.objects.filter(origin_url__in=sources).select_for_update()
    }
    taken, new, changed = Taken(), [], []
    slugs = _free_slugs(
        Practice,
        {
            record.source: slugify(record.title)[:80].strip("-") or "x"
            for record in records
            if record.source not in known
        },
    )
    for record in records:
        row = known.get(record.source)
        if row is None:
            row = Practice(
                slug=slugs[record.source],
                is_external=True,
                origin_url=record.source,
                status=Practice.Status.PUBLISHED,
                published_at=record.published_at or timezone.now(),
            )
            new.append(row)
        elif _differs(row, record):
            changed.append(row)
        for name in FIELDS:
            setattr(row, name, getattr(record, name))
        row.published_at = record.published_at or row.published_at
        known[record.source] = row
    Practice.objects.bulk_create(new)
    Practice.objects.bulk_update(changed, [*FIELDS, "published_at"])
    moved = _set_tags(records, known) | _set_owners(records, known)
    taken.created = len(new)
    taken.changed = len({row.pk for row in changed} | moved - {row.pk for row in new})
    taken.unchanged = len(records) - taken.created - taken.changed
    return taken


def _differs(row: Practice, record: Record) -> bool:
    """Whether the source says something else by now; a day that it does not name is none."""
    if record.published_at and timezone.localdate(record.published_at) != timezone.localdate(
        row.published_at
    ):
        return True
    return any(getattr(row, name) != getattr(record, name) for name in FIELDS)


def _free_slugs(model: type[Model], wanted: dict[str, str]) -> dict[str, str]:
    """A slug of its own for each key; where the wanted one is taken, with a few signs of the key behind it."""
    taken = set(model.objects.filter(slug__in=wanted.values()).values_list("slug", flat=True))
    slugs = {}
    for key, slug in wanted.items():
        marked = f"{slug}-{blake2b(key.encode(), digest_size=5).hexdigest()}"
        slugs[key] = marked if slug in taken else slug
        taken.add(slug)
    return slugs


def _set_tags(records: Sequence[Record], practices: dict[str, Practice]) -> set[int]:
    """Give each practice the tags of its record; returns the practices that changed."""
    tags = _tags_named([name for record in records for name in record.tags])
    wanted = {(practices[r.source].pk, tags[name]) for r in records for name in r.tags}
    link = Practice.tags.through
    pks = [practices[record.source].pk for record in records]
    now = set(link.objects.filter(practice__in=pks).values_list("practice_id", "tag_id"))
    link.objects.bulk_create(link(practice_id=practice, tag_id=tag) for practice, tag in sorted(wanted - now))
    for practice, tag in sorted(now - wanted):
        link.objects.filter(practice_id=practice, tag_id=tag).delete()
    return {practice for practice, _tag in wanted ^ now}


def _tags_named(names: Sequence[str]) -> dict[str, int]:
    """Numbers by name; new ones are made, and one that was merged is the one that stays."""
    known = _known_tags(names)
    new = {name.lower(): name for name in names if name not in known}
    if not new:
        return known
    slugs = _free_slugs(Tag, {name: slugify(name)[:60].strip("-") or "tag" for name in new.values()})
    Tag.objects.bulk_create(
        [Tag(name=name, slug=slug) for name, slug in slugs.items()], ignore_conflicts=True
    )
    return _known_tags(names)


def _known_tags(names: Sequence[str]) -> dict[str, int]:
    """By name as it was given: which names are the same but for their case, only the database says."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT given.name, coalesce(tag.merged_into_id, tag.id)
              FROM unnest(%s::text[]) AS given (name)
              JOIN knowledgebase_tag AS tag ON lower(tag.name) = lower(given.name)
            """,
            [list(set(names))],
        )
        return dict(cursor.fetchall())


def _set_owners(records: Sequence[Record], practices: dict[str, Practice]) -> set[int]:
    """Give each practice the owner of its record, unless it has one; returns the practices that changed."""
    pks = [practices[record.source].pk for record in records]
    owned = set(
        PracticeOrganisation.objects.filter(practice__in=pks, role="owner").values_list(
            "practice_id", flat=True
        )
    )
    new = [
        PracticeOrganisation(practice=practices[r.source], organisation=r.owner, role="owner")
        for r in records
        if r.owner and practices[r.source].pk not in owned
    ]
    PracticeOrganisation.objects.bulk_create(new, ignore_conflicts=True)
    return {part.practice_id for part in new}
