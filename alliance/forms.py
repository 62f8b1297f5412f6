"""What people type in the alliance."""

from difflib import get_close_matches

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alliance import actions
from alliance.models import BuildingBlock, Declaration, Organisation, Signature, Theme
from alliance.models.organisation import REGISTERED_KINDS, Kind, Province
from smartsociety.core.mail import sent_recently
from smartsociety.core.validators import plain_line
from smartsociety.core.widgets import SuggestInput

NEW_KINDS = [
    ("", _("Choose a kind")),
    *((kind, label) for kind, label in Kind.choices if kind not in REGISTERED_KINDS),
]
# Enough for a person who lost a mail or two, useless to someone who wants to fill another's mailbox.
MAILS_PER_DAY = 5


class SignForm(forms.ModelForm):
    """An organisation signs the version shown above the form, which the page sends along as `version`.

    Saving keeps an unconfirmed signature and mails the signer.
    """

    organisation_name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=120,
        validators=[plain_line],
        help_text=_(
            "Start typing and choose your organisation. All municipalities, provinces and water authorities are known."
        ),
        widget=SuggestInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=NEW_KINDS,
        required=False,
        help_text=_("Only if your organisation is not in the list yet."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=80,
        validators=[plain_line],
        required=False,
        help_text=_("Only if your organisation is not in the list yet."),
    )
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose a province")), *Province.choices],
        required=False,
        help_text=_("Only if your organisation is not in the list yet."),
    )
    accepts = forms.BooleanField(
        label=_("On behalf of my organisation I support this declaration. I have the mandate to do so."),
        error_messages={"required": _("Tick this box to sign.")},
    )

    class Meta:
        model = Signature
        fields = [
            "signer_name",
            "signer_function",
            "signer_email",
            "mandate_by",
            "mandate_on",
            "contributes",
            "themes",
            "statement",
            "publish_name",
        ]
        widgets = {
            "signer_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "signer_function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "signer_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "mandate_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "statement": forms.Textarea(attrs={"rows": 4}),
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "signer_function": _("For example alderman, director or chair."),
            "signer_email": _("We send a link to this address. It is not published."),
            "mandate_by": _("For example the executive (college van B en W), the board or the directors."),
            "statement": _("Why do you sign? Other organisations read this. At most 1,000 characters."),
            "publish_name": _("Without your consent we only show your function."),
        }

    field_order = ["organisation_name", "kind", "place", "province"]

    def __init__(self, *args, declaration: Declaration, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.declaration = declaration
        self.fields["organisation_name"].widget.suggestions = Organisation.objects.public().values_list(
            "name", flat=True
        )
        self.fields["contributes"] = forms.MultipleChoiceField(
            label=_("What does your organisation bring?"),
            choices=BuildingBlock.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("You can choose more than one, or none yet."),
        )
        self.fields["themes"].queryset = Theme.objects.all()
        self.fields["themes"].help_text = _("For which societal challenges?")
        for name in ("signer_name", "signer_function", "signer_email"):
            self.fields[name].required = True
        self.order_fields([*self.field_order, *self.Meta.fields, "accepts"])

    def clean_mandate_on(self):
        """A decision lies in the past."""
        day = self.cleaned_data["mandate_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date of the decision cannot be in the future."))
        return day

    def clean_signer_email(self) -> str:
        """Nobody's mailbox is filled through this form."""
        address = self.cleaned_data["signer_email"].lower()
        if sent_recently("alliance/confirm_signature", to=address) >= MAILS_PER_DAY:
            raise forms.ValidationError(
                _("We sent several mails to this address today. Look in your mailbox, or try again tomorrow.")
            )
        return address

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.data.get("version") != str(
            self.declaration.version
        ):  # what was on the screen is what is signed
            raise forms.ValidationError(
                _("A new version of the declaration was just published. Read the new text and sign again.")
            )
        if name := cleaned.get("organisation_name"):
            self._find_organisation(name, cleaned.get("kind"))
        return cleaned

    def _find_organisation(self, name: str, kind: str | None) -> None:
        matches = Organisation.objects.public().named(name)[:2]
        self.organisation = matches[0] if len(matches) == 1 else None
        if len(matches) == 2:
            self.add_error(
                "organisation_name", _("More than one organisation has this name. Choose one from the list.")
            )
        elif (
            self.organisation
            and self.organisation.signatures.active().filter(declaration=self.declaration).exists()
        ):
            self.add_error(
                "organisation_name", _("%(name)s has already signed.") % {"name": self.organisation.name}
            )
        elif not self.organisation and not kind:
            self.add_error("organisation_name", self._unknown(name))

    def _unknown(self, name: str) -> str:
        known = Organisation.objects.public().values_list("name", flat=True)
        if near := get_close_matches(name, known, n=1, cutoff=0.75):
            return _("We do not know this organisation. Did you mean %(name)s?") % {"name": near[0]}
        return _("We do not know this organisation yet. Check the spelling, or choose below what kind it is.")

    def save(self, commit: bool = True) -> Signature:
        """Sign, through the action. Raises actions.AlreadySigned when somebody else was first."""
        cleaned = self.cleaned_data
        organisation = self.organisation or actions.enter_organisation(
            name=cleaned["organisation_name"],
            kind=cleaned["kind"],
            place=cleaned["place"],
            province=cleaned["province"],
        )
        return actions.sign(
            organisation=organisation,
            declaration=self.declaration,
            language=get_language(),
            **{name: cleaned[name] for name in self.Meta.fields},
        )


class RejectForm(forms.Form):
    """Why the secretariat cannot publish a signature; mailed to the signer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The signer reads this in the mail. Say what is missing and how to go on."),
    )


class WithdrawForm(forms.Form):
    """A representative withdraws; a reason is welcome, never required."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
