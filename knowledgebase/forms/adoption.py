"""What people type about an adoption."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Adoption, Practice


class AdoptionForm(forms.ModelForm):
    """A representative says: we use this too."""

    class Meta:
        model = Adoption
        fields = ["organisation", "stage", "since_year", "learned_from", "changes", "stop_reason"]
        labels = {"organisation": _("Organisation")}
        widgets = {
            "stage": forms.RadioSelect,
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("changes", "stop_reason")},
        }
        help_texts = {
            "changes": _("What did you do differently? The next one learns from it."),
            "stop_reason": _("Only if you stopped."),
        }

    def __init__(self, *args, organisations, practice: Practice, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = None
        self.fields["stage"].choices = Adoption.Stage.choices
        self.fields["learned_from"].queryset = practice.teachers()
        self.fields["since_year"].widget.attrs |= {"min": 1990, "max": timezone.localdate().year}

    def clean_since_year(self) -> int | None:
        """A year in the past."""
        year = self.cleaned_data["since_year"]
        if year and not 1990 <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Fill in a year from 1990 up to this year."))
        return year

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("stage") == Adoption.Stage.STOPPED and not cleaned.get("stop_reason"):
            self.add_error("stop_reason", _("Say why you stopped: that is what others learn from."))
        if cleaned.get("learned_from") and cleaned["learned_from"] == cleaned.get("organisation"):
            self.add_error("learned_from", _("Choose another organisation than your own."))
        return cleaned
