"""What programme staff type about a fieldlab."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliance.models import Organisation
from fieldlabs.models import Fieldlab, ProgrammeItem
from smartsociety.core.forms import WebAddressField
from smartsociety.core.validators import latin_line
from smartsociety.core.widgets import Textarea

LONG = ("summary_nl", "summary_en", "travel_nl", "travel_en")
MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
REMINDERS = [(2, _("2 hours before")), (24 * 3, _("3 days before")), (24 * 7, _("1 week before")),
             (24 * 14, _("2 weeks before")), (24 * 28, _("4 weeks before"))]  # fmt: skip


def moment() -> forms.DateTimeInput:
    """A day and an hour, as browsers ask for it."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def online_link() -> WebAddressField:
    """Where to join online."""
    return WebAddressField(
        label=_("Link for online"),
        required=False,
        max_length=200,
        help_text=_("Only people who are registered see it."),
    )


class FieldlabForm(forms.ModelForm):
    """Programme staff plan a fieldlab."""

    online_link = online_link()

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reminder_hours = forms.TypedMultipleChoiceField(
        label=_("Reminders"),
        choices=REMINDERS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody also gets a mail with how to join, the day before."),
    )

    class Meta:
        model = Fieldlab
        fields = [
            "title_nl", "title_en", "summary_nl", "summary_en", "programme_nl", "programme_en", "themes", "projects",
            "starts_at", "ends_at", "format", "venue", "place", "travel_nl", "travel_en", "online_link", "host",
            "contact_name", "contact_email", "capacity", "reserved_government", "reserved_business",
            "reserved_knowledge", "reserved_society", "reserved_until_on", "registration_opens_at",
            "registration_closes_at", "reminder_hours",
        ]  # fmt: skip
        widgets = {
            **{name: Textarea(attrs={"rows": 3}) for name in LONG},
            **{name: Textarea(attrs={"rows": 8}) for name in ("programme_nl", "programme_en")},
            **{name: moment() for name in MOMENTS},
            "reserved_until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "themes": forms.CheckboxSelectMultiple,
            "projects": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        hosts = Organisation.objects.signatories()
        if self.instance.host_id:  # it may have withdrawn since
            hosts = hosts | Organisation.objects.filter(pk=self.instance.host_id)
        self.fields["host"].queryset = hosts
        self.initial["revision"] = self.instance.revision
        own = set(self.instance.reminder_hours) - {hours for hours, _label in REMINDERS}
        self.fields["reminder_hours"].choices = [
            *REMINDERS, *((hours, _("%(hours)s hours before") % {"hours": hours}) for hours in sorted(own))
        ]  # fmt: skip
        for side in ("government", "business", "knowledge", "society"):
            self.fields[f"reserved_{side}"].required = False

    def clean(self) -> dict:
        cleaned = super().clean()
        for side in ("government", "business", "knowledge", "society"):
            cleaned[f"reserved_{side}"] = cleaned.get(f"reserved_{side}") or 0
        reserves = any(
            cleaned[f"reserved_{side}"] for side in ("government", "business", "knowledge", "society")
        )
        if reserves and not cleaned.get("reserved_until_on"):
            self.add_error(
                "reserved_until_on", _("Fill in from which day the reserved places are for everybody.")
            )
        closes, ends = cleaned.get("registration_closes_at"), cleaned.get("ends_at")
        if closes and ends and closes > ends:
            self.add_error("registration_closes_at", _("Registration must close before the fieldlab ends."))
        return cleaned

    def clean_capacity(self) -> int:
        """Nobody who has a place loses it by a smaller room."""
        capacity = self.cleaned_data["capacity"]
        taken = self.instance.registrations.seated().count() if self.instance.pk else 0
        if capacity < taken:
            message = ngettext(
                "%(count)s place is taken already.", "%(count)s places are taken already.", taken
            )
            raise forms.ValidationError(message % {"count": taken})
        return capacity

    @property
    def values(self) -> dict:
        """What `actions.change` sets."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ShiftForm(forms.Form):
    """To which day a fieldlab moves, and why."""

    starts_on = forms.DateField(
        label=_("New first day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        validators=[latin_line],
        help_text=_("It stands in the mail to everybody who is registered."),
    )

    def __init__(self, *args, fieldlab: Fieldlab, **kwargs) -> None:
        self.present = timezone.localtime(fieldlab.starts_at).date()
        super().__init__(*args, initial={"starts_on": self.present}, **kwargs)

    def clean_starts_on(self):
        """A day to come, another one than now."""
        day = self.cleaned_data["starts_on"]
        if day == self.present:
            raise forms.ValidationError(_("It is on this day already."))
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        return day

    @property
    def days(self) -> int:
        """How far it moves."""
        return (self.cleaned_data["starts_on"] - self.present).days


class CopyForm(forms.Form):
    """On which day the copy starts."""

    starts_on = forms.DateField(
        label=_("First day of the copy"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ItemForm(forms.ModelForm):
    """A part of the programme."""

    online_link = online_link()

    class Meta:
        model = ProgrammeItem
        fields = [
            "kind", "title_nl", "title_en", "description_nl", "description_en", "case", "starts_at", "ends_at", "room",
            "online_link", "lead", "capacity",
        ]  # fmt: skip
        widgets = {
            **{name: moment() for name in ("starts_at", "ends_at")},
            **{name: Textarea(attrs={"rows": 3}) for name in ("description_nl", "description_en")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = self.instance.fieldlab.cases.filter(
            status__in=["accepted", "answered"]
        )
        if not self.instance.pk:
            self.initial.setdefault("starts_at", self.instance.fieldlab.starts_at)

    def clean(self) -> dict:
        cleaned = super().clean()
        fieldlab = self.instance.fieldlab
        for name in ("starts_at", "ends_at"):
            at = cleaned.get(name)
            if at and not fieldlab.starts_at <= at <= fieldlab.ends_at:
                self.add_error(name, _("This is outside the hours of the fieldlab."))
        return cleaned

    def clean_capacity(self) -> int | None:
        """Nobody who chose it loses the place."""
        capacity = self.cleaned_data["capacity"]
        taken = self.instance.choices.count() if self.instance.pk else 0
        if capacity is not None and capacity < taken:
            message = ngettext(
                "%(count)s person chose it already.", "%(count)s people chose it already.", taken
            )
            raise forms.ValidationError(message % {"count": taken})
        return capacity
