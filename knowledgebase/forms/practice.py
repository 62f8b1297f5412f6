"""What people type about a practice."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Project
from knowledgebase.models import Practice


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
