"""What people type about an adoption."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Adoption, Practice
from smartsociety.core.validators import FIRST_DAY, day_until_today
from smartsociety.core.widgets import Textarea


def _teachers(practice: Practice, organisations: QuerySet | None) -> QuerySet:
    """From whom it can have been learned: not from itself, once it is clear which organisation says so."""
    teachers = practice.teachers()
    if organisations is None or len(organisations) > 1:
        return teachers
    return teachers.exclude(pk=organisations[0].pk)


class AdoptionForm(forms.ModelForm):
    """A representative says: we use this too.

    Without `organisations` it is somebody who does not speak for one yet: all but the organisation is asked.
    """

    reached_on = forms.DateField(
        label=_("Since when?"),
        initial=timezone.localdate,
        required=False,
        help_text=_("The day on which you came this far. About is good enough."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Adoption
        fields = [
            "organisation",
            "stage",
            "learned_from",
            "scaling",
            "changes",
            "stop_reason",
            "may_be_asked",
            "questions_a_month",
        ]
        labels = {
            "organisation": _("Organisation"),
            "stage": _("How far are you?"),
            "may_be_asked": _("Others may ask us about it"),
            "questions_a_month": _("At most so many questions a month"),
        }
        widgets = {
            "stage": forms.RadioSelect,
            **{name: Textarea(attrs={"rows": 3}) for name in ("changes", "stop_reason")},
        }
        help_texts = {
            "changes": _("What did you do differently? The next one learns from it."),
            "scaling": _("In which way does the practice spread at your organisation?"),
            "stop_reason": _("Only if you stopped."),
            "may_be_asked": _(
                "Your representatives get the question by mail and answer by a link. "
                "Who asks does not see their names or addresses."
            ),
            "questions_a_month": _("Empty: as many as come. 0: none for now."),
        }

    field_order = ["organisation", "stage", "reached_on", "learned_from", "scaling", "changes", "stop_reason"]

    def __init__(self, *args, organisations, practice: Practice, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        if organisations is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations
            self.fields["organisation"].empty_label = None
        self.fields["stage"].choices = Adoption.Stage.choices
        self.fields["scaling"].choices = [("", _("We cannot say yet")), *Adoption.Scaling.choices]
        self.fields["learned_from"].queryset = _teachers(practice, organisations)
        self.fields["learned_from"].empty_label = _("From somebody else, or we do not know")
        self.fields["reached_on"].widget.attrs |= {"min": FIRST_DAY, "max": timezone.localdate()}

    def clean_reached_on(self) -> date:
        """A day in the past; today when nothing is said."""
        day = self.cleaned_data["reached_on"] or timezone.localdate()
        day_until_today(day)
        return day

    def clean_stop_reason(self) -> str:
        """In one line, as it is told later, however it was typed."""
        return " ".join(self.cleaned_data["stop_reason"].split())

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("stage") == Adoption.Stage.STOPPED and not cleaned.get("stop_reason"):
            self.add_error("stop_reason", _("Say why you stopped: that is what others learn from."))
        if cleaned.get("learned_from") and cleaned["learned_from"] == cleaned.get("organisation"):
            self.add_error("learned_from", _("Choose another organisation than your own."))
        self._comes_after_what_was(cleaned)
        return cleaned

    def _comes_after_what_was(self, cleaned: dict) -> None:
        """A new stage is not older than the last one: the history is told in order."""
        organisation = cleaned.get("organisation")
        known = organisation and self.practice.adoptions.filter(organisation=organisation).first()
        last = known and known.steps.order_by("reached_on", "pk").last()
        if (
            last
            and cleaned.get("stage") != last.stage
            and cleaned.get("reached_on", last.reached_on) < last.reached_on
        ):
            self.add_error("reached_on", _("This is before the day of your last stage."))

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, to be kept and to begin this form with another time."""
        given = self.cleaned_data
        return {
            "stage": given["stage"],
            "reached_on": given["reached_on"].isoformat(),
            "learned_from": given["learned_from"].pk if given["learned_from"] else None,
            "scaling": given["scaling"],
            "changes": given["changes"],
            "stop_reason": given["stop_reason"],
            "may_be_asked": given["may_be_asked"],
            "questions_a_month": given["questions_a_month"],
        }
