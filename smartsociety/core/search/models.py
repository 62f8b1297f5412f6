"""The tables of the index, which `rebuild_search` makes anew; and what staff say about searching, which it does not."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from smartsociety.core.validators import one_line

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
    words = models.BinaryField(default=bytes)  # see `postings`
    weights = models.BinaryField(default=bytes)
    is_packed = models.BooleanField(default=False)
    digest = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="search_entry_loose", condition=Q(is_packed=False)),
            models.Index(fields=["length"], name="search_entry_length"),  # the average of all is read from it
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_prior_is_bounded", condition=Q(prior__gte=-0.5, prior__lte=1.5)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_weighs_each_word",
                condition=Exact(Length("words"), Length("weights")),
            ),
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
    entries = models.PositiveIntegerField(default=0, help_text="of those that are packed")

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


class PostingList(models.Model):
    """The entries that have a word, and how much it weighs in each: see `postings`. Only of entries that are packed."""

    is_content: ClassVar[bool] = False

    word = models.OneToOneField(
        Word, primary_key=True, on_delete=models.CASCADE, related_name="postings", db_constraint=False
    )
    entries = models.BinaryField()
    weights = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_weighs_each_entry",
                condition=Exact(Length("entries"), Length("weights")),
            )
        ]

    def __str__(self) -> str:
        return f"word {self.word_id}"


class Outdated(models.Model):
    """An entry of which the lists of these words still tell what no longer holds."""

    is_content: ClassVar[bool] = False

    entry_id = models.IntegerField(primary_key=True)
    words = models.BinaryField()

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class GramList(models.Model):
    """The words with these three letters next to each other: so a word finds its compounds. Only of packed words."""

    is_content: ClassVar[bool] = False

    gram = models.CharField(max_length=3, primary_key=True)
    words = models.BinaryField()

    def __str__(self) -> str:
        return self.gram


class PackedWords(models.Model):
    """How far the words are in the lists of their letter runs: the last row says so, older ones go."""

    is_content: ClassVar[bool] = False

    last = models.IntegerField()
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.number} words, up to {self.last}"


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

    left = models.CharField(
        _("words"), max_length=300, help_text=_("Separate words by commas."), validators=[one_line]
    )
    right = models.CharField(
        _("also finds"),
        max_length=300,
        blank=True,
        help_text=_("Leave empty when all the words above mean the same."),
        validators=[one_line],
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
        STOP = "stop", _("Says nothing: leave it out of searches")
        PROTECTED = "protected", _("Means only itself: find no words that look like it")

    word = models.CharField(_("word"), max_length=60, unique=True, validators=[one_line])
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
        _("search"),
        max_length=100,
        help_text=_("Order, capitals and endings of the words do not matter."),
        validators=[one_line],
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
