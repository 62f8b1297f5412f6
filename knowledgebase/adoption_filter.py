"""Narrowing the list of adoptions: the list behind the numbers of who learned from whom."""

import django_filters
from django import forms
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from knowledgebase.filters import several
from knowledgebase.models import Adoption
from knowledgebase.models.adoption import ADOPTED, Stage
from knowledgebase.travelling import Group, travelled
from smartsociety.core.filters import ListFilter


class AdoptionFilter(ListFilter):
    """By where it came from and where it went, how far it is, and since when; of `travelled()`."""

    facets = ("origin", "target", "stage", "year")
    sorts = {
        "newest": (_("Newest first"), (F("claimed_at").desc(), "pk")),
        "practice": (_("Practice"), ("practice__title", "pk")),
    }

    origin = several(
        _("Came from"), [(value, format_lazy(_("from: {}"), label)) for value, label in Group.choices]
    )
    target = several(
        _("Went to"), [(value, format_lazy(_("to: {}"), label)) for value, label in Group.choices]
    )
    stage = several(_("How far"), [(stage.value, stage.label) for stage in Stage if stage in ADOPTED])
    year = django_filters.MultipleChoiceFilter(
        choices=lambda: [(str(year), str(year)) for year in _years()],
        field_name="claimed_at__year",
        label=_("Year"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Adoption
        fields = ["q", "origin", "target", "stage", "year"]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Part of the title of the practice, or of the name of who took it over."""
        return queryset.filter(Q(practice__title__icontains=value) | Q(organisation__name__icontains=value))

    def rows_without(self, name: str) -> QuerySet:
        """With the classes, which bare rows do not have."""
        others = {other: value for other, value in self.chosen.items() if other != name}
        return self._narrowed(travelled(), others).order_by()

    def count_year(self, rows: QuerySet) -> dict[str, int]:
        """Adoptions per year."""
        years = rows.values_list(ExtractYear("claimed_at")).annotate(number=Count("pk"))
        return {str(year): number for year, number in years}


def _years() -> list[int]:
    found = Adoption.objects.adopted().order_by().values_list(ExtractYear("claimed_at"), flat=True)
    return sorted(found.distinct(), reverse=True)
