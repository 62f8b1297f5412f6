"""What representatives type for their organisation."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.actions import own_access, own_people, own_profile
from alliance.models import AccessRequest, BuildingBlock, Membership, Organisation, Signature, Theme
from smartsociety.core.forms import WebAddressField
from smartsociety.core.mail import sent_recently
from smartsociety.core.mail_domains import mail_domain
from smartsociety.core.models import User
from smartsociety.core.pictures import as_webp
from smartsociety.core.validators import plain_line, plain_text
from smartsociety.core.widgets import Textarea, written_in

MAX_LINES = 20
LOGO_BYTES = 2 * 1024 * 1024
LOGO_SIZE = (400, 200)
# To one address a day, and standing for one organisation: nobody's mailbox is filled through these forms.
INVITATIONS_A_DAY, STANDING_INVITATIONS = 3, 20


class WithdrawForm(forms.Form):
    """A representative withdraws; a reason is welcome, never required."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 3}),
    )


class LinesField(forms.CharField):
    """A few short texts, one on each line; gives a list without doubles."""

    def __init__(self, *, clean_line, **kwargs: Any) -> None:
        self.clean_line = clean_line
        kwargs.setdefault("widget", Textarea(attrs={"rows": 3}))
        super().__init__(required=False, max_length=MAX_LINES * 122, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A list as lines; what was typed as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> list[str]:
        """Each line checked; empty ones left out."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        if len(cleaned := [self.clean_line(line) for line in lines if line]) > MAX_LINES:
            raise forms.ValidationError(_("At most %(count)s lines.") % {"count": MAX_LINES})
        return list(dict.fromkeys(cleaned))


def clean_alias(text: str) -> str:
    """Another name of an organisation."""
    plain_line(text)
    if len(text) > 120:
        raise forms.ValidationError(_("A name has at most 120 characters."))
    return text


class RevisedForm(forms.ModelForm):
    """A form that knows which revision of its object it was opened with."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        self.overtaken: list[tuple[str, Any]] = []

    def show_overtaken(self, current: Any) -> None:
        """A colleague saved first: keep what was typed, show what stands there now; saving once more replaces it."""
        now = type(self)(instance=current)
        self.overtaken = [
            (bound.label, _readable(bound.field, now[bound.name].initial))
            for bound in self.visible_fields()
            if bound.field.has_changed(now[bound.name].initial, bound.data)
        ]
        self.data = self.data.copy()
        self.data["revision"] = str(current.revision)
        self.add_error(
            None,
            _("A colleague changed this after you opened the page. Compare, and save again to replace it."),
        )


def _readable(field: forms.Field, value: Any) -> str:
    """A stored value in the words of its field."""
    labels = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
    if isinstance(field, forms.ModelMultipleChoiceField):
        labels = {}
    parts = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(part, part)) for part in parts if part)


class ProfileForm(RevisedForm):
    """What everybody reads about the organisation, and by what its people are known."""

    website = WebAddressField(label=_("Website"), required=False, max_length=200)
    aliases = LinesField(
        label=_("Other names"),
        clean_line=clean_alias,
        help_text=_("One on each line, for example Den Bosch. People find you by these names."),
    )
    domains = LinesField(
        label=_("Mail domains"),
        clean_line=mail_domain,
        help_text=_(
            "One on each line, for example gemeente.nl. The secretariat checks a new one before it counts as evidence."
        ),
    )

    class Meta:
        model = Organisation
        fields = ["description", "language", "website", "place", "aliases"]
        widgets = {"description": Textarea(attrs={"rows": 5})}
        labels = {"description": _("Description"), "language": _("Language"), "place": _("Place")}
        help_texts = {
            "description": _("What does your organisation do? At most 1,000 characters."),
            "language": _("The language of the description."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["domains"] = [*self.instance.email_domains, *self.instance.proposed_domains]
        written_in(self, self.instance.language, "description")

    def clean_aliases(self) -> list[str]:
        """Nobody takes the name of another organisation."""
        others = Organisation.objects.exclude(pk=self.instance.pk)
        for alias in self.cleaned_data["aliases"]:
            if others.named(alias).exists():
                raise forms.ValidationError(
                    _("%(name)s is the name of another organisation.") % {"name": alias}
                )
        return self.cleaned_data["aliases"]

    def clean_place(self) -> str:
        """No two organisations of the same kind and name in one place."""
        place, mine = self.cleaned_data["place"], self.instance
        namesakes = Organisation.objects.filter(name__iexact=mine.name, kind=mine.kind, in_register=False)
        if not mine.in_register and namesakes.filter(place__iexact=place).exclude(pk=mine.pk).exists():
            raise forms.ValidationError(_("There is another organisation with this name in this place."))
        return place

    def save(self, *, by: User) -> Organisation:
        """Through the action. Raises ChangedMeanwhile."""
        return own_profile.update_profile(organisation=self.instance, by=by, **self.cleaned_data)


class ContributionForm(RevisedForm):
    """What the organisation brings, and what it says, beside its signature in force."""

    contributes = forms.MultipleChoiceField(
        label=_("What does your organisation bring?"),
        choices=BuildingBlock.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Signature
        fields = ["contributes", "themes", "contribution_note", "statement"]
        labels = {
            "themes": _("For which themes?"),
            "contribution_note": _("In your own words"),
            "statement": _("Public statement"),
        }
        widgets = {
            "themes": forms.CheckboxSelectMultiple,
            "contribution_note": Textarea(attrs={"rows": 3}),
            "statement": Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "contribution_note": _("What exactly do you bring? At most 600 characters."),
            "statement": _("Why did you sign? Other organisations read this. At most 1,000 characters."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.all()
        written_in(self, self.instance.language, "contribution_note", "statement")

    def save(self, *, by: User) -> Signature:
        """Through the action. Raises ChangedMeanwhile."""
        return own_profile.update_contribution(signature=self.instance, by=by, **self.cleaned_data)


class LogoForm(forms.Form):
    """A logo; what is kept is a new drawing of it."""

    logo = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, at most 2 MB. We make it at most 400 by 200 pixels. No SVG."),
        error_messages={"required": _("Choose a picture first."), "empty": _("This file is empty.")},
    )

    def clean_logo(self) -> bytes:
        """The picture, drawn anew."""
        upload = self.cleaned_data["logo"]
        if upload.size > LOGO_BYTES:
            raise forms.ValidationError(_("This picture is larger than 2 MB. Choose a smaller one."))
        return as_webp(upload, within=LOGO_SIZE)


class InvitationForm(forms.Form):
    """A colleague by mail address."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.EDITOR)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_email(self) -> str:
        """Not too often to one address, not too many at once."""
        email = self.cleaned_data["email"].lower()
        if sent_recently("alliance/invitation", to=email) >= INVITATIONS_A_DAY:
            raise forms.ValidationError(_("This address got several invitations today. Try again tomorrow."))
        standing = self.organisation.invitations.filter(accepted_at=None).exclude(email=email)
        if standing.count() >= STANDING_INVITATIONS:
            raise forms.ValidationError(_("Too many invitations are waiting. Withdraw one first."))
        return email

    def save(self, *, by: User):
        """Through the action. Raises AlreadyMember."""
        return own_people.invite(organisation=self.organisation, by=by, **self.cleaned_data)


class RoleForm(forms.Form):
    """What a member may do."""

    role = forms.ChoiceField(choices=Membership.Role.choices)


class AcceptForm(forms.Form):
    """The name of somebody who joins and whom we do not know yet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        validators=[plain_line],
        help_text=_("Your colleagues in this organisation see it. It is not published."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AccessRequestForm(forms.ModelForm):
    """Why somebody should act for the organisation."""

    class Meta:
        model = AccessRequest
        fields = ["role", "message"]
        labels = {"role": _("What do you want to do?"), "message": _("Why do you ask?")}
        widgets = {"role": forms.RadioSelect, "message": Textarea(attrs={"rows": 4})}
        help_texts = {
            "message": _(
                "For example: what your work is, and whose work you took over. At most 500 characters."
            )
        }

    def __init__(self, *args: Any, organisation: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.user = organisation, user
        self.fields["message"].required = True
        self.fields["role"].choices = [
            (
                Membership.Role.REPRESENTATIVE,
                _("Represent it: manage its page and people, register, withdraw"),
            ),
            (Membership.Role.EDITOR, _("Write for it: practices and outcomes")),
        ]

    def clean(self) -> dict[str, Any]:
        """Nobody fills the list of an organisation or of the secretariat."""
        cleaned, now = super().clean(), timezone.now()
        mine = self.user.access_requests
        refused = mine.filter(status="refused", organisation=self.organisation)
        if refused.filter(decided_at__gt=now - own_access.REST_AFTER_REFUSAL).exists():
            raise forms.ValidationError(
                _("Your request was refused recently. Talk to your colleagues first.")
            )
        asked_today = mine.filter(created_at__gt=now - timedelta(days=1)).count()
        waiting = AccessRequest.objects.filter(status="asked")
        if (
            asked_today >= own_access.PER_PERSON_A_DAY
            or waiting.filter(user=self.user).count() >= own_access.OPEN_PER_PERSON
            or waiting.filter(organisation=self.organisation).count() >= own_access.OPEN_PER_ORGANISATION
        ):
            raise forms.ValidationError(
                _("Too many requests are waiting. Try again when these are answered.")
            )
        return cleaned

    def save(self, commit: bool = True) -> AccessRequest:
        """Through the action."""
        return own_access.ask(organisation=self.organisation, by=self.user, **self.cleaned_data)
