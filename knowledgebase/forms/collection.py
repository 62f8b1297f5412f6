"""What people type about a collection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms.naming import PracticeField
from knowledgebase.models import Collection
from smartsociety.core.validators import one_line
from smartsociety.core.widgets import Textarea


class CollectionForm(forms.ModelForm):
    """Make or change a collection. Without `may_feature` the home page is not in it."""

    class Meta:
        model = Collection
        fields = ["title", "summary", "language", "organisation", "is_published", "is_featured"]
        widgets = {"summary": Textarea(attrs={"rows": 4})}
        help_texts = {
            "summary": _("For whom is it, and what do these practices have in common?"),
            "is_featured": _("It stands there once a published practice is in it."),
        }

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

    practice = PracticeField(label=_("Practice"))
    note = forms.CharField(label=_("Why it is here"), max_length=200, required=False, validators=[one_line])

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].suggest()
