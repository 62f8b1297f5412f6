"""Narrowing what is done with practices: wanted, needs, collections, adoptions, municipalities that were reached."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alliance.filters import OrganisationFilter
from alliance.models import Organisation, Theme
from knowledgebase.filters import several
from knowledgebase.models import (
    Adoption,
    Collection,
    Need,
    Practice,
)
from knowledgebase.models.adoption import Stage
from knowledgebase.models.choices import Wanted
from knowledgebase.models.need import NeedStatus
from knowledgebase.travelling import Group, journeys
from smartsociety.core.filters import ListFilter


class WantedFilter(ListFilter):
    """Practices that look for a partner, by what kind."""

    q = None
    wie = django_filters.ChoiceFilter(choices=Wanted.choices, method="looking_for", label=_("Wanted"))

    class Meta:
        model = Practice
        fields = ["wie"]

    def looking_for(self, queryset: QuerySet, name: str, kind: str) -> QuerySet:
        """For this kind, perhaps among others."""
        return queryset.filter(wanted__contains=[kind])


class NeedFilter(ListFilter):
    """What is looked for, or what was found; of one theme when that was chosen."""

    LISTED = (NeedStatus.OPEN, NeedStatus.FOUND)

    q = None
    status = django_filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in LISTED], label=_("Status")
    )
    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(), field_name="themes", to_field_name="slug", label=_("Theme")
    )

    class Meta:
        model = Need
        fields = ["status", "theme"]

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What is looked for, unless the address says otherwise."""
        return {"status": NeedStatus.OPEN.value} | super().chosen


class CollectionFilter(ListFilter):
    """All of them: there is nothing to choose."""

    q = None

    class Meta:
        model = Collection
        fields: list[str] = []


class AdoptionFilter(ListFilter):
    """By where it came from and where it went, how far it is, and since when; of `journeys()`.

    Those that are in use or tried now; with `on` those that were so on that day, also when they stopped since.
    """

    facets = ("origin", "target", "stage", "year")
    sorts = {
        "newest": (_("Newest first"), (F("adopted_on").desc(), "pk")),
        "practice": (_("Practice"), ("practice__title", "pk")),
    }

    origin = several(
        _("Came from"), [(value, format_lazy(_("from: {}"), label)) for value, label in Group.choices]
    )
    target = several(
        _("Went to"), [(value, format_lazy(_("to: {}"), label)) for value, label in Group.choices]
    )
    stage = several(_("How far now"), Stage)
    year = django_filters.MultipleChoiceFilter(
        choices=lambda: [(str(year), str(year)) for year in _years()],
        field_name="adopted_on__year",
        label=_("Year in which it was first tried or used"),
        widget=forms.CheckboxSelectMultiple,
    )
    on = django_filters.DateFilter(
        method="in_use_on",
        input_formats=["%Y-%m-%d"],
        label=_("In use or tried on this day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Adoption
        fields = ["q", "origin", "target", "stage", "year", "on"]

    def in_use_on(self, queryset: QuerySet, name: str, day: date) -> QuerySet:
        """As it was on that day."""
        return queryset.in_use_on(day)

    def options(self, name: str) -> list[tuple[str, Any]]:
        """Of the day that was chosen how it is called; any day can be."""
        if name != "on":
            return super().options(name)
        day = self.chosen.get("on")
        said = {"day": formats.date_format(day, "j F Y")} if day else {}
        return [(str(day), _("In use or tried on %(day)s") % said)] if day else []

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Part of the title of the practice, or of the name of who took it over."""
        return queryset.filter(Q(practice__title__icontains=value) | Q(organisation__name__icontains=value))

    def rows_without(self, name: str) -> QuerySet:
        """With the classes, which bare rows do not have."""
        others = {other: value for other, value in self.chosen.items() if other != name}
        return self._narrowed(journeys(), others).order_by()

    def _narrowed(self, rows: QuerySet, chosen: dict[str, Any]) -> QuerySet:
        """What is in use or tried now, unless a day was chosen."""
        return super()._narrowed(rows if "on" in chosen else rows.adopted(), chosen)

    def count_year(self, rows: QuerySet) -> dict[str, int]:
        """Adoptions per year."""
        years = rows.values_list(ExtractYear("adopted_on")).annotate(number=Count("pk"))
        return {str(year): number for year, number in years}


class MunicipalityFilter(OrganisationFilter):
    """Municipalities by whether a practice reached them; of `municipalities_with_practices()`."""

    facets = ("reached", "province", "size")
    sorts = {
        "name": (_("Name"), ("name", "pk")),
        "practices": (_("Most practices"), ((F("owned") + F("used")).desc(), "name", "pk")),
        "inhabitants": (_("Inhabitants"), (F("inhabitants").desc(nulls_last=True), "name", "pk")),
    }
    reached_by = {
        "own": Q(owned__gt=0),
        "use": Q(used__gt=0),
        "none": Q(owned=0, used=0),
    }

    reached = django_filters.MultipleChoiceFilter(
        choices=[
            ("own", _("Has a practice of its own")),
            ("use", _("Took over a practice")),
            ("none", _("Not reached yet")),
        ],
        method="that_were_reached",
        label=_("Reached"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = ["q", "reached", "province", "size"]

    def that_were_reached(self, queryset: QuerySet, name: str, ways: list[str]) -> QuerySet:
        """In any of these ways."""
        return queryset.filter(reduce(or_, (self.reached_by[way] for way in ways)))

    def rows_without(self, name: str) -> QuerySet:
        """With their numbers of practices, which bare rows do not have."""
        others = {other: value for other, value in self.chosen.items() if other != name}
        return self._narrowed(self.queryset, others).order_by()

    def count_reached(self, rows: QuerySet) -> dict[str, int]:
        """Municipalities per way in which they were reached; one may count twice."""
        return rows.aggregate(**{way: Count("pk", filter=kept) for way, kept in self.reached_by.items()})


def _years() -> list[int]:
    found = Adoption.objects.of_published().with_first_day().exclude(adopted_on=None).order_by()
    return sorted(found.values_list(ExtractYear("adopted_on"), flat=True).distinct(), reverse=True)
