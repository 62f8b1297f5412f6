"""What programme staff type about a fieldlab."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models import Fieldlab


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
