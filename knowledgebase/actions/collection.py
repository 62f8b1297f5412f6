"""What happens to a collection: made, changed, filled, put in order."""

from django.db import transaction
from django.db.models import Max

from knowledgebase.models import Collection, CollectionItem, Practice
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug


@transaction.atomic
def start_collection(*, collection: Collection, by: User) -> Collection:
    """Keep a new collection, still empty."""
    collection.slug = unique_slug(Collection, collection.title)
    collection.save()
    return collection


@transaction.atomic
def add(*, collection: Collection, practice: Practice, note: str, by: User) -> CollectionItem:
    """Put a practice at the end; when it is in already, only what is said about it changes."""
    collection = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    last = collection.items.aggregate(last=Max("position"))["last"]
    item, _is_new = CollectionItem.objects.update_or_create(
        collection=collection,
        practice=practice,
        defaults={"note": note},
        create_defaults={"note": note, "position": 1 + (last or 0)},
    )
    return item


@transaction.atomic
def take_out(*, item: CollectionItem, by: User) -> None:
    """Out of the collection; the practice itself stays."""
    item.delete()


@transaction.atomic
def move_up(*, item: CollectionItem, by: User) -> None:
    """One place nearer to the front."""
    items = list(CollectionItem.objects.select_for_update(of=("self",)).filter(collection=item.collection_id))
    place = items.index(item)
    if place:
        items[place - 1], items[place] = items[place], items[place - 1]
    for position, each in enumerate(items, 1):
        each.position = position
    CollectionItem.objects.bulk_update(items, ["position"])
