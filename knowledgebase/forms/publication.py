"""A publication, as staff write it down."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fieldlabs.models import Fieldlab
from knowledgebase.forms.links import PracticesField
from knowledgebase.models import Publication
from smartsociety.core import documents
from smartsociety.core.forms import WebAddressField
from smartsociety.core.slugs import unique_slug
from smartsociety.core.validators import day_until_today
from smartsociety.core.widgets import Textarea


class PublicationForm(forms.ModelForm):
    """An address or a file, and what it belongs to."""

    url = WebAddressField(
        label=_("Address"),
        max_length=500,
        required=False,
        help_text=_("Where it can be read, watched or used. For a film: the page of the film."),
    )
    practices = PracticesField(label=_("Practices it draws on"))

    class Meta:
        model = Publication
        fields = [
            *("kind", "title", "summary", "language", "made_by", "published_on", "url", "file", "licence"),
            *("themes", "project", "practices", "fieldlabs", "is_shown"),
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "language": forms.RadioSelect,
            "summary": Textarea(attrs={"rows": 4}),
            "published_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "file": forms.FileInput(attrs={"accept": documents.accept()}),
            "themes": forms.CheckboxSelectMultiple,
            "fieldlabs": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "file": _("PDF, ODT, DOCX, JPG or PNG, at most 5 MB. Only when it stands nowhere else."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "kind"
        ].choices = Publication.Kind.choices  # without an empty one, which radio buttons tick
        self.fields["published_on"].validators.append(day_until_today)
        self.fields["fieldlabs"].queryset = Fieldlab.objects.public()

    def clean_file(self):
        """Known by its content."""
        upload = self.cleaned_data["file"]
        return documents.as_document(upload) if upload and "file" in self.files else upload

    def clean(self) -> dict:
        """Its address follows from its title, once."""
        if not self.instance.slug:
            self.instance.slug = unique_slug(Publication, self.cleaned_data.get("title", ""))
        if self.cleaned_data.get("kind") == "film" and not self.cleaned_data.get("url"):
            self.add_error(
                "url", ValidationError(_("A film stands at an address elsewhere."), code="required")
            )
        return self.cleaned_data
