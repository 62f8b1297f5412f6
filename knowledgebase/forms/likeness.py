"""Which municipality to compare with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from smartsociety.core.widgets import SuggestInput


class MunicipalityForm(forms.Form):
    """A municipality of the register, by name; in the address, so it can be linked."""

    gemeente = forms.CharField(label=_("Your municipality"), max_length=120, widget=SuggestInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.chosen: Organisation | None = None
        names = Organisation.objects.municipalities().order_by("name").values_list("name", flat=True)
        self.fields["gemeente"].widget.suggestions = names

    def clean_gemeente(self) -> str:
        """A name that exists, or one of its other names."""
        name = self.cleaned_data["gemeente"]
        self.chosen = Organisation.objects.municipalities().named(name).order_by("pk").first()
        if self.chosen is None:
            raise forms.ValidationError(_("We do not know a municipality with this name."))
        return self.chosen.name
