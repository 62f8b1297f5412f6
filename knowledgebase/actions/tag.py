"""Tags: made while writing, merged, renamed and given synonyms by staff."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from knowledgebase.actions.subscription import move_followers
from knowledgebase.models import Boost, Tag
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug


class NameTaken(Exception):
    """Another tag is called so, or has it as a synonym."""


class AlreadyMerged(Exception):
    """A colleague merged this tag, or the other one into it."""


class InUse(Exception):
    """A practice, a change, a follower or another tag needs it."""


@transaction.atomic
def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags that are meant: by name or synonym, the one that stays for one that was merged; else a new one."""
    return list({tag.pk: tag for tag in map(_tag, names)}.values())


@transaction.atomic
def rename(*, tag: Tag, name: str, synonyms: Iterable[str], by: User) -> Tag:
    """Another name or other synonyms; its address stays. Raises NameTaken."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    words = [name, *synonyms]
    for word in words:
        if Tag.objects.standing().filter(_called(word)).exclude(pk=tag.pk).exists():
            raise NameTaken(word)
    tag.name, tag.synonyms, tag.is_curated = name, list(dict.fromkeys(synonyms)), True
    tag.save()
    return tag


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: User) -> Tag:
    """Every practice and follower of `tag` gets `into`; its name and synonyms lead there from now on.

    When `into` was merged meanwhile, the tag that stands for it is meant. Raises AlreadyMerged.
    """
    rows = Tag.objects.select_for_update(of=("self",))
    # In one order, whichever way round a colleague merges the same two.
    locked = {row.pk: row for row in rows.filter(pk__in=[tag.pk, into.pk]).order_by("pk")}
    tag, into = locked[tag.pk], locked[into.pk]
    if into.merged_into_id:
        into = rows.get(pk=into.merged_into_id)
    if tag.merged_into_id or tag == into:
        raise AlreadyMerged(tag)
    through = Tag.practices.through
    having = through.objects.filter(tag=tag).values_list("practice_id", flat=True)
    through.objects.bulk_create([through(practice_id=pk, tag=into) for pk in having], ignore_conflicts=True)
    through.objects.filter(tag=tag).delete()
    Tag.objects.filter(merged_into=tag).update(merged_into=into)
    move_followers(tag=tag, into=into)
    _move_boost(tag=tag, into=into)
    into.synonyms = list(dict.fromkeys([*into.synonyms, tag.name, *tag.synonyms]))
    into.is_curated = True
    into.save()
    tag.merged_into, tag.synonyms = into, []
    tag.save()
    return into


def _move_boost(*, tag: Tag, into: Tag) -> None:
    """Precedence goes along, unless the tag that stays has its own."""
    if Boost.objects.filter(tag=into).exists():
        Boost.objects.filter(tag=tag).delete()
    else:
        Boost.objects.filter(tag=tag).update(tag=into)


@transaction.atomic
def remove(*, tag: Tag, by: User) -> None:
    """Erase what was typed and never used. Raises InUse."""
    tag = Tag.objects.select_for_update(of=("self",)).get(pk=tag.pk)  # no practice gets it meanwhile
    if not Tag.objects.unused().filter(pk=tag.pk).exists():
        raise InUse(tag)
    tag.delete()


def _called(word: str) -> Q:
    return Q(name__iexact=word) | Q(synonyms__contains=[word])


def _tag(name: str) -> Tag:
    known = Tag.objects.filter(name__iexact=name).select_related("merged_into").first()
    known = known or Tag.objects.standing().filter(synonyms__contains=[name]).first()
    if known:
        return known.merged_into or known
    return Tag.objects.create(name=name, slug=unique_slug(Tag, name))
