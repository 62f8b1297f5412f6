"""What somebody asks an owner, and what the owner answers."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Practice, Question
from smartsociety.core import limits
from smartsociety.core.models import User
from smartsociety.core.validators import plain_text

# Enough for who is serious, useless for who wants to fill mailboxes.
PER_PERSON_A_DAY, PER_PRACTICE_A_DAY = 5, 10


class QuestionForm(forms.ModelForm):
    """Ask the owner of a practice something, or for a talk."""

    class Meta:
        model = Question
        fields = ["text", "proposed_at", "asker_agrees"]
        labels = {
            "asker_agrees": _("Everybody may read my question and the answer, if the owner agrees too"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "proposed_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        help_texts = {
            "text": _("At most 1,500 characters. Leave out details of people, and your own address."),
            "proposed_at": _("Only if you want to talk. Half an hour, by telephone or online; Dutch time."),
        }

    def __init__(self, *args, practice: Practice, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.user = practice, user
        self.fields["text"].validators.append(plain_text)

    def clean_proposed_at(self) -> datetime | None:
        """A moment that is still to come."""
        moment = self.cleaned_data["proposed_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("Propose a moment that is still to come."))
        return moment

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not self._within_limits():
            raise forms.ValidationError(_("You or others asked a lot today. Please try again tomorrow."))
        return cleaned

    def _within_limits(self) -> bool:
        return limits.allowed(
            f"question:person:{self.user.pk}", limit=PER_PERSON_A_DAY, seconds=limits.DAY
        ) and limits.allowed(
            f"question:practice:{self.practice.pk}", limit=PER_PRACTICE_A_DAY, seconds=limits.DAY
        )


class AnswerForm(forms.Form):
    """The owner answers."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=3000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("We mail this to the asker, without your name or address."),
    )
    accepts_meeting = forms.BooleanField(
        label=_("Yes, we talk at the proposed moment"),
        required=False,
        help_text=_("Say in your answer how: a telephone number, or a link to an online meeting."),
    )
    owner_agrees = forms.BooleanField(
        label=_("Everybody may read the question and this answer, if the asker agrees too"), required=False
    )

    def __init__(self, *args, question: Question, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not question.proposed_at or question.proposed_at <= timezone.now():
            del self.fields["accepts_meeting"]


class QuestionLimitForm(forms.ModelForm):
    """How many questions an owner can answer."""

    class Meta:
        model = Practice
        fields = ["questions_a_month"]
        labels = {"questions_a_month": _("At most so many questions a month")}
        help_texts = {"questions_a_month": _("Empty: as many as come. 0: none for now.")}
