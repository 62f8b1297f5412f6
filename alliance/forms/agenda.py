"""A project of the agenda with its milestones, on one page without a script."""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Milestone, Organisation, Project, Theme
from alliance.permissions import can_keep_agenda
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug
from smartsociety.core.widgets import Textarea


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


# Empty rows for three more; whoever needs a fourth saves first.
MilestoneFormSet = forms.inlineformset_factory(
    Project,
    Milestone,
    fields=["title_nl", "title_en", "due_on", "reached_on"],
    widgets={"due_on": _day(), "reached_on": _day()},
    extra=3,
    max_num=40,
    validate_max=True,
)


class ProjectForm(forms.ModelForm):
    """Staff choose any signatory as the lead; a representative only an organisation of their own."""

    class Meta:
        model = Project
        fields = [
            "title_nl",
            "title_en",
            "summary_nl",
            "summary_en",
            "text_nl",
            "text_en",
            "lead",
            "phase",
            "themes",
            "partners",
        ]
        widgets = {
            **{name: Textarea(attrs={"rows": 3}) for name in ("summary_nl", "summary_en")},
            **{name: Textarea(attrs={"rows": 8}) for name in ("text_nl", "text_en")},
            "phase": forms.RadioSelect,
            "themes": forms.CheckboxSelectMultiple,
            "partners": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "summary_nl": _("In plain language, to be read on its own. At most 600 characters."),
            "partners": _("Organisations that signed the declaration."),
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        signatories = Organisation.objects.signatories()
        leads = signatories if can_keep_agenda(user) else signatories.represented_by(user)
        now = self.instance.lead_id
        self.fields["lead"].queryset = Organisation.objects.filter(Q(pk__in=leads.values("pk")) | Q(pk=now))
        partners = self.instance.partners.values("pk") if self.instance.pk else Organisation.objects.none()
        self.fields["partners"].queryset = Organisation.objects.filter(
            Q(pk__in=signatories.values("pk")) | Q(pk__in=partners.values("pk"))
        )
        self.fields["themes"].queryset = Theme.objects.all()
        self.fields["phase"].choices = Project.Phase.choices
        self.milestones = MilestoneFormSet(self.data if self.is_bound else None, instance=self.instance)

    def is_valid(self) -> bool:
        """Whether the project and all its milestones can be kept."""
        return all([super().is_valid(), self.milestones.is_valid()])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("lead") and cleaned["lead"] in cleaned.get("partners", ()):
            self.add_error("partners", _("The lead is not also a partner."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Project:
        """The project, its themes, partners and milestones: whole or not at all."""
        if not self.instance.slug:
            self.instance.slug = unique_slug(Project, self.cleaned_data["title_nl"])
        project = super().save()
        self.milestones.instance = project
        self.milestones.save()
        return project
