"""Narrowing the lists of fieldlabs, cases and outcomes; for page, feed and export alike."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from alliance.models import Theme
from alliance.models.organisation import HELIX_KINDS, Helix, Province
from fieldlabs.models import Case, Fieldlab, Outcome
from smartsociety.core.filters import ListFilter, tallied


def _years() -> list[tuple[str, str]]:
    years = Fieldlab.objects.held().order_by().values_list(ExtractYear("starts_at"), flat=True).distinct()
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]


class OutcomeFilter(ListFilter):
    """By words, kind, theme of the fieldlab, side of the helix of the owner, year, and what is in it."""

    facets = ("kind", "theme", "helix", "year")
    sorts: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "newest": (_("Newest first"), ("-fieldlab__starts_at", "title", "pk")),
        "title": (_("Title"), ("title", "pk")),
    }
    BECAME = (("practice", _("It became a practice")), ("measured", _("Its impact was measured")))

    kind = django_filters.MultipleChoiceFilter(
        choices=Outcome.Kind.choices, distinct=False, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    theme = django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        method="for_theme",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )
    helix = django_filters.MultipleChoiceFilter(
        choices=Helix.choices,
        method="of_side",
        label=_("Side of the helix of the owner"),
        widget=forms.CheckboxSelectMultiple,
    )
    year = django_filters.MultipleChoiceFilter(
        choices=_years, method="of_year", label=_("Year"), widget=forms.CheckboxSelectMultiple
    )
    has = django_filters.MultipleChoiceFilter(
        choices=BECAME, method="that_has", label=_("Only those"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Outcome
        fields = ["q", "kind", "theme", "helix", "year", "has"]

    def search(self, queryset, name, value):
        """All words, in title, team, texts, owner or fieldlab."""
        return queryset.search(value)

    def for_theme(self, queryset, name, themes):
        """Of fieldlabs about one of the themes."""
        return queryset.filter(fieldlab__in=Fieldlab.objects.filter(themes__in=themes).values("pk"))

    def of_side(self, queryset, name, sides):
        """Whose owner belongs to one of the sides."""
        kinds = [kind for side in sides for kind in HELIX_KINDS[side]]
        return queryset.filter(organisation__kind__in=kinds)

    def of_year(self, queryset, name, years):
        """Of fieldlabs that began in one of the years."""
        return queryset.filter(fieldlab__starts_at__year__in=years)

    def that_has(self, queryset, name, wanted):
        """That became a practice, or was measured; both when both are asked."""
        if "practice" in wanted:
            practices = Outcome.practices.rel.related_model.objects.published()
            queryset = queryset.filter(Exists(practices.filter(outcome=OuterRef("pk"))))
        if "measured" in wanted:
            measured = Outcome.measurements.rel.related_model.objects.all()
            queryset = queryset.filter(Exists(measured.filter(outcome=OuterRef("pk"))))
        return queryset

    def count_theme(self, rows: QuerySet) -> dict[str, int]:
        """Outcomes per theme of their fieldlab."""
        return tallied(rows.exclude(fieldlab__themes=None), "fieldlab__themes__slug")

    def count_helix(self, rows: QuerySet) -> dict[str, int]:
        """Outcomes per side of their owner."""
        per_kind = tallied(rows, "organisation__kind")
        return {side: sum(per_kind.get(kind, 0) for kind in kinds) for side, kinds in HELIX_KINDS.items()}

    def count_year(self, rows: QuerySet) -> dict[str, int]:
        """Outcomes per year of their fieldlab."""
        per_year = tallied(rows.annotate(year=ExtractYear("fieldlab__starts_at")), "year")
        return {str(year): number for year, number in per_year.items()}


class FieldlabFilter(ListFilter):
    """By words, theme, form, province of the host, and whether it has outcomes."""

    facets = ("theme", "format", "province")

    theme = django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="themes__slug",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )
    format = django_filters.MultipleChoiceFilter(
        choices=Fieldlab.Format.choices,
        distinct=False,
        label=_("Form"),
        widget=forms.CheckboxSelectMultiple,
    )
    province = django_filters.MultipleChoiceFilter(
        choices=Province.choices,
        field_name="host__province",
        distinct=False,
        label=_("Province of the host"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Fieldlab
        fields = ["q", "theme", "format", "province"]

    def search(self, queryset, name, value):
        """Words in title or summary, the place, or the name of the host."""
        titles = Q(title_nl__icontains=value) | Q(title_en__icontains=value)
        summaries = Q(summary_nl__icontains=value) | Q(summary_en__icontains=value)
        return queryset.filter(
            titles | summaries | Q(place__icontains=value) | Q(host__name__icontains=value)
        )


class CaseFilter(ListFilter):
    """Cases by words, theme and where they stand."""

    theme = django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="themes__slug",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )
    status = django_filters.MultipleChoiceFilter(
        choices=[
            (value, label)
            for value, label in Case.Status.choices
            if value in ("proposed", "accepted", "answered")
        ],
        label=_("Where it stands"),
        widget=forms.CheckboxSelectMultiple,
    )

    facets = ("theme", "status")

    class Meta:
        model = Case
        fields = ["q", "theme", "status"]

    def search(self, queryset, name, value):
        """Words in title or question, or the name of the organisation."""
        return queryset.filter(
            Q(title__icontains=value) | Q(question__icontains=value) | Q(organisation__name__icontains=value)
        )
