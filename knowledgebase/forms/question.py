"""What somebody asks about a practice, and what is answered."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.addressees import Addressee
from knowledgebase.models import Practice, Question
from knowledgebase.models.question import MOST_MOMENTS
from smartsociety.core import limits
from smartsociety.core.contact_details import contact_in
from smartsociety.core.models import User
from smartsociety.core.numbers import number_of
from smartsociety.core.validators import one_line, plain_text
from smartsociety.core.widgets import Textarea

# Enough for who is serious, useless for who wants to fill mailboxes.
PER_PERSON_A_DAY, PER_ADDRESSEE_A_DAY = 5, 10
NO_MOMENT = "none"


def to_come(moment: datetime) -> None:
    """A moment that is still to come."""
    if moment <= timezone.now():
        raise forms.ValidationError(_("Propose a moment that is still to come."))


def moment_field(nth: int) -> forms.DateTimeField:
    """One of the moments that an asker can propose to talk; the first one tells what it is for."""
    labels = (_("When could you talk?"), _("A second moment"), _("A third moment"))
    help_text = _(
        "Only if you want to talk. Propose up to three moments; who answers picks one. "
        "Half an hour, by telephone or online; Dutch time."
    )
    return forms.DateTimeField(
        label=labels[nth],
        required=False,
        validators=[to_come],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="" if nth else help_text,
    )


def without_contact(form: forms.Form, *, agrees: str) -> None:
    """Who agrees (the field `agrees`) that everybody reads `text` leaves no address or number in it."""
    found = contact_in(form.cleaned_data.get("text", ""))
    if form.cleaned_data.get(agrees) and found:
        message = _("Take “%(found)s” out of the text, or untick “%(agrees)s”.")
        form.add_error("text", message % {"found": found, "agrees": form.fields[agrees].label})


class QuestionForm(forms.ModelForm):
    """Ask the owner of a practice, or who uses it too, something or for a talk."""

    class Meta:
        model = Question
        fields = ["text", "asker_agrees"]
        labels = {
            "asker_agrees": _("Everybody may read my question and the answer, if who answers agrees too"),
        }
        widgets = {"text": Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": _("At most 1,500 characters. Leave out details of people, and your own address."),
        }

    to = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)
    moment_1, moment_2, moment_3 = (moment_field(nth) for nth in range(MOST_MOMENTS))
    field_order = ("to", "text", "moment_1", "moment_2", "moment_3", "asker_agrees")

    def __init__(
        self,
        *args,
        practice: Practice,
        user: User,
        addressees: Sequence[Addressee],
        named: str = "",
        **kwargs,
    ) -> None:
        """With one of `addressees` there is nothing to choose; `named` is the choice that stands ready."""
        super().__init__(*args, **kwargs)
        self.practice, self.user = practice, user
        self.addressees = {each.key: each for each in addressees}
        if len(self.addressees) < 2:
            del self.fields["to"]
            return
        self.fields["to"].choices = [(each.key, each.in_words) for each in addressees]
        first = next((each.key for each in addressees if not each.is_full), None)
        self.fields["to"].initial = named if named in self.addressees else first

    def clean(self) -> dict:
        """The moments become one list, the earliest first; whom it is for becomes its adoption, None for the owner."""
        cleaned = super().clean()
        without_contact(self, agrees="asker_agrees")
        key = cleaned.pop("to", next(iter(self.addressees), ""))
        cleaned["adoption"] = self.addressees[key].adoption if key in self.addressees else None
        cleaned["moments"] = sorted(
            {moment for nth in range(MOST_MOMENTS) if (moment := cleaned.pop(f"moment_{nth + 1}", None))}
        )
        if not self.errors and not self._is_sent_again(cleaned) and not self._within_limits(cleaned):
            raise forms.ValidationError(_("You or others asked a lot today. Please try again tomorrow."))
        return cleaned

    def _is_sent_again(self, cleaned: dict) -> bool:
        said = {name: cleaned[name] for name in ("adoption", "text", "moments")}
        return Question.objects.standing(practice=self.practice, by=self.user, **said).exists()

    def _within_limits(self, cleaned: dict) -> bool:
        adoption = cleaned["adoption"]
        addressee = f"organisation:{adoption.organisation_id}" if adoption else f"practice:{self.practice.pk}"
        return limits.allowed(
            f"question:person:{self.user.pk}", limit=PER_PERSON_A_DAY, seconds=limits.DAY
        ) and limits.allowed(f"question:{addressee}", limit=PER_ADDRESSEE_A_DAY, seconds=limits.DAY)


def moment_in_words(moment: datetime) -> str:
    """As people say it, in Dutch time."""
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'l j F Y')}, {formats.date_format(local, 'H:i')}"


class AnswerForm(forms.Form):
    """The owner, or the organisation that was asked, answers."""

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
        help_text=_("You both get it for your calendar."),
    )
    how_to_talk = forms.CharField(
        label=_("How do you talk?"),
        max_length=300,
        required=False,
        validators=[one_line],
        help_text=_(
            "A telephone number, a link to an online meeting, or a place. Only the asker and you get this. "
            "It is never public, and we erase it a month after the talk."
        ),
    )
    field_order = ("meeting_at", "how_to_talk", "text", "owner_agrees")
    owner_agrees = forms.BooleanField(
        label=_("Everybody may read the question and this answer, if the asker agrees too"), required=False
    )

    def __init__(self, *args, question: Question, picked: str = "", **kwargs) -> None:
        """`picked` is the number of a moment, from the link in the mail that was followed."""
        super().__init__(*args, **kwargs)
        moments = question.coming_moments
        if not question.moments:
            del self.fields["how_to_talk"]
        if not moments:
            del self.fields["meeting_at"]
            return
        worded = [(moment.isoformat(), moment_in_words(moment)) for moment in moments]
        self.fields["meeting_at"].choices = [*worded, (NO_MOMENT, _("None of these moments suits us"))]
        number = number_of(picked)
        if number and number <= len(question.moments):
            self.fields["meeting_at"].initial = question.moments[number - 1].isoformat()

    def clean(self) -> dict:
        """Who agrees on a talk says how, and not where everybody may read it."""
        cleaned = super().clean()
        without_contact(self, agrees="owner_agrees")
        if cleaned.get("meeting_at") and not cleaned.get("how_to_talk") and "how_to_talk" not in self.errors:
            self.add_error("how_to_talk", _("Say how you talk: a telephone number, a link or a place."))
        return cleaned


class QuestionLimitForm(forms.ModelForm):
    """How many questions an owner can answer."""

    class Meta:
        model = Practice
        fields = ["questions_a_month"]
        labels = {"questions_a_month": _("At most so many questions a month")}
        help_texts = {"questions_a_month": _("Empty: as many as come. 0: none for now.")}
