"""Narrowing the list of fieldlabs; for page, quarter view and feed alike."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Theme
from alliance.models.organisation import Province
from fieldlabs.models import Case, Fieldlab
from smartsociety.core.filters import ListFilter


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
