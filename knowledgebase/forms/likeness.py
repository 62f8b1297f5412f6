"""Which municipality to compare with."""

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from smartsociety.core.widgets import SuggestInput


class MunicipalityForm(forms.Form):
    """A municipality of the register, by name; in the address, so it can be linked."""

    gemeente = forms.CharField(label=_("Your municipality"), max_length=120, widget=SuggestInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.chosen: Organisation | None = None
        # Those that a name can mean: the name, the query string that names it, and that it is not chosen now.
        self.candidates: list[tuple[str, str, bool]] = []
        names = Organisation.objects.municipalities().order_by("name").values_list("name", flat=True)
        self.fields["gemeente"].widget.suggestions = names

    def clean_gemeente(self) -> str:
        """A name that exists, or one of its other names; not when that is the name of several."""
        name = self.cleaned_data["gemeente"]
        found = list(Organisation.objects.municipalities().named(name).order_by("name"))
        found = [each for each in found if each.name.lower() == name.lower()] or found
        if not found:
            raise forms.ValidationError(_("We do not know a municipality with this name."))
        if len(found) > 1:
            self.candidates = [(each.name, urlencode({"gemeente": each.name}), False) for each in found]
            raise forms.ValidationError(_("There are several municipalities with this name."))
        self.chosen = found[0]
        return self.chosen.name
