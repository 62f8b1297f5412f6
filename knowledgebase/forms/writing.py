"""What every form of a practice has in common: kept half done, counted, and open about what nobody knows."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms.help import HELP
from knowledgebase.forms.rule import RulesField
from knowledgebase.models.choices import Dpia, Gap, Status
from knowledgebase.models.practice import CORE_FIELDS
from knowledgebase.models.reuse import NOTES
from smartsociety.core.forms import WebAddressField
from smartsociety.core.remarks import FieldRemark, RemarkedField
from smartsociety.core.validators import day_until_today, year_of_start
from smartsociety.core.widgets import Textarea, written_in

GAP = "gap_"
# What a number or a day can be.
LIMITS = {
    "started_year": year_of_start,
    "lead_time_months": MaxValueValidator(240, _("Fill in at most 240 months, which is 20 years.")),
    "dpia_done_on": day_until_today,
}


def form_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The control for a field of the model: several choices as tick boxes, a day as a day, an address as https."""
    if field.name in LIMITS:
        kwargs["validators"] = [LIMITS[field.name]]
    if isinstance(field, ArrayField):
        return forms.MultipleChoiceField(
            label=capfirst(field.verbose_name),
            choices=field.base_field.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    if field.name == "ground_rules":
        return RulesField(label=capfirst(field.verbose_name), required=False)
    if isinstance(field, models.URLField):
        return field.formfield(form_class=WebAddressField, **kwargs)
    if isinstance(field, models.DateField):
        return field.formfield(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)
    if isinstance(field, models.TextField):
        rows = 3 if (field.max_length or 0) <= 600 else 7
        return field.formfield(widget=Textarea({"rows": rows}), **kwargs)
    return field.formfield(**kwargs)


class WritingForm(forms.ModelForm):
    """A part of a practice. `revision` is that of the draft, or of the proposed change to a published practice."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    bound_field_class = RemarkedField
    remarks_heading = _("An editor asks:")

    def __init__(
        self, *args, revision: int, remarks: dict[str, list[FieldRemark]] | None = None, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.remarks = remarks or {}
        self.fields["revision"].initial = revision
        for name, field in self.fields.items():
            if name in HELP:
                field.help_text = HELP[name]
            if isinstance(field.widget, forms.Textarea) or name == "title":
                count(field)
                written_in(self, self.instance.language, name)
        core = {*CORE_FIELDS, "themes"} & set(self.fields) if not self.instance.is_external else ()
        for name in core:
            if self.instance.status == Status.DRAFT:
                self.fields[name].not_required = _("(needed to send it in)")
            else:  # what is published stays complete; long ago it needed no theme
                self.fields[name].required = name != "themes" or bool(self.initial.get("themes"))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed and is right, for one of the actions that save a text."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "revision" and not name.startswith(GAP)
        }


class SectionForm(WritingForm):
    """Questions for who wants to take it over. Each open one is answered by text, or by why there is none."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.notes = [name for name in self.fields if name in NOTES]
        if "ground_rules" in self.fields:
            self._offer_rules()
        for name in self.notes:
            self.fields[f"{GAP}{name}"] = forms.ChoiceField(
                label=_("No text about “%(question)s”?") % {"question": self.fields[name].label},
                choices=[("", _("There is text, or it follows later")), *Gap.choices],
                initial=self.instance.gaps.get(name, ""),
                required=False,
            )
        order = [[name, f"{GAP}{name}"] for name in self.fields if not name.startswith(GAP)]
        self.order_fields([name for pair in order for name in pair])

    @property
    def written(self) -> list[tuple[str, str]]:
        """The open questions that were answered just now, with their texts, to show how they look."""
        return [
            (str(self.fields[name].label), self.cleaned_data[name])
            for name in self.notes
            if self.cleaned_data.get(name)
        ]

    def clean(self) -> dict[str, Any]:
        """Who needs no DPIA has no date of one."""
        answers = super().clean()
        if answers.get("dpia") == Dpia.NOT_NEEDED and answers.get("dpia_done_on"):
            self.add_error(
                "dpia_done_on",
                _("You say that no DPIA is needed. Leave the date out, or change that answer."),
            )
        return answers

    def _offer_rules(self) -> None:
        """The ground rules in force, and those that were chosen before; no question when there are none."""
        field, chosen = (
            self.fields["ground_rules"],
            self.get_initial_for_field(self.fields["ground_rules"], "ground_rules"),
        )
        field.offer([getattr(rule, "pk", rule) for rule in chosen or ()])
        if not field.queryset.exists():
            del self.fields["ground_rules"]

    @property
    def values(self) -> dict[str, Any]:
        """As typed; text goes before a reason for having none."""
        values = super().values
        gaps = {name: why for name, why in self.instance.gaps.items() if name not in self.notes}
        for name in self.notes:
            if (why := self.cleaned_data.get(f"{GAP}{name}")) and not values.get(name):
                gaps[name] = why
        return {**values, "gaps": gaps}


def count(field: forms.CharField) -> None:
    """How much fits is counted while typing, by static/js/count.js; nothing is cut off what was pasted."""
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs |= {
        "data-count": field.max_length,
        "data-count-text": _("%(used)s of %(limit)s characters"),
    }
