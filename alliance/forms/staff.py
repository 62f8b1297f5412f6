"""What the secretariat types about signatures and organisations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.forms.own import LinesField, clean_alias
from alliance.forms.signing import organisation_named
from alliance.models import BulkDecision, Declaration, Organisation, Signature
from smartsociety.core.forms import SeenForm, WebAddressField
from smartsociety.core.mail_domains import mail_domain
from smartsociety.core.naming import Candidate, NamedField
from smartsociety.core.validators import plain_line, plain_text
from smartsociety.core.widgets import Textarea

FEW = 12  # organisations that fit in a list to choose from


class RejectForm(SeenForm):
    """Why the secretariat cannot publish a signature; mailed to the signer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("The signer reads this in the mail. Say what is missing and how to go on."),
    )


class HoldForm(SeenForm):
    """Why a signature does not count for a while; mailed to the signer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("The signer reads this in the mail. Say what has to be solved."),
    )


class OrganisationField(NamedField):
    """An organisation by its name, another name, or its address."""

    suggested_at = "alliance:organisation_names"

    def named(self, text: str) -> Iterable[Organisation]:
        return self.rows().named(text).order_by("name", "pk") or organisation_named(text, self.rows())

    def like(self, text: str) -> Iterable[Organisation]:
        return self.rows().with_words(text)

    def candidate(self, row: Organisation) -> Candidate:
        return Candidate(row.slug, row.name, ", ".join(filter(None, (row.get_kind_display(), row.place))))


def organisation_choice(organisations: QuerySet[Organisation], **kwargs: Any) -> forms.Field:
    """One of `organisations`: from a list when they are few, as of most people; else by its name."""
    if organisations[FEW : FEW + 1].exists():
        field = OrganisationField(queryset=organisations, **kwargs)
        field.suggest()
        return field
    return forms.ModelChoiceField(queryset=organisations, **kwargs)


def why() -> forms.CharField:
    """Why something is put right; kept in the audit."""
    return forms.CharField(
        label=_("Why"),
        max_length=500,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the audit log for ever. Leave names of people out."),
    )


class CorrectSignatureForm(SeenForm):
    """What about a signature is not in the signer's own words."""

    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.all())
    mandate_by = forms.CharField(label=_("Who decided"), max_length=120, validators=[plain_line])
    mandate_on = forms.DateField(
        label=_("Date of the decision"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=Signature._meta.get_field("language").choices
    )
    reason = why()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].suggest()

    @staticmethod
    def initial_of(signature: Signature) -> dict[str, Any]:
        """What stands there now."""
        facts = {
            name: getattr(signature, name) for name in ("mandate_by", "mandate_on", "language", "revision")
        }
        return {**facts, "organisation": signature.organisation.slug}

    def clean_mandate_on(self) -> Any:
        """Nobody decided tomorrow."""
        if (day := self.cleaned_data["mandate_on"]) > timezone.localdate():
            raise forms.ValidationError(_("This date lies in the future."))
        return day


class CorrectOrganisationForm(forms.ModelForm):
    """Facts about an organisation. Those that the register decides are not asked."""

    OF_THE_REGISTER = ("kind", "name", "place", "province")

    revision = forms.IntegerField(widget=forms.HiddenInput)
    website = WebAddressField(label=_("Website"), required=False, max_length=200)
    aliases = LinesField(label=_("Other names"), clean_line=clean_alias, help_text=_("One on each line."))
    email_domains = LinesField(
        label=_("Mail domains"),
        clean_line=mail_domain,
        help_text=_("One on each line. Whoever mails from there is taken to belong to the organisation."),
    )
    reason = why()

    class Meta:
        model = Organisation
        fields = ["name", "kind", "place", "province", "kvk_number", "website", "aliases", "email_domains"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        for name in self.OF_THE_REGISTER if self.instance.in_register else ():
            del self.fields[name]

    @property
    def facts(self) -> dict[str, Any]:
        """What to save, without what only belongs to the form."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("revision", "reason")
        }


class SuccessionForm(forms.Form):
    """A municipal merger, one predecessor at a time."""

    predecessor = OrganisationField(
        label=_("Organisation that becomes part of another"),
        queryset=Organisation.objects.filter(successor=None),
    )
    successor = OrganisationField(label=_("Successor"), queryset=Organisation.objects.of_today())
    on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day of the successor, mostly 1 January."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("predecessor", "successor"):
            self.fields[name].suggest()


class MergeForm(forms.Form):
    """The two as they were on the screen, and why they are one."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    into_revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = why()


class BulkChoiceForm(forms.Form):
    """Which signatures: ticked in the list, or all that answer to what is filled in here."""

    picked = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)
    domain = forms.CharField(
        label=_("Mail domain of the signer"),
        required=False,
        max_length=120,
        help_text=_("For example spam.example."),
    )
    text = forms.CharField(label=_("In the name of organisation or signer"), required=False, max_length=100)
    since = forms.DateField(
        label=_("Sent in from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Sent in until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        picked = data.getlist("picked") if data is not None else []
        self.fields["picked"].choices = [(int(pk), pk) for pk in picked if pk.isascii() and pk.isdigit()][
            :1000
        ]

    def clean_domain(self) -> str:
        """As people type it: with or without the sign before it."""
        return self.cleaned_data["domain"].strip().lower().removeprefix("@")

    def clean(self) -> dict[str, Any]:
        """Something must be chosen: nothing at all would be everything."""
        if not any(self.cleaned_data.values()) and not self.errors:
            raise forms.ValidationError(_("Say which signatures you mean. Fill in at least one field."))
        return self.cleaned_data


class BulkDecideForm(forms.Form):
    """What to do with all of them, and why."""

    kind = forms.ChoiceField(
        label=_("What to do"), choices=BulkDecision._meta.get_field("kind").choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the audit log, and in the mail if you send one."),
    )
    notify = forms.BooleanField(
        label=_("Mail the reason to signers who confirmed their address"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class DeclarationForm(forms.ModelForm):
    """A version in two languages. `seen` tells the draft that was opened from what a colleague made of it."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Declaration
        fields = ["title_nl", "text_nl", "title_en", "text_en", "is_concept"]
        widgets = {name: Textarea(attrs={"rows": 20}) for name in ("text_nl", "text_en")}
        labels = {"is_concept": _("This is our own concept: every page that shows the text says so")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.compute_sha256()


class PublishDeclarationForm(forms.Form):
    """From when a version is in force; empty is now."""

    at = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave empty to publish now. A planned version can be changed until that moment."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_at(self) -> Any:
        """A moment that lies ahead."""
        at = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(
                _("Choose a moment in the future, or leave this empty to publish now.")
            )
        return at
