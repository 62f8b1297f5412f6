"""What editors and proposers say about a text."""

from django import forms
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from knowledgebase.changes import words
from knowledgebase.models import Practice, Proposal, Remark
from knowledgebase.models.choices import Section
from knowledgebase.models.practice import CORE_FIELDS
from knowledgebase.models.sections import WRITTEN
from smartsociety.core.forms import SeenForm
from smartsociety.core.models import User
from smartsociety.core.remarks import FieldRemark, RemarkedField
from smartsociety.core.validators import plain_text
from smartsociety.core.widgets import Textarea

# So much of a text that one knows which it is.
SHOWN = 400


class RemarksForm(forms.Form):
    """Remarks per field, each under the text it is about; the first is about the whole. At least one."""

    bound_field_class = RemarkedField
    remarks_heading = _("Asked before:")

    def __init__(self, *args, practice: Practice, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.remarks: dict[str, list[FieldRemark]] = {}
        for remark in Remark.objects.settled_on(practice):
            said = FieldRemark(remark.text, practice.language)
            self.remarks.setdefault(remark.field or "whole", []).append(said)
        self.fields["whole"] = _remark(_("About the whole"))
        for name in CORE_FIELDS:
            label = capfirst(Practice._meta.get_field(name).verbose_name)
            self.fields[name] = _remark(label, words(name, getattr(practice, name)), practice.language)
        for section in Section:
            self.fields[section.value] = _remark(section.label)

    def clean(self) -> dict:
        """Sent back without a word helps nobody."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Say what should be better, about the whole or about a field."))
        return self.cleaned_data

    @property
    def typed(self) -> dict[str, str]:
        """By field; "" is the whole."""
        return {"" if name == "whole" else name: text for name, text in self.cleaned_data.items() if text}


def _remark(label: str, text: str = "", lang: str = "") -> forms.CharField:
    """A remark that need not be made, under the text it is about."""
    shown = Truncator(text).chars(SHOWN)
    return forms.CharField(
        label=label,
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=Textarea({"rows": 2}),
        help_text=format_html('<q lang="{}">{}</q>', lang, shown) if shown else "",
    )


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
        validators=[plain_text],
        widget=Textarea({"rows": 3}),
        help_text=_("For the editor. For example: “The costs per year are known now.”"),
    )


class SeenProposalForm(SeenForm):
    """A decision about the very proposal that was on the screen, with the text that it had."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, proposal: Proposal, **kwargs) -> None:
        seen = {"proposal": proposal.pk, "revision": proposal.revision}
        super().__init__(*args, initial=seen, **kwargs)
        self.waiting = proposal

    @property
    def seen(self) -> int | None:
        """The revision that was read of the one that waits; None when another one was read."""
        self.is_valid()
        is_same = self.cleaned_data.get("proposal") == self.waiting.pk
        return self.cleaned_data.get("revision") if is_same else None


class DecideForm(SeenProposalForm):
    """Why a proposed change does not come into force, and remarks about what it changes."""

    reason = forms.CharField(
        label=_("What should be better, or why not?"),
        max_length=2000,
        validators=[plain_text],
        widget=Textarea({"rows": 4}),
    )

    def __init__(self, *args, proposal: Proposal, **kwargs) -> None:
        super().__init__(*args, proposal=proposal, **kwargs)
        self.changed = [name for name in WRITTEN if name in proposal.values and name != "gaps"]
        for name in self.changed:
            label = capfirst(Practice._meta.get_field(name).verbose_name)
            text = words(name, proposal.values[name])
            self.fields[name] = _remark(label, text, proposal.practice.language)

    @property
    def typed(self) -> dict[str, str]:
        """The remarks by field."""
        return {name: self.cleaned_data[name] for name in self.changed if self.cleaned_data[name]}
