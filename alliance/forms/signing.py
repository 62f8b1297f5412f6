"""What a signer types, step by step. Each form stands by itself; the draft keeps what was typed in it."""

from difflib import get_close_matches

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.matching import Described, normalise
from alliance.models import BuildingBlock, Organisation, Project, Theme
from alliance.models.organisation import REGISTERED_KINDS, Kind, Province
from smartsociety.core import documents
from smartsociety.core.forms import WebAddressField
from smartsociety.core.mail_domains import domain_of, is_free_mail
from smartsociety.core.models import Consent
from smartsociety.core.validators import latin_line, plain_text
from smartsociety.core.widgets import SuggestInput, Textarea

NEW_KINDS = [
    ("", _("Choose a kind")),
    *((kind, label) for kind, label in Kind.choices if kind not in REGISTERED_KINDS),
]
ONLY_NEW = _("Only if your organisation is not in the list yet.")


def suggested_names(organisations: QuerySet[Organisation]) -> list[str]:
    """Names and other names to choose from: who knows it as Den Bosch finds it too."""
    rows = organisations.values_list("name", "aliases")
    return sorted({name for own, aliases in rows for name in (own, *aliases)}, key=str.casefold)


def organisation_named(name: str, organisations: QuerySet[Organisation]) -> list[Organisation]:
    """Those called so, exactly when there is one, else however it is spelled."""
    exact = list(organisations.named(name)[:2])
    if exact or not (key := normalise(name)):
        return exact
    return [one for one in organisations if key in {normalise(own) for own in (one.name, *one.aliases)}]


class OrganisationForm(forms.Form):
    """Which organisation signs: one that is known, or a new one with what tells it from others."""

    organisation_name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=120,
        min_length=2,
        validators=[latin_line],
        help_text=_(
            "Start typing and choose your organisation. All municipalities, provinces and water authorities are known."
        ),
        widget=SuggestInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=NEW_KINDS, required=False, help_text=ONLY_NEW
    )
    place = forms.CharField(
        label=_("Place"), max_length=80, validators=[latin_line], required=False, help_text=ONLY_NEW
    )
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", _("Choose a province")), *Province.choices], required=False
    )
    website = WebAddressField(
        label=_("Website"), max_length=200, required=False,
        help_text=_("It helps the secretariat to check your signature."),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )  # fmt: skip
    kvk_number = forms.RegexField(
        r"^\d{8}$",
        label=_("KvK number"),
        required=False,
        error_messages={"invalid": _("A KvK number has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.organisation: Organisation | None = None
        self.known = Organisation.objects.public()
        self.fields["organisation_name"].widget.suggestions = suggested_names(self.known)

    def clean(self) -> dict:
        cleaned = super().clean()
        if name := cleaned.get("organisation_name"):
            self._find(name, cleaned)
            if not self.organisation and "organisation_name" not in self.errors:
                self._need_what_is_new(name, cleaned)
        return cleaned

    def _find(self, name: str, cleaned: dict) -> None:
        found = [one for one in organisation_named(name, self.known) if self._fits(one, cleaned)]
        if not found and (number := cleaned.get("kvk_number")):
            found = list(self.known.filter(kvk_number=number))
        if len(found) > 1:
            self.add_error(
                "organisation_name", _("More than one organisation has this name. Choose one from the list.")
            )
        self.organisation = found[0] if len(found) == 1 else None

    @staticmethod
    def _fits(organisation: Organisation, cleaned: dict) -> bool:
        """Whether nothing that was typed for a new organisation says that this is another."""
        kind, place = cleaned.get("kind"), normalise(cleaned.get("place") or "")
        return kind in ("", None, organisation.kind) and (
            not kind or not place or not organisation.place or place == normalise(organisation.place)
        )

    def _need_what_is_new(self, name: str, cleaned: dict) -> None:
        if not cleaned.get("kind"):
            self.add_error("organisation_name", self._unknown(name))
        elif not cleaned.get("place") and "place" not in self.errors:
            self.add_error(
                "place", _("Fill in the place: it tells your organisation from others of that name.")
            )

    def _unknown(self, name: str) -> str:
        names = {normalise(known): known for known in suggested_names(self.known)}
        if near := get_close_matches(normalise(name), names, n=1, cutoff=0.75):
            return _("We do not know this organisation. Did you mean %(name)s?") % {"name": names[near[0]]}
        return _("We do not know this organisation yet. Check the spelling, or choose below what kind it is.")

    @property
    def described(self) -> Described:
        """The organisation as it was typed, to compare."""
        names = ("kind", "place", "kvk_number", "website")
        return Described(
            name=self.cleaned_data["organisation_name"], **{name: self.cleaned_data[name] for name in names}
        )

    @property
    def new_organisation(self) -> dict[str, str]:
        """What to enter when it is not known."""
        cleaned = dict(self.cleaned_data)
        return {"name": cleaned.pop("organisation_name"), **cleaned}


class PartyForm(forms.Form):
    """A municipality for which a partnership signs, and where to ask it."""

    name = forms.CharField(
        label=_("Municipality"), max_length=120, required=False, validators=[latin_line],
        widget=SuggestInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail address of the municipality"), required=False)

    def __init__(
        self, *args, municipalities: QuerySet[Organisation], suggestions: list[str], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.municipalities = municipalities
        self.organisation: Organisation | None = None
        self.fields["name"].widget.suggestions = suggestions

    def clean(self) -> dict:
        cleaned = super().clean()
        name, email = cleaned.get("name"), cleaned.get("email")
        if name:
            found = organisation_named(name, self.municipalities)
            self.organisation = found[0] if len(found) == 1 else None
            if not self.organisation:
                self.add_error("name", _("We do not know this municipality. Choose one from the list."))
            if not email and "email" not in self.errors:
                self.add_error("email", _("Fill in an address where we can ask the municipality."))
        elif email:
            self.add_error("name", _("Which municipality has this address?"))
        return cleaned


class BasePartyFormSet(forms.BaseFormSet):
    """All municipalities of a partnership, each once."""

    def __init__(self, *args, **kwargs) -> None:
        municipalities = Organisation.objects.filter(kind=Kind.MUNICIPALITY, in_register=True)
        kwargs["form_kwargs"] = {
            "municipalities": municipalities, "suggestions": suggested_names(municipalities)
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        named = [form.organisation for form in self.forms if getattr(form, "organisation", None)]
        if len(set(named)) < len(named):
            raise forms.ValidationError(_("Name each municipality once."))

    @property
    def parties(self) -> list[tuple[Organisation, str]]:
        """Whom to ask, and where."""
        return [(form.organisation, form.cleaned_data["email"]) for form in self.forms if form.organisation]


PartyFormSet = forms.formset_factory(
    PartyForm, formset=BasePartyFormSet, extra=0, max_num=40, absolute_max=40, validate_max=True
)


class SignerForm(forms.Form):
    """Who signs."""

    signer_name = forms.CharField(
        label=_("Your name"), max_length=100, validators=[latin_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    signer_function = forms.CharField(
        label=_("Your function"),
        max_length=100,
        validators=[latin_line],
        help_text=_("For example alderman, director or chair."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    signer_email = forms.EmailField(
        label=_("Your work e-mail address"),
        help_text=_("We send a link to this address. It is not published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_signer_email(self) -> str:
        """Addresses are compared in lower case."""
        return self.cleaned_data["signer_email"].lower()


class MandateForm(forms.Form):
    """Who decided, when, and the document that shows it: not required, unless the address tells nothing."""

    mandate_by = forms.CharField(
        label=_("Who decided"),
        max_length=120,
        validators=[latin_line],
        help_text=_("For example the executive (college van B en W), the board or the directors."),
    )
    mandate_on = forms.DateField(
        label=_("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.FileField(
        label=_("Document of the decision"),
        required=False,
        help_text=_(
            "PDF, ODT, DOCX, JPG or PNG, at most 5 MB. "
            "Only the secretariat sees it. Cross out what it need not read."
        ),
        widget=forms.FileInput(attrs={"accept": documents.accept()}),
    )
    remove_document = forms.BooleanField(label=_("Take the document away"), required=False)

    def __init__(self, *args, email: str = "", has_document: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.needs_document = bool(email) and is_free_mail(domain_of(email))
        self.has_document = has_document
        if not has_document:
            del self.fields["remove_document"]

    def clean_mandate_on(self):
        """A decision lies in the past."""
        day = self.cleaned_data["mandate_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date of the decision cannot be in the future."))
        return day

    def clean_document(self):
        """What it is by its content, whatever its name."""
        upload = self.cleaned_data["document"]
        return documents.as_document(upload) if upload else None

    def clean(self) -> dict:
        cleaned = super().clean()
        kept = self.has_document and not cleaned.get("remove_document")
        if self.needs_document and not (kept or cleaned.get("document") or "document" in self.errors):
            self.add_error(
                "document",
                _(
                    "Your address does not show for whom you work: anybody can get one there. So add the document "
                    "of the decision, or go back and fill in a work address."
                ),
            )
        return cleaned


class ContributionForm(forms.Form):
    """What the organisation brings, and what it says in public."""

    contributes = forms.MultipleChoiceField(
        label=_("What does your organisation bring?"),
        choices=BuildingBlock.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You can choose more than one, or none yet."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For which societal challenges?"),
    )
    projects = forms.ModelMultipleChoiceField(
        label=_("Projects of the agenda"),
        queryset=Project.objects.filter(is_published=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which projects do you want to take part?"),
    )
    contribution_note = forms.CharField(
        label=_("In your own words"),
        max_length=600,
        required=False,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("What do you have that others can use? At most 600 characters."),
    )
    statement = forms.CharField(
        label=_("Public statement"),
        max_length=1000,
        required=False,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("Why do you sign? Other organisations read this. At most 1,000 characters."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.fields["projects"].queryset.exists():
            del self.fields["projects"]


class ConsentForm(forms.Form):
    """Each consent by itself, none of them needed to sign."""

    publish_name = forms.BooleanField(
        label=_("My name and function may be published"),
        required=False,
        help_text=_("Without your consent we only show your function."),
    )
    news = forms.BooleanField(label=_("Mail me news of the alliance."), required=False)
    fieldlabs = forms.BooleanField(label=_("Invite me by mail to fieldlabs."), required=False)

    @property
    def consents(self) -> dict[str, str]:
        """Purpose → the words that were agreed to."""
        return {
            purpose: str(self.fields[purpose].label)
            for purpose in Consent.Purpose.values
            if self.cleaned_data.get(purpose)
        }


class CheckForm(ConsentForm):
    """The last step: consents, and the tick that signs."""

    accepts = forms.BooleanField(
        label=_("On behalf of my organisation I support this declaration. I have the mandate to do so."),
        error_messages={"required": _("Tick this box to sign.")},
    )


class JoinForm(MandateForm, ConsentForm):
    """A municipality joins a partnership; its address is known, the rest it says itself."""

    signer_name = SignerForm.base_fields["signer_name"]
    signer_function = SignerForm.base_fields["signer_function"]
    accepts = CheckForm.base_fields["accepts"]

    field_order = ["signer_name", "signer_function", "mandate_by", "mandate_on", "document"]


class LaterForm(forms.Form):
    """Where to mail the link by which the signer goes on later."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We only use it to send you the link."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
