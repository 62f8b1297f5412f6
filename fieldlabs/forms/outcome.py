"""What people type about outcomes."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models import Case, Measurement, Outcome, OutcomeFile, OutcomeLink
from fieldlabs.models.outcome import TEXTS
from smartsociety.core.documents import accept, as_document
from smartsociety.core.forms import WebAddressField
from smartsociety.core.widgets import Textarea, written_in

ABOUT = ("title", "case", "team", "kind", "organisation", "language")


class _Owned(forms.ModelForm):
    """The owner is a signatory, the case one of the fieldlab."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Organisation.objects.signatories()
        if self.instance.organisation_id:  # it may have withdrawn since
            owners = owners | Organisation.objects.filter(pk=self.instance.organisation_id)
        self.fields["organisation"].queryset = owners
        self.fields["case"].queryset = Case.objects.filter(fieldlab=self.instance.fieldlab_id)
        if self.instance.fieldlab_id is None or not self.fields["case"].queryset.exists():
            del self.fields["case"]  # nothing to choose from


class OutcomeStartForm(_Owned):
    """Programme staff make a place to write in; the team does the rest."""

    class Meta:
        model = Outcome
        fields = ABOUT
        help_texts = {
            "title": _("Short and specific: what will others look for?"),
            "team": _("The name of the team or the case, as it was at the fieldlab."),
        }


class OutcomeForm(_Owned):
    """The minutes of one team: what it made, learned, failed at and decided."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    video_url = WebAddressField(
        label=_("Address of a film"),
        max_length=300,
        required=False,
        help_text=_("Readers see a link to it; nothing of that site is loaded before they choose it."),
    )

    class Meta:
        model = Outcome
        fields = (*ABOUT[:4], *TEXTS, "video_url", *ABOUT[4:])
        widgets = {name: Textarea(attrs={"rows": 5}) for name in TEXTS}
        help_texts = {
            "title": _("Short and specific: what will others look for?"),
            "failed": _("What went wrong, and what would you do differently? This is what others need most."),
            "decisions": _("What was decided, and by whom?"),
            "ground_rules": _(
                "What do you agree to keep to from now on? Name the standard when there is one."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        written_in(self, self.instance.language, "title", *TEXTS)

    @property
    def answered(self) -> list[str]:
        """The columns that were filled in rightly: what a draft keeps."""
        return [name for name in self.cleaned_data if name != "revision"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in TEXTS:
            if cleaned.get(name):
                cleaned[name] = cleaned[name].replace("\r\n", "\n")
        if self.instance.is_published and "learned" in cleaned and not cleaned["learned"]:
            self.add_error("learned", _("A published outcome tells what was learned."))
        if self.instance.fieldlab.status == "reported" and not cleaned.get("organisation"):
            self.add_error("organisation", _("An outcome of a reported fieldlab has an owner."))
        return cleaned

    def clean_video_url(self) -> str:
        """Only over a safe connection."""
        url = self.cleaned_data["video_url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError(_("The address of a film starts with https://."))
        return url


class MeasurementForm(forms.ModelForm):
    """One indicator: before, after, and how it was measured."""

    class Meta:
        model = Measurement
        fields = ("indicator", "baseline", "value", "unit", "method")


class LinkForm(forms.ModelForm):
    """A page elsewhere."""

    url = WebAddressField(label=_("Address"), max_length=300)

    class Meta:
        model = OutcomeLink
        fields = ("title", "url")


class FileForm(forms.ModelForm):
    """A document; what it is follows from its content."""

    class Meta:
        model = OutcomeFile
        fields = ("title", "file")
        widgets = {"file": forms.FileInput(attrs={"accept": accept()})}
        help_texts = {"file": _("PDF, ODT, DOCX, JPG or PNG, at most 5 MB. Everybody can download it.")}

    def clean_file(self) -> ContentFile:
        """Only the kinds we ask for, and pictures without where they were taken."""
        return as_document(self.cleaned_data["file"])

    def save(self, commit: bool = True) -> OutcomeFile:
        """With its kind and size."""
        document = self.cleaned_data["file"]
        self.instance.extension = document.name.rpartition(".")[2]
        self.instance.size = document.size
        return super().save(commit)


class WriterForm(forms.Form):
    """Whom staff ask to write."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("This person gets a mail, and signs in with this address to write."),
    )
