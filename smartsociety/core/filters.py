"""What every list that can be narrowed has in common."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _


class ListFilter(django_filters.FilterSet):
    """A FilterSet whose words (`q`) are typed in the search bar and whose other choices are made in the panel.

    A subclass gives the method `search(queryset, name, value)`.
    """

    q = django_filters.CharFilter(method="search", label=_("Search"), widget=forms.HiddenInput)

    @property
    def active_count(self) -> int:
        """How many choices of the panel are in use."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return sum(1 for name, value in chosen.items() if name != "q" and value)
