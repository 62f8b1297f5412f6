"""What editors and proposers say about a text."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import EvidenceStep, Judgement, Practice
from knowledgebase.models.choices import Evidence
from knowledgebase.models.practice import CORE_FIELDS
from smartsociety.core.models import User


class RemarksForm(forms.Form):
    """Remarks per field; the first is about the whole. At least one."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        labels = {"whole": _("About the whole")}
        labels |= {name: capfirst(Practice._meta.get_field(name).verbose_name) for name in CORE_FIELDS}
        labels["reuse"] = _("What a follower needs")
        for name, label in labels.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
            )

    def clean(self) -> dict:
        """Sent back without a word helps nobody."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Say what should be better, about the whole or about a field."))
        return self.cleaned_data

    @property
    def remarks(self) -> dict[str, str]:
        """By field; "" is the whole."""
        return {"" if name == "whole" else name: text for name, text in self.cleaned_data.items() if text}


class AssignForm(forms.Form):
    """Which editor reads it."""

    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, practice: Practice, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        editors = User.objects.filter(is_active=True, is_staff=True, roles__contains=[User.Role.EDITOR])
        self.fields["reviewer"].queryset = editors.exclude(pk=practice.submitted_by_id).order_by("name")


class ProposalNoteForm(forms.Form):
    """Why a published text should change."""

    note = forms.CharField(
        label=_("Why should this change?"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the editor. For example: “The costs per year are known now.”"),
    )


class DecideForm(forms.Form):
    """Why a proposed change does not come into force."""

    reason = forms.CharField(
        label=_("What should be better, or why not?"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class JudgementForm(forms.ModelForm):
    """What an expert finds, shown publicly."""

    url = forms.URLField(label=_("Address of the report"), required=False, assume_scheme="https")

    class Meta:
        model = Judgement
        fields = ["expert", "verdict", "text", "given_on", "url"]
        widgets = {
            "text": forms.Textarea({"rows": 5}),
            "given_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"expert": _("No name. For example: lawyer data law, Example University.")}


class EvidenceForm(forms.ModelForm):
    """A step of the ladder that was earned or confirmed, with what it rests on."""

    url = forms.URLField(label=_("Address of the report"), required=False, assume_scheme="https")

    class Meta:
        model = EvidenceStep
        fields = ["level", "note", "url", "earned_on"]
        widgets = {
            "note": forms.Textarea({"rows": 4}),
            "earned_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"note": _("What was measured, by whom, and where can it be read?")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            (value, label) for value, label in Evidence.choices if value != Evidence.DESCRIBED
        ]
