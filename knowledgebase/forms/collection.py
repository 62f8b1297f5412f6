"""What people type about a collection, and which practice they mean."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Collection, Practice
from smartsociety.core.validators import one_line
from smartsociety.core.widgets import SuggestInput, Textarea

MOST_CANDIDATES = 8


class PracticeField(forms.CharField):
    """A published practice by its title or words of it, with suggestions while typing.

    When several titles have the words, they are the `candidates` after cleaning; `_which_practice.html` shows them.
    """

    widget = SuggestInput
    candidates: Sequence[Practice] = ()

    def offer(self) -> None:
        """Fill the suggestions, when the page is made."""
        self.widget.suggestions = (
            Practice.objects.published().order_by("title").values_list("title", flat=True)
        )

    def clean(self, value) -> Practice | None:
        title = super().clean(value)
        if not title:
            return None
        rows = Practice.objects.published()
        found = rows.filter(title__iexact=title).first() or rows.filter(slug=title).first()
        if found:
            return found
        titled = list(rows.titled(title).order_by("title", "pk")[:MOST_CANDIDATES])
        if len(titled) == 1:
            return titled[0]
        if titled:
            self.candidates = titled
            raise forms.ValidationError(_("Several practices have this in their title."))
        raise forms.ValidationError(_("We do not know a practice with this title. Choose one from the list."))


class CollectionForm(forms.ModelForm):
    """Make or change a collection. Without `may_feature` the home page is not in it."""

    class Meta:
        model = Collection
        fields = ["title", "summary", "language", "organisation", "is_published", "is_featured"]
        widgets = {"summary": Textarea(attrs={"rows": 4})}
        help_texts = {"summary": _("For whom is it, and what do these practices have in common?")}

    def __init__(self, *args, organisations, may_feature: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations
        field.required = not may_feature
        field.empty_label = _("Of the editors") if may_feature else None
        if not may_feature:
            del self.fields["is_featured"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("is_featured") and not cleaned.get("is_published"):
            self.add_error("is_featured", _("Only what everybody may see stands on the home page."))
        return cleaned


class CollectionItemForm(forms.Form):
    """Add a practice to a collection."""

    practice = PracticeField(label=_("Practice"), max_length=120)
    note = forms.CharField(label=_("Why it is here"), max_length=200, required=False, validators=[one_line])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].offer()
