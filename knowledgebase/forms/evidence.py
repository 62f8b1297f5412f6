"""What a practice rests on: what an expert finds, a step of the ladder, and asking for one."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.actions.evidence import REPRODUCED_IN, municipalities_using
from knowledgebase.models import EvidenceRequest, EvidenceStep, Judgement, Practice
from knowledgebase.models.choices import Evidence
from knowledgebase.models.evidence import STANDS_FOR
from smartsociety.core.forms import WebAddressField
from smartsociety.core.validators import day_until_today, plain_text
from smartsociety.core.widgets import Textarea


class JudgementForm(forms.ModelForm):
    """What an expert finds, shown publicly."""

    url = WebAddressField(label=_("Address of the report"), required=False)

    class Meta:
        model = Judgement
        fields = ["expert", "verdict", "text", "given_on", "url"]
        widgets = {
            "text": Textarea({"rows": 5}),
            "given_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"expert": _("No name. For example: lawyer data law, Example University.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].validators.append(day_until_today)


class EvidenceForm(forms.ModelForm):
    """A step of the ladder that was earned or confirmed, with what it rests on."""

    url = WebAddressField(label=_("Address of the report"), required=False)

    class Meta:
        model = EvidenceStep
        fields = ["level", "note", "url", "earned_on"]
        widgets = {
            "note": Textarea({"rows": 4}),
            "earned_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "note": _(
                "What was measured, by whom, and where can it be read? Readers see this with the practice."
            )
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            (value, label) for value, label in Evidence.choices if value != Evidence.DESCRIBED
        ]
        self.fields["earned_on"].validators.append(day_until_today)


class EvidenceRequestForm(EvidenceForm):
    """Ask to record a step, with where it can be read: at an address or in an attachment."""

    class Meta(EvidenceForm.Meta):
        model = EvidenceRequest
        fields = ["level", "note", "url", "attachment", "earned_on"]
        help_texts = {
            **EvidenceForm.Meta.help_texts,
            "attachment": _(
                "One of the attachments of this practice. The address or an attachment is needed."
            ),
        }

    def __init__(self, *args, practice: Practice, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.fields["attachment"].queryset = practice.attachments.shown()
        self.fields["attachment"].empty_label = _("No attachment")

    def clean_level(self) -> str:
        """Two municipalities are counted, not believed."""
        level = self.cleaned_data["level"]
        if level == Evidence.REPRODUCED and municipalities_using(self.practice) < REPRODUCED_IN:
            raise forms.ValidationError(
                _("Fewer than two municipalities use it, the owner included. Ask them to say so on the page.")
            )
        return level

    def clean_earned_on(self) -> date:
        """It says something about today."""
        day, today = self.cleaned_data["earned_on"], timezone.localdate()
        if day > today or day + STANDS_FOR <= today:
            raise forms.ValidationError(_("Choose a day of the last two years, not in the future."))
        return day

    def clean(self) -> dict:
        """Somebody else must be able to read it."""
        answers = super().clean()
        if not {"url", "attachment"} & self.errors.keys() and not (answers["url"] or answers["attachment"]):
            self.add_error("url", _("Say where it can be read: an address, or an attachment."))
        return answers


class RefuseForm(forms.Form):
    """Why a step is not recorded."""

    reason = forms.CharField(
        label=_("What is missing?"),
        max_length=2000,
        validators=[plain_text],
        widget=Textarea({"rows": 4}),
        help_text=_("Who asked reads this in a mail."),
    )
