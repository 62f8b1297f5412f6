"""What people type to close a fieldlab: the report of staff, the questionnaire of participants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fieldlabs.models import QuestionnaireAnswer, Report
from smartsociety.core.widgets import Textarea

RATINGS = (
    ("5", _("5: very good")),
    ("4", _("4: good")),
    ("3", _("3: fair")),
    ("2", _("2: poor")),
    ("1", _("1: very poor")),
)


class ReportForm(forms.ModelForm):
    """A summary in both languages; the rest of a report writes itself."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields = ("summary_nl", "summary_en")
        widgets = {name: Textarea(attrs={"rows": 8}) for name in ("summary_nl", "summary_en")}
        help_texts = {
            "summary_nl": _(
                "What was the day about, and what must everybody remember? Plain words; Markdown."
            ),
            "summary_en": _("When it is empty, readers in English get the Dutch text."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def clean_summary_nl(self) -> str:
        """What is published keeps a summary."""
        text = self.cleaned_data["summary_nl"].replace("\r\n", "\n")
        if self.instance.is_published and not text.strip():
            raise forms.ValidationError(_("A published report has a summary."))
        return text


class QuestionnaireForm(forms.ModelForm):
    """Three questions."""

    rating = forms.TypedChoiceField(
        label=_("How was this fieldlab for you?"), choices=RATINGS, coerce=int, widget=forms.RadioSelect
    )
    useful = forms.ChoiceField(
        label=_("Can you use what you learned in your own organisation?"),
        choices=QuestionnaireAnswer.Useful.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = QuestionnaireAnswer
        fields = ("rating", "useful", "comment")
        labels = {"comment": _("What should be different next time?")}
        widgets = {"comment": Textarea(attrs={"rows": 4})}
        help_texts = {"comment": _("Only programme staff read this. Leave names of people out.")}
