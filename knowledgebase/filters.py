"""Narrowing the knowledge base; for page, feed, export and saved search alike."""

from collections.abc import Iterable
from typing import Any

import django_filters
import numpy as np
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Theme
from alliance.models.organisation import Helix, Province
from knowledgebase import facets
from knowledgebase.models import (
    GroundRule,
    Practice,
    Publication,
    RuleVersion,
    Tag,
)
from knowledgebase.models.choices import SIZE_CHOICES, Cost, Evidence, Phase, Wanted
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.facets import RELEVANCE, Found, Index, IndexedFilter
from smartsociety.core.filters import ListFilter, Several, tallied
from smartsociety.core.memory import Memory
from smartsociety.core.search import finding

Choices = list[tuple[str, Any]]


def several(label: Any, choices: Choices | type = ()) -> Several:
    """A facet: several of its values may be chosen, and any of them is enough."""
    return Several(
        choices=getattr(choices, "choices", choices), label=label, widget=forms.CheckboxSelectMultiple
    )


class PracticeFilter(IndexedFilter):
    """By words and by everything that `knowledgebase.facets` knows of published practices.

    `chosen.found` gives their keys in the chosen order; `chosen.qs` the given queryset, narrowed to them.
    """

    memory: Memory = Memory(60)  # an index, the choices in both languages, and what some searches gave
    facets = (
        *(
            "theme",
            "tag",
            "phase",
            "cost",
            "size",
            "province",
            "block",
            "evidence",
            "spread",
            "ended",
            "sought",
        ),
        *("origin", "source", "licence", "language", "side", "group", "year"),
    )
    sorts = {
        RELEVANCE: (_("Relevance"), ()),
        "newest": (_("Newest first"), ()),
        "adopted": (_("Most adopted"), ()),
        "checked": (_("Recently confirmed"), ()),
    }

    theme = several(_("Theme"))
    tag = several(_("Tag"))
    phase = several(_("Phase"), Phase)
    cost = several(_("One-off costs"), Cost)
    size = several(_("Size of the municipality"), SIZE_CHOICES)
    province = several(_("Province"), Province)
    block = several(_("Building block"), BuildingBlock)
    evidence = several(_("Evidence"), Evidence)
    sought = several(_("Wanted"), Wanted)
    origin = several(
        _("Where it came from"),
        [
            ("fieldlab", _("From a fieldlab")),
            ("agenda", _("From a project of the agenda")),
            ("external", _("From an external source")),
            ("own", _("Our own: not from an external source")),
        ],
    )
    spread = several(
        _("Adopted by others"),
        [
            ("adopted", _("Used or tried by others")),
            ("not_yet", _("By nobody else yet")),
            ("stuck", _("After a year without a second municipality")),
        ],
    )
    ended = several(
        _("Stopped or failed"),
        [("stopped", _("Stopped by its owner")), ("given_up", _("Given up by one who adopted it"))],
    )
    source = several(_("Source code"), [("open", _("Source code available"))])
    licence = several(_("Licence"))
    language = several(_("Language"), settings.LANGUAGES)
    side = several(_("Side of the helix"), Helix)
    group = several(
        _("G5 or another municipality"), [("g5", _("One of the G5")), ("other", _("Another municipality"))]
    )
    year = several(_("Year of publication"))

    class Meta:
        model = Practice
        fields = ["q"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self._known_choices().items():
            self.filters[name].extra["choices"] = choices

    @cached_property
    def given(self) -> dict[str, list[str]]:
        """As the address says; a tag that was merged is the one that stays, so that old addresses go on."""
        given = super().given
        if "tag" not in given:
            return given
        stays = self.memory.remembered("merged tags", self.version, _merged_tags)
        return given | {"tag": list(dict.fromkeys(stays.get(slug, slug) for slug in given["tag"]))}

    def rows(self) -> QuerySet:
        """Published ones that somebody still answers for, the newest first."""
        return Practice.objects.published().confirmed_lately().order_by("-published_at", "-pk")

    def read_index(self) -> Index:
        """Of all published practices."""
        return Index.of(self.rows(), facets.by_facet(), facets.by_key())

    def practices(self, pks: Iterable[int]) -> list[Practice]:
        """Those with these keys, `with_card_data`, in the same order."""
        pks = list(pks)
        rows = Practice.objects.published().with_card_data().prefetch_related("tags")
        known = rows.in_bulk(pks)
        return [known[pk] for pk in pks if pk in known]

    def newest(self, number: int) -> list[int]:
        """Keys of the newest that all choices keep."""
        return Found(self.index, self.bits(), self.index.order("newest"))[:number]

    def ranked(self, text: str) -> np.ndarray:
        """Asked anew each time: staff may have said something about words since."""
        return self.answer.numbers(PRACTICE_KIND)

    @cached_property
    def answer(self) -> finding.Found:
        """What the words find, with what to tell about it."""
        return finding.find(self.chosen.get("q", ""), [PRACTICE_KIND])

    @property
    def subjects(self) -> list[tuple[str, str, str]]:
        """Themes and tags that were chosen, each with how it is called in an address to follow it."""
        found = []
        for kind, facet in (("thema", "theme"), ("tag", "tag")):
            chosen = self.chosen.get(facet, ())
            found += [(kind, slug, str(name)) for slug, name in self.options(facet) if slug in chosen]
        return found

    @property
    def is_one_subject(self) -> bool:
        """Whether one theme or tag is all that was chosen: following that is following this list."""
        return len(self.subjects) == len(self.choices) == 1

    def _known_choices(self) -> dict[str, Choices]:
        """Of facets whose values are data: in the language of the page, read once per version."""
        key = ("choices", get_language())
        return self.memory.remembered(key, self.version, self._read_choices)

    def _read_choices(self) -> dict[str, Choices]:
        bits = self.index.bits
        return {
            "theme": [(theme.slug, theme.name) for theme in Theme.objects.all()],
            "tag": list(Tag.objects.shown().values_list("slug", "name")),
            "licence": [(licence, licence) for licence in sorted(bits["licence"])],
            "year": [(year, year) for year in sorted(bits["year"], reverse=True)],
        }


def _merged_tags() -> dict[str, str]:
    """Of each tag that was merged, the address of the one that stays."""
    return dict(Tag.objects.exclude(merged_into=None).values_list("slug", "merged_into__slug"))


def some_themes() -> django_filters.ModelMultipleChoiceFilter:
    """Any of the themes."""
    return django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="themes__slug",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )


class RuleFilter(ListFilter):
    """Ground rules by words, status and theme."""

    status = several(_("Status"), GroundRule.Status)
    theme = some_themes()

    class Meta:
        model = GroundRule
        fields = ["q", "status", "theme"]

    def search(self, queryset, name, value):
        """Words in the title, or in any of its versions."""
        worded = RuleVersion.objects.filter(Q(text__icontains=value) | Q(public_value__icontains=value))
        return queryset.filter(Q(title__icontains=value) | Q(pk__in=worded.values("rule")))


class PublicationFilter(ListFilter):
    """Publications by words, kind, theme, language and licence."""

    facets = ("kind", "theme", "language", "licence")

    kind = several(_("Kind"), Publication.Kind)
    theme = some_themes()
    language = several(_("Language"), settings.LANGUAGES)
    licence = several(_("Licence"), Publication.Licence)

    class Meta:
        model = Publication
        fields = ["q", "kind", "theme", "language", "licence"]

    def search(self, queryset, name, value):
        """Every word somewhere in it."""
        return queryset.search(value)

    def count_theme(self, rows: QuerySet) -> dict[str, int]:
        """Publications per theme."""
        return tallied(rows.exclude(themes=None), "themes__slug")
