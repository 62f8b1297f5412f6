"""The tables of the index, which `rebuild_search` makes anew; and what staff say about searching, which it does not."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]


class Entry(models.Model):
    """A row that can be found. Its number holds the kind in the lowest bits: so a posting needs no second column."""

    is_content: ClassVar[bool] = False

    id = models.IntegerField(primary_key=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nl")
    title = models.TextField()
    passages = models.TextField(blank=True)
    labels = models.TextField(blank=True)
    order = SearchVectorField()
    length = models.PositiveIntegerField(default=0)
    prior = models.FloatField(default=0)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_prior_is_a_share", condition=Q(prior__gte=0, prior__lte=1)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word as it is written somewhere, in a language, with its stem. Words stay when the last text with them goes."""

    is_content: ClassVar[bool] = False

    id = models.AutoField(primary_key=True)  # half as wide as a big one, in every posting
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nl")
    text = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    entries = models.PositiveIntegerField(default=0, help_text="at the last count")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_language", fields=["text", "language"]
            )
        ]
        indexes = [
            models.Index(fields=["stem"], name="search_word_stem"),
            models.Index(fields=["text"], name="search_word_beginning", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """A word stands in an entry, with this weight: how often, in which parts, and how long the entry is."""

    is_content: ClassVar[bool] = False

    pk = models.CompositePrimaryKey("entry_id", "word_id")
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="postings", db_constraint=False, db_index=False
    )
    word = models.ForeignKey(
        Word, on_delete=models.CASCADE, related_name="postings", db_constraint=False, db_index=False
    )
    weight = models.FloatField()

    class Meta:
        constraints = [
            # What ranking reads is in this index alone.
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_by_word", fields=["word", "entry"], include=["weight"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.entry_id}"


class Gram(models.Model):
    """Three letters that stand next to each other in a word: so a word finds its compounds."""

    is_content: ClassVar[bool] = False

    pk = models.CompositePrimaryKey("gram", "word_id")
    gram = models.CharField(max_length=3)
    word = models.ForeignKey(
        Word, on_delete=models.CASCADE, related_name="grams", db_constraint=False, db_index=False
    )

    def __str__(self) -> str:
        return f"{self.gram} in {self.word_id}"


class GramCount(models.Model):
    """In how many words three letters stand, at the last count; used once the vocabulary is large."""

    is_content: ClassVar[bool] = False

    gram = models.CharField(max_length=3, primary_key=True)
    words = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.gram


class Pending(models.Model):
    """A row that changed and is to be indexed. Triggers add one for every change; whoever indexes removes them.

    There is no unique rule on purpose: a writer never waits for another writer or for the indexer.
    """

    is_content: ClassVar[bool] = False

    kind = models.PositiveSmallIntegerField()
    object_id = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.object_id}"


class Synonym(models.Model):
    """Words that mean the same. Two ways, or one way: then who asks for the first also finds the second."""

    left = models.CharField(_("words"), max_length=300, help_text=_("Separate words by commas."))
    right = models.CharField(
        _("also finds"),
        max_length=300,
        blank=True,
        help_text=_("Leave empty when all the words above mean the same."),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["left"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_something",
                condition=~Q(left="") & (~Q(right="") | Q(left__contains=",")),
                violation_error_message=_("Give at least two words."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.left} → {self.right}" if self.right else self.left

    @property
    def sides(self) -> tuple[list[str], list[str]]:
        """What is asked, and what is found by it too."""
        left = [part.strip() for part in self.left.split(",") if part.strip()]
        right = [part.strip() for part in self.right.split(",") if part.strip()]
        return left, right or left


class SpecialWord(models.Model):
    """A word that staff treat apart."""

    class Kind(models.TextChoices):
        STOP = "stop", _("Says nothing: leave it out of questions")
        PROTECTED = "protected", _("Means only itself: find no words that look like it")

    word = models.CharField(_("word"), max_length=60, unique=True)
    kind = models.CharField(_("what about it"), max_length=10, choices=Kind, default=Kind.STOP)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("special word")
        verbose_name_plural = _("special words")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known", condition=Q(kind__in=["stop", "protected"])
            )
        ]

    def __str__(self) -> str:
        return self.word


@pghistory.track()
class PinnedSearch(models.Model):
    """What editors put on top of the results of one search, in their order. Entries by number: see `kinds.entry_id`."""

    MOST = 5

    words = models.CharField(
        _("search"), max_length=100, help_text=_("Order, capitals and endings of the words do not matter.")
    )
    key = models.CharField(max_length=400, editable=False)  # see `pins.key_of`
    entries = ArrayField(models.PositiveIntegerField(), verbose_name=_("on top"))
    until_on = models.DateField(
        _("up to and including"),
        null=True,
        blank=True,
        help_text=_("Leave empty when it holds until you change it."),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("pinned search")
        verbose_name_plural = _("pinned searches")
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_once_per_search", fields=["key"]),
            models.CheckConstraint(name="%(app_label)s_%(class)s_names_a_word", condition=~Q(key="")),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_to_five", condition=Q(entries__len__range=(1, 5))
            ),
        ]

    def __str__(self) -> str:
        return self.words


class AskedCount(models.Model):
    """How often words were searched in a month, found nothing, or led to a result that was opened. Never by whom."""

    is_content: ClassVar[bool] = False

    asked_on = models.DateField(_("month"))  # its first day
    words = models.CharField(_("words"), max_length=100)
    times = models.PositiveIntegerField(_("times asked"), default=0)
    empty = models.PositiveIntegerField(_("found nothing"), default=0)
    opened = models.PositiveIntegerField(_("a result was opened"), default=0)

    class Meta:
        verbose_name = _("count of searches")
        verbose_name_plural = _("counts of searches")
        ordering = ["-asked_on", "-times", "words"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_a_month", fields=["words", "asked_on"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_month_is_its_first_day", condition=Q(asked_on__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} {self.asked_on:%Y-%m}: {self.times}"
