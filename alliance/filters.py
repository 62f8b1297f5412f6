"""Narrowing the list of signatories; for page, feed and export alike."""

import django_filters
from django import forms
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Declaration, Organisation, Signature, Theme
from alliance.models.organisation import HELIX_KINDS, SIZES, Helix, Kind, Province
from alliance.models.project import Project
from smartsociety.core.filters import ListFilter, tallied


def _of_size(size: str) -> Q:
    _label, low, high = SIZES[size]
    return Q(kind=Kind.MUNICIPALITY, inhabitants__gte=low, inhabitants__lt=high)


class OrganisationFilter(ListFilter):
    """By name or alias, and by what any list of organisations may be narrowed by: province and size."""

    province = django_filters.MultipleChoiceFilter(
        choices=Province.choices, distinct=False, label=_("Province"), widget=forms.CheckboxSelectMultiple
    )
    size = django_filters.MultipleChoiceFilter(
        choices=[(key, label) for key, (label, _low, _high) in SIZES.items()],
        method="of_size",
        label=_("Size of the municipality"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = ["q", "province", "size"]

    def search(self, queryset, name, value):
        """Part of a name, or part of another name such as Den Bosch."""
        aliases = Func(F("aliases"), Value("\n"), function="array_to_string", output_field=TextField())
        return queryset.alias(alias_lines=aliases).filter(
            Q(name__icontains=value) | Q(alias_lines__icontains=value)
        )

    def of_size(self, queryset, name, sizes):
        """Municipalities of one of these classes."""
        wanted = Q()
        for size in sizes:
            wanted |= _of_size(size)
        return queryset.filter(wanted)

    def count_size(self, rows: QuerySet) -> dict[str, int]:
        """Municipalities per class."""
        return rows.aggregate(**{size: Count("pk", filter=_of_size(size)) for size in SIZES})


def _versions() -> list[tuple[str, str]]:
    published = Declaration.objects.published().order_by("-version")
    return [(str(version), str(version)) for version in published.values_list("version", flat=True)]


class SignatoryFilter(OrganisationFilter):
    """By helix side, kind, theme, what they bring and the version they signed as well.

    For organisations `with_card_data`.
    """

    facets = ("helix", "kind", "province", "theme", "brings", "size", "version")
    sorts = {
        "name": (_("Name"), ("name", "pk")),
        "newest": (_("Newest first"), (F("joined_at").desc(), "name", "pk")),
        "inhabitants": (_("Inhabitants"), (F("inhabitants").desc(nulls_last=True), "name", "pk")),
    }

    helix = django_filters.MultipleChoiceFilter(
        choices=Helix.choices,
        method="on_side",
        label=_("Side of the helix"),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=Kind.choices,
        distinct=False,
        label=_("Kind of organisation"),
        widget=forms.CheckboxSelectMultiple,
    )
    theme = django_filters.ModelMultipleChoiceFilter(
        queryset=Theme.objects.all(),
        method="for_theme",
        to_field_name="slug",
        label=_("Theme"),
        widget=forms.CheckboxSelectMultiple,
    )
    brings = django_filters.MultipleChoiceFilter(
        choices=BuildingBlock.choices,
        method="that_bring",
        label=_("What they bring"),
        widget=forms.CheckboxSelectMultiple,
    )
    version = django_filters.MultipleChoiceFilter(
        choices=_versions,
        method="that_signed",
        label=_("Version signed"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = ["q", "helix", "kind", "theme", "brings", "province", "size", "version"]

    def on_side(self, queryset, name, sides):
        """Any kind of organisation that belongs to one of the sides."""
        return queryset.filter(kind__in=[kind for side in sides for kind in HELIX_KINDS[side]])

    def for_theme(self, queryset, name, themes):
        """Whose signature in force names one of the themes."""
        return _with_signature(queryset, pk__in=Signature.objects.filter(themes__in=themes).values("pk"))

    def that_bring(self, queryset, name, blocks):
        """Whose signature in force promises one of these building blocks."""
        return _with_signature(queryset, contributes__overlap=blocks)

    def that_signed(self, queryset, name, versions):
        """With a signature in force under one of these versions."""
        return _with_signature(queryset, declaration__version__in=versions)

    def count_helix(self, rows: QuerySet) -> dict[str, int]:
        """Signatories per side of the helix."""
        per_kind = tallied(rows, "kind")
        return {side: sum(per_kind.get(kind, 0) for kind in kinds) for side, kinds in HELIX_KINDS.items()}

    def count_theme(self, rows: QuerySet) -> dict[str, int]:
        """Signatories per theme that a signature in force names."""
        return tallied(_signatures_of(rows).exclude(themes=None), "themes__slug", "organisation")

    def count_brings(self, rows: QuerySet) -> dict[str, int]:
        """Signatories per building block that a signature in force promises."""
        return _signatures_of(rows).aggregate(
            **{
                block: Count("organisation", distinct=True, filter=Q(contributes__contains=[block]))
                for block in BuildingBlock.values
            }
        )

    def count_version(self, rows: QuerySet) -> dict[str, int]:
        """Signatories per version under which they have a signature in force."""
        per_version = tallied(_signatures_of(rows), "declaration__version", "organisation")
        return {str(version): number for version, number in per_version.items()}


def _with_signature(queryset: QuerySet, **conditions) -> QuerySet:
    signatures = Signature.objects.published().filter(organisation=OuterRef("pk"), **conditions)
    return queryset.filter(Exists(signatures))


def _signatures_of(rows: QuerySet) -> QuerySet:
    return Signature.objects.published().filter(organisation__in=rows)


class ProjectFilter(ListFilter):
    """The agenda, by words, theme and phase."""

    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="themes",
        to_field_name="slug",
        label=_("Theme"),
        empty_label=_("All themes"),
    )
    phase = django_filters.MultipleChoiceFilter(
        choices=Project.Phase.choices, label=_("Phase"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Project
        fields = ["q", "theme", "phase"]

    def search(self, queryset, name, value):
        """Words in title or summary, or the name of the lead."""
        titles = Q(title_nl__icontains=value) | Q(title_en__icontains=value)
        summaries = Q(summary_nl__icontains=value) | Q(summary_en__icontains=value)
        return queryset.filter(titles | summaries | Q(lead__name__icontains=value))


class SignatureFilter(ListFilter):
    """The secretariat's list: by status, and by words in organisation, signer or code."""

    status = django_filters.ChoiceFilter(choices=Signature.Status.choices, widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ["q", "status"]

    def search(self, queryset, name, value):
        """Part of a name of the organisation, of the signer or of the address; or the code of the proof."""
        aliases = Func(
            F("organisation__aliases"), Value("\n"), function="array_to_string", output_field=TextField()
        )
        signer = Q(signer_name__icontains=value) | Q(signer_email__icontains=value)
        named = Q(organisation__name__icontains=value) | Q(alias_lines__icontains=value)
        return queryset.alias(alias_lines=aliases).filter(named | signer | Q(code__iexact=value.strip()))
