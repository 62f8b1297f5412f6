"""What the secretariat types from a paper that an organisation signed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.forms.signing import MandateForm, OrganisationForm, SignerForm
from alliance.models import BuildingBlock, Declaration
from smartsociety.core import documents

ONLY_NEW = _("Only if the organisation is not in the list yet.")


class PaperForm(OrganisationForm):
    """An organisation, who signed, the decision, and the scan of the paper."""

    signer_name = SignerForm.base_fields["signer_name"]
    signer_function = SignerForm.base_fields["signer_function"]
    signer_email = forms.EmailField(
        label=_("Work e-mail address of the signer"),
        help_text=_(
            "The signer gets a mail, and represents the organisation once the signature is published."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)
    declaration = forms.ModelChoiceField(
        label=_("Which version was signed"), queryset=Declaration.objects.none(), empty_label=None
    )
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    mandate_by = MandateForm.base_fields["mandate_by"]
    mandate_on = MandateForm.base_fields["mandate_on"]
    scan = forms.FileField(
        label=_("Scan of the paper"),
        help_text=_("PDF, ODT, DOCX, JPG or PNG, at most 5 MB. Only the secretariat sees it."),
        widget=forms.FileInput(attrs={"accept": documents.accept()}),
    )
    contributes = forms.MultipleChoiceField(
        label=_("What the organisation brings"),
        choices=BuildingBlock.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publish_name = forms.BooleanField(
        label=_("The paper says that the name of the signer may be published"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["declaration"].queryset = Declaration.objects.published().order_by("-version")
        texts = {
            "organisation_name": (_("Organisation"), _("Start typing and choose the organisation.")),
            "signer_name": (_("Name of the signer"), ""),
            "signer_function": (_("Function of the signer"), ""),
            "kind": (_("Kind of organisation"), ONLY_NEW),
            "place": (_("Place"), ONLY_NEW),
            "website": (_("Website"), ""),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_signer_email(self) -> str:
        """Addresses are compared in lower case."""
        return self.cleaned_data["signer_email"].lower()

    def clean_scan(self) -> Any:
        """What it is by its content, whatever its name."""
        return documents.as_document(self.cleaned_data["scan"])

    def clean(self) -> dict:
        """A paper is signed after the text came out and after the decision, and not tomorrow."""
        cleaned = super().clean()
        signed, decided, text = (cleaned.get(name) for name in ("signed_on", "mandate_on", "declaration"))
        if signed and signed > timezone.localdate():
            self.add_error("signed_on", _("This date lies in the future."))
        elif signed and text and signed < timezone.localdate(text.published_at):
            self.add_error("signed_on", _("This version of the text did not exist on that day."))
        if signed and decided and decided > signed:
            self.add_error(
                "mandate_on", _("The decision was taken before the signature, or on the same day.")
            )
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """As `actions.paper.enter_paper` takes them."""
        of_organisation = {"organisation_name", *OrganisationForm.base_fields}
        answers = {name: value for name, value in self.cleaned_data.items() if name not in of_organisation}
        return {"organisation": self.organisation or self.new_organisation, **answers}

    @property
    def new_organisation(self) -> dict[str, str]:
        """What to enter when it is not known."""
        names = [name for name in OrganisationForm.base_fields if name != "organisation_name"]
        return {
            "name": self.cleaned_data["organisation_name"],
            **{name: self.cleaned_data[name] for name in names},
        }
