"""Narrowing the list of signatories; for page, feed and export alike."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Theme
from alliance.models.organisation import HELIX_KINDS, Helix, Province
from smartsociety.core.filters import ListFilter


class SignatoryFilter(ListFilter):
    """By name or alias, helix side, province and theme."""

    helix = django_filters.MultipleChoiceFilter(
        choices=Helix.choices,
        method="on_side",
        label=_("Side of the helix"),
        widget=forms.CheckboxSelectMultiple,
    )
    province = django_filters.ChoiceFilter(
        choices=Province.choices, label=_("Province"), empty_label=_("All provinces")
    )
    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(),
        method="for_theme",
        to_field_name="slug",
        label=_("Theme"),
        empty_label=_("All themes"),
    )

    class Meta:
        model = Organisation
        fields = ["q", "helix", "province", "theme"]

    def search(self, queryset, name, value):
        """Part of a name, or part of another name such as Den Bosch."""
        return queryset.filter(Q(name__icontains=value) | Q(aliases__icontains=value))

    def on_side(self, queryset, name, sides):
        """Any kind of organisation that belongs to one of the sides."""
        return queryset.filter(kind__in=[kind for side in sides for kind in HELIX_KINDS[side]])

    def for_theme(self, queryset, name, theme):
        """Whose signature in force names the theme."""
        signatures = theme.signatures.published().filter(organisation=OuterRef("pk"))
        return queryset.filter(Exists(signatures))
