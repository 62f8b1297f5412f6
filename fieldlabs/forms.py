"""What people type for fieldlabs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models import Fieldlab, Outcome
from smartsociety.core.models import User
from smartsociety.core.validators import plain_line


class FieldlabForm(forms.ModelForm):
    """Programme staff plan a fieldlab."""

    class Meta:
        model = Fieldlab
        fields = [
            "title_nl",
            "title_en",
            "summary_nl",
            "summary_en",
            "programme_nl",
            "programme_en",
            "themes",
            "projects",
            "starts_at",
            "ends_at",
            "format",
            "venue",
            "place",
            "host",
            "capacity",
        ]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("summary_nl", "summary_en")},
            **{name: forms.Textarea(attrs={"rows": 8}) for name in ("programme_nl", "programme_en")},
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
                for name in ("starts_at", "ends_at")
            },
            "themes": forms.CheckboxSelectMultiple,
            "projects": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        hosts = Organisation.objects.signatories()
        if self.instance.host_id:  # it may have withdrawn since
            hosts = hosts | Organisation.objects.filter(pk=self.instance.host_id)
        self.fields["host"].queryset = hosts

    def clean_capacity(self) -> int:
        """Nobody who has a place loses it by a smaller room."""
        capacity = self.cleaned_data["capacity"]
        taken = self.instance.registrations.seated().count() if self.instance.pk else 0
        if capacity < taken:
            raise forms.ValidationError(_("%(count)s places are taken already.") % {"count": taken})
        return capacity


class RegisterForm(forms.Form):
    """A representative registers for one of their organisations."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        validators=[plain_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.represented_by(user)
        self.fields["name"].initial = user.name


class OutcomeForm(forms.ModelForm):
    """Programme staff record what a team made, learned and failed at."""

    class Meta:
        model = Outcome
        fields = ["title", "kind", "organisation", "language", "made", "learned", "failed", "interpretation"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 5})
            for name in ("made", "learned", "failed", "interpretation")
        }
        help_texts = {
            "title": _("Short and specific: what will others look for?"),
            "failed": _("What went wrong, and what would you do differently? This is what others need most."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        owners = Organisation.objects.signatories()
        if self.instance.organisation_id:  # it may have withdrawn since
            owners = owners | Organisation.objects.filter(pk=self.instance.organisation_id)
        self.fields["organisation"].queryset = owners
