"""What somebody asks an owner, and what the owner answers."""

from datetime import datetime

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Practice, Question
from knowledgebase.models.question import MOST_MOMENTS
from smartsociety.core import limits
from smartsociety.core.models import User
from smartsociety.core.numbers import number_of
from smartsociety.core.validators import plain_text
from smartsociety.core.widgets import Textarea

# Enough for who is serious, useless for who wants to fill mailboxes.
PER_PERSON_A_DAY, PER_PRACTICE_A_DAY = 5, 10
NO_MOMENT = "none"


def to_come(moment: datetime) -> None:
    """A moment that is still to come."""
    if moment <= timezone.now():
        raise forms.ValidationError(_("Propose a moment that is still to come."))


def moment_field(nth: int) -> forms.DateTimeField:
    """One of the moments that an asker can propose to talk; the first one tells what it is for."""
    labels = (_("When could you talk?"), _("A second moment"), _("A third moment"))
    help_text = _(
        "Only if you want to talk. Propose up to three moments; the owner picks one. "
        "Half an hour, by telephone or online; Dutch time."
    )
    return forms.DateTimeField(
        label=labels[nth],
        required=False,
        validators=[to_come],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="" if nth else help_text,
    )


class QuestionForm(forms.ModelForm):
    """Ask the owner of a practice something, or for a talk."""

    class Meta:
        model = Question
        fields = ["text", "asker_agrees"]
        labels = {
            "asker_agrees": _("Everybody may read my question and the answer, if the owner agrees too"),
        }
        widgets = {"text": Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": _("At most 1,500 characters. Leave out details of people, and your own address."),
        }

    moment_1, moment_2, moment_3 = (moment_field(nth) for nth in range(MOST_MOMENTS))
    field_order = ("text", "moment_1", "moment_2", "moment_3", "asker_agrees")

    def __init__(self, *args, practice: Practice, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.user = practice, user

    def clean(self) -> dict:
        """The moments become one list, the earliest first."""
        cleaned = super().clean()
        cleaned["moments"] = sorted(
            {moment for nth in range(MOST_MOMENTS) if (moment := cleaned.pop(f"moment_{nth + 1}", None))}
        )
        if not self.errors and not self._is_sent_again(cleaned) and not self._within_limits():
            raise forms.ValidationError(_("You or others asked a lot today. Please try again tomorrow."))
        return cleaned

    def _is_sent_again(self, cleaned: dict) -> bool:
        said = {"text": cleaned["text"], "moments": cleaned["moments"]}
        return Question.objects.standing(practice=self.practice, by=self.user, **said).exists()

    def _within_limits(self) -> bool:
        return limits.allowed(
            f"question:person:{self.user.pk}", limit=PER_PERSON_A_DAY, seconds=limits.DAY
        ) and limits.allowed(
            f"question:practice:{self.practice.pk}", limit=PER_PRACTICE_A_DAY, seconds=limits.DAY
        )


def moment_in_words(moment: datetime) -> str:
    """As people say it, in Dutch time."""
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'l j F Y')}, {formats.date_format(local, 'H:i')}"


class AnswerForm(forms.Form):
    """The owner answers."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=3000,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 8}),
        help_text=_("We mail this to the asker, without your name or address."),
    )
    meeting_at = forms.TypedChoiceField(
        label=_("When do you talk?"),
        coerce=lambda value: None if value == NO_MOMENT else datetime.fromisoformat(value),
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=_(
            "Say in your answer how: a telephone number, or a link to an online meeting. "
            "You both get it for your calendar."
        ),
    )
    field_order = ("meeting_at", "text", "owner_agrees")
    owner_agrees = forms.BooleanField(
        label=_("Everybody may read the question and this answer, if the asker agrees too"), required=False
    )

    def __init__(self, *args, question: Question, picked: str = "", **kwargs) -> None:
        """`picked` is the number of a moment, from the link in the mail that was followed."""
        super().__init__(*args, **kwargs)
        moments = question.coming_moments
        if not moments:
            del self.fields["meeting_at"]
            return
        worded = [(moment.isoformat(), moment_in_words(moment)) for moment in moments]
        self.fields["meeting_at"].choices = [*worded, (NO_MOMENT, _("None of these moments suits us"))]
        number = number_of(picked)
        if number and number <= len(question.moments):
            self.fields["meeting_at"].initial = question.moments[number - 1].isoformat()


class QuestionLimitForm(forms.ModelForm):
    """How many questions an owner can answer."""

    class Meta:
        model = Practice
        fields = ["questions_a_month"]
        labels = {"questions_a_month": _("At most so many questions a month")}
        help_texts = {"questions_a_month": _("Empty: as many as come. 0: none for now.")}
