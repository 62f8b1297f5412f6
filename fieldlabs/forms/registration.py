"""What people type to take part."""

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from alliance.forms.signing import organisation_named, suggested_names
from alliance.models import Organisation
from alliance.models.organisation import Helix
from fieldlabs.models import Fieldlab, ProgrammeItem, Registration
from smartsociety.core.models import User
from smartsociety.core.validators import latin_line, plain_line, plain_text
from smartsociety.core.widgets import SuggestInput, Textarea

SIDES = [("", _("Choose a side")), *Helix.choices]


class ForOrganisationForm(forms.Form):
    """For whom somebody comes: an organisation that is known, or another by its name and its side of the helix."""

    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        min_length=2,
        validators=[latin_line],
        help_text=_("Start typing and choose your organisation. Is it not in the list? Type its name."),
        widget=SuggestInput(attrs={"autocomplete": "organization"}),
    )
    helix = forms.ChoiceField(
        label=_("Side of the helix"),
        choices=SIDES,
        required=False,
        help_text=_("Only if your organisation is not in the list."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.organisation: Organisation | None = None
        self.known = Organisation.objects.public().of_today()
        self.fields["organisation_name"].widget.suggestions = suggested_names(self.known)

    def clean(self) -> dict:
        cleaned = super().clean()
        if name := cleaned.get("organisation_name"):
            found = organisation_named(name, self.known)
            if len(found) > 1:
                self.add_error(
                    "organisation_name",
                    _("More than one organisation has this name. Choose one from the list."),
                )
            self.organisation = found[0] if len(found) == 1 else None
            if not self.organisation and not cleaned.get("helix"):
                self.add_error(
                    "helix",
                    _("We do not know this organisation yet. Choose to which side of the helix it belongs."),
                )
        return cleaned

    @property
    def for_organisation(self) -> dict:
        """For whom, as actions take it."""
        return {
            "organisation": self.organisation,
            "organisation_name": self.cleaned_data["organisation_name"],
            "helix": self.cleaned_data.get("helix", ""),
        }


def needs_field(label: str, help_text: str = "") -> forms.CharField:
    """A wish that only programme staff read."""
    return forms.CharField(
        label=label,
        max_length=300,
        required=False,
        validators=[plain_text],
        help_text=help_text,
        widget=Textarea(attrs={"rows": 2}),
    )


class WhoForm(forms.Form):
    """Who comes, and what this person needs."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        validators=[latin_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    show_name = forms.BooleanField(
        label=_("My name may be in the public list of participants."), required=False
    )
    access = needs_field(
        _("What do you need to take part?"),
        _("For example a ramp, a sign language interpreter or a quiet room."),
    )
    diet = needs_field(_("What do you not eat?"))


class RegisterForm(WhoForm, ForOrganisationForm):
    """Somebody registers: without an account, with the own account, or a colleague."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We mail a link to this address. It is not published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email", "organisation_name", "helix", "show_name", "access", "diet")

    def __init__(self, *args, user: User | None, colleague: bool, email: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fixed_email = email or ("" if colleague or not user else user.email)
        if self.fixed_email:
            del self.fields["email"]
        if user:
            own = Organisation.objects.filter(memberships__user=user).order_by("name").first()
            self.initial.setdefault("organisation_name", own.name if own else "")
            if not colleague:
                self.initial.setdefault("name", user.name)
        if colleague:  # only they may say so
            del self.fields["show_name"]

    def clean_email(self) -> str:
        """Addresses are compared in lower case."""
        return self.cleaned_data["email"].lower()

    @property
    def answers(self) -> dict:
        """What `actions.register` takes."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "email": self.fixed_email or cleaned["email"],
            "show_name": cleaned.get("show_name", False),
            "access": cleaned["access"],
            "diet": cleaned["diet"],
            **self.for_organisation,
        }


class ChangeForm(WhoForm):
    """Put right who comes and what they need."""

    def __init__(self, *args, registration: Registration, **kwargs) -> None:
        needs = registration.own_needs
        initial = {
            "name": registration.name,
            "show_name": registration.show_name,
            "access": needs.access if needs else "",
            "diet": needs.diet if needs else "",
        }
        super().__init__(*args, initial=initial, **kwargs)


class SessionsForm(forms.Form):
    """Which parts of the programme somebody goes to."""

    items = forms.ModelMultipleChoiceField(
        label=_("Sessions"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, fieldlab: Fieldlab, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        items = fieldlab.items.choosable().with_taken()
        self.fields["items"].queryset = items
        self.fields["items"].label_from_instance = session_label


def session_label(item: ProgrammeItem) -> str:
    """When, what, and how many places are left."""
    start, end = timezone.localtime(item.starts_at), timezone.localtime(item.ends_at)
    when = f"{formats.date_format(start, 'D j M')} {start:%H:%M}–{end:%H:%M}"
    label = f"{when} · {item.title}"
    if item.capacity is None:
        return label
    left = max(0, item.capacity - item.taken)
    return f"{label} ({_('%(left)s of %(places)s places left') % {'left': left, 'places': item.capacity}})"


class WalkInForm(ForOrganisationForm):
    """Somebody at the door who did not register."""

    name = forms.CharField(label=_("Name"), max_length=100, validators=[plain_line])
    email = forms.EmailField(label=_("E-mail address"), required=False)
    field_order = ("name", "organisation_name", "helix", "email")
