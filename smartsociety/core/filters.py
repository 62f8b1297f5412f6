"""What every list that can be narrowed has in common."""

from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Choice(NamedTuple):
    """Something that the reader chose, and the query string of the same list without it."""

    label: str
    without: str


class Sort(NamedTuple):
    """A way to sort, the query string of the same list sorted so, and whether it is now."""

    label: str
    query: str
    is_current: bool


class Several(django_filters.MultipleChoiceFilter):
    """Choices of which several may be made.

    Each list gets copies of its filters; labels and choices are what all of them share, and are not copied along.
    """

    def __deepcopy__(self, memo: dict) -> Self:
        other = copy(self)
        other.extra = dict(self.extra)
        return other


class ListFilter(django_filters.FilterSet):
    """A FilterSet whose words (`q`) are typed in the search bar and whose other choices are made in the panel.

    A subclass gives the method `search(queryset, name, value)`. It may name

    - `facets`: filters with tick boxes that say how many rows each choice would give. Their counts come from
      `count_<name>(rows)`, a dict by value, or else from the column of that name: one query per facet.
    - `sorts`: by name of the address (`?sort=`) a label and the fields to order by; the first is how the list is
      sorted when nobody asks.
    """

    facets: tuple[str, ...] = ()
    sorts: dict[str, tuple[Any, tuple[Any, ...]]] = {}

    q = django_filters.CharFilter(method="search", label=_("Search"), widget=forms.HiddenInput)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and exists, by filter."""
        if not self.is_bound:
            return {}
        self.form.is_valid()  # a choice that does not exist narrows nothing
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def active_count(self) -> int:
        """How many filters of the panel are in use."""
        return len(self.chosen.keys() - {"q"})

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows that all choices keep, in the chosen order."""
        rows = self._narrowed(queryset, self.chosen)
        return rows.order_by(*self.sorts[self.sort][1]) if self.sorts else rows

    def _narrowed(self, rows: QuerySet, chosen: dict[str, Any]) -> QuerySet:
        for name, value in chosen.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    # Counts beside the choices

    def rows_without(self, name: str) -> QuerySet:
        """The rows that all choices but those of filter `name` keep: bare ones, to be counted."""
        others = {other: value for other, value in self.chosen.items() if other != name}
        rows = self._narrowed(self.queryset, others)
        return rows.model.objects.filter(pk__in=rows.values("pk")).order_by()

    def counts(self, name: str) -> dict[Any, int]:
        """How many rows each choice of a facet gives, when the choices of all other filters stand."""
        rows = self.rows_without(name)
        count = getattr(self, f"count_{name}", None)
        return count(rows) if count else tallied(rows, self.filters[name].field_name)

    @cached_property
    def panel(self) -> forms.Form:
        """The form, with at each tick box of a facet how many rows it gives; what gives none is left out."""
        for name in self.facets:
            counts, chosen = self.counts(name), _values(self.chosen.get(name, ()))
            # Of the widget only: what is left out stays a valid choice, and a link to it keeps working.
            self.form.fields[name].widget.choices = [
                (value, f"{label} ({formats.number_format(counts.get(value, 0), force_grouping=True)})")
                for value, label in self.options(name)
                if counts.get(value) or value in chosen
            ]
        return self.form

    def options(self, name: str) -> list[tuple[str, Any]]:
        """Values and labels of the choices of a filter, read once."""
        if name not in self._options:
            choices = self.form.fields[name].choices
            self._options[name] = [(str(value), label) for value, label in choices if value not in ("", None)]
        return self._options[name]

    @cached_property
    def _options(self) -> dict[str, list[tuple[str, Any]]]:
        return {}

    # Addresses of the same list

    @cached_property
    def choices(self) -> list[Choice]:
        """Everything that was chosen, each with the way to the list without it."""
        found = []
        for name, chosen in self.chosen.items():
            labels = dict(self.options(name)) if name != "q" else {}
            found += [
                Choice(str(labels.get(value, value)), self._query_without(name, value))
                for value in _values(chosen)
            ]
        return found

    @property
    def sort(self) -> str:
        """How the list is sorted: a name of `sorts`."""
        asked = self.data.get("sort", "")
        return asked if asked in self.sorts else next(iter(self.sorts), "")

    @property
    def orders(self) -> list[Sort]:
        """The ways to sort, as links."""
        default = next(iter(self.sorts), "")
        found = []
        for name, (label, _fields) in self.sorts.items():
            query = self.query_with(sort="" if name == default else name)
            found.append(Sort(label, query, name == self.sort))
        return found

    @cached_property
    def given(self) -> dict[str, list[str]]:
        """What the address says of this list, whether it exists or not; without the page and what is empty."""
        data = self.data
        values = {
            name: data.getlist(name) if isinstance(data, QueryDict) else _values(data[name]) for name in data
        }
        filled = {name: [value for value in several if value] for name, several in values.items()}
        return {name: several for name, several in filled.items() if several and name != "page"}

    @cached_property
    def query(self) -> str:
        """The query string of this list: what a link to its export or feed carries on."""
        return self._query({})

    def query_with(self, **others: str) -> str:
        """The query string of this list with something else than a filter set, or taken away when empty."""
        return self._query({name: [value] if value else [] for name, value in others.items()})

    def _query_without(self, name: str, value: str) -> str:
        others = [other for other in self.given.get(name, ()) if name != "q" and other != value]
        return self._query({name: others})

    def _query(self, instead: dict[str, list[str]]) -> str:
        changed = {name: urlencode({name: values}, doseq=True) for name, values in instead.items()}
        return "&".join(filter(None, (self._encoded | changed).values()))

    @cached_property
    def _encoded(self) -> dict[str, str]:
        return {name: urlencode({name: values}, doseq=True) for name, values in self.given.items()}


def tallied(rows: QuerySet, field: str, count: str = "pk") -> dict[Any, int]:
    """How many different `count` there are per value of `field`."""
    return dict(rows.order_by().values_list(field).annotate(number=Count(count, distinct=True)))


def _values(chosen: Any) -> list[str]:
    """One or several choices as the values that stand in an address."""
    several = isinstance(chosen, Iterable) and not isinstance(chosen, str)
    return [_value(each) for each in chosen] if several else [_value(chosen)]


def _value(chosen: Any) -> str:
    return chosen.slug if hasattr(chosen, "slug") else str(chosen)
