"""Narrowing the knowledge base; for page, feed and export alike."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.filters import SIZES
from alliance.models import Theme
from alliance.models.organisation import Province
from knowledgebase.models import Practice
from knowledgebase.models.choices import Cost, Phase
from smartsociety.core.filters import ListFilter


class PracticeFilter(ListFilter):
    """By words, theme, phase, one-off costs, and by province and size of the owner."""

    theme = django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="themes__slug",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )
    phase = django_filters.MultipleChoiceFilter(
        choices=Phase.choices, label=_("Phase"), widget=forms.CheckboxSelectMultiple
    )
    cost = django_filters.MultipleChoiceFilter(
        choices=Cost.choices,
        field_name="cost_once",
        label=_("One-off costs"),
        widget=forms.CheckboxSelectMultiple,
    )
    size = django_filters.ChoiceFilter(
        choices=[(key, label) for key, (label, _low, _high) in SIZES.items()],
        method="owned_by_size",
        label=_("Size of the municipality"),
        empty_label=_("All sizes"),
    )
    province = django_filters.ChoiceFilter(
        choices=Province.choices, method="owned_in", label=_("Province"), empty_label=_("All provinces")
    )

    class Meta:
        model = Practice
        fields = ["q", "theme", "phase", "cost", "size", "province"]

    def search(self, queryset, name, value):
        """Words; see knowledgebase.search."""
        return queryset.search(value)

    def owned_by_size(self, queryset, name, value):
        """An owner with that many inhabitants."""
        _label, low, high = SIZES[value]
        return queryset.owned_by(inhabitants__gte=low, inhabitants__lt=high)

    def owned_in(self, queryset, name, value):
        """An owner in that province."""
        return queryset.owned_by(province=value)
