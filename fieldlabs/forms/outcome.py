"""What people type about outcomes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models import Outcome


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
