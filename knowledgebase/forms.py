"""What people type in the knowledge base."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Project
from knowledgebase.models import Adoption, Practice


class BuildingBlocksField(forms.MultipleChoiceField):
    """The four kinds of building block as tick boxes."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            choices=BuildingBlock.choices, widget=forms.CheckboxSelectMultiple, required=False, **kwargs
        )


class PracticeForm(forms.ModelForm):
    """Write a practice. Everything can be kept half done; `submit` asks for the core."""

    building_blocks = BuildingBlocksField(label=_("Which building blocks does it bring?"))
    source_url = forms.URLField(label=_("Source code"), max_length=200, required=False, assume_scheme="https")

    class Meta:
        model = Practice
        fields = [
            "title",
            "summary",
            "language",
            "themes",
            "project",
            "phase",
            "stop_reason",
            "problem",
            "approach",
            "result",
            "shortfall",
            "contact_role",
            "contact_email",
            "started_year",
            "building_blocks",
            "cost_once",
            "cost_yearly",
            "cost_note",
            "effort",
            "effort_note",
            "lead_time_months",
            "supplier_note",
            "legal_note",
            "dpia",
            "specific_note",
            "adapt_note",
            "source_url",
            "licence",
        ]
        widgets = {
            **{
                name: forms.Textarea(attrs={"rows": 6})
                for name in ("problem", "approach", "result", "shortfall")
            },
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in (
                    "summary",
                    "cost_note",
                    "effort_note",
                    "supplier_note",
                    "legal_note",
                    "specific_note",
                    "adapt_note",
                )
            },
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": _("A verb, what, and for whom. At most 80 characters."),
            "summary": _("In plain language, to be read on its own. At most 300 characters."),
            "shortfall": _("What would you do differently? This is what others need most."),
            "contact_email": _("A shared mailbox, not a personal address. It is published."),
            "cost_note": _("What is in it? What does a follower pay less or more?"),
            "effort_note": _("Hours per role, for you and for a follower."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.filter(
            Q(is_published=True) | Q(pk=self.instance.project_id)
        )


class RemarkForm(forms.Form):
    """An editor sends a practice back."""

    remark = forms.CharField(
        label=_("What should be better?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


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
