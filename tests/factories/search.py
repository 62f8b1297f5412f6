"""Factories of the search index."""

import factory
from django.utils import timezone

from smartsociety.core.search import models
from smartsociety.core.search.pins import written_key


class EntryFactory(factory.django.DjangoModelFactory):
    """An entry of no real row."""

    class Meta:
        model = models.Entry

    id = factory.Sequence(lambda n: (n + 1) << 5 | 31)
    title = factory.Sequence(lambda n: f"Iets {n}")
    digest = "x"


class WordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Word

    text = factory.Sequence(lambda n: f"woord{n}")
    stem = factory.SelfAttribute("text")


class PostingListFactory(factory.django.DjangoModelFactory):
    """One entry with the number 1, where the word weighs 1."""

    class Meta:
        model = models.PostingList

    word = factory.SubFactory(WordFactory)
    entries = b"\x01\x00\x00\x00"
    weights = b"\x00\x00\x80\x3f"


class OutdatedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Outdated

    entry_id = factory.Sequence(lambda n: (n + 1) << 5 | 31)
    words = b""


class GramListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GramList

    gram = factory.Sequence(lambda n: f"{n:03}")
    words = b""


class PackedWordsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PackedWords

    last = factory.Sequence(lambda n: n)
    number = 0


class PendingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Pending

    kind = 1
    object_id = factory.Sequence(lambda n: n + 1)


class SynonymFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Synonym

    left = factory.Sequence(lambda n: f"fiets{n}, rijwiel{n}")


class SpecialWordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SpecialWord

    word = factory.Sequence(lambda n: f"woord{n}")


class AskedCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AskedCount

    asked_on = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    words = factory.Sequence(lambda n: f"vleermuis {n}")
    times = 1


class PinnedSearchFactory(factory.django.DjangoModelFactory):
    """Puts an entry of no real row on top: to be shown one must exist."""

    class Meta:
        model = models.PinnedSearch

    words = factory.Sequence(lambda n: f"vleermuis{n}")
    key = factory.LazyAttribute(lambda made: written_key(made.words))
    entries = factory.LazyFunction(lambda: [1 << 5 | 31])
