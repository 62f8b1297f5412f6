"""A ground rule: its first wording, another wording, the fieldlab that agreed, and choosing those that one follows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldlabs.models import Outcome
from knowledgebase.forms.links import PracticesField
from knowledgebase.forms.naming import OutcomeField
from knowledgebase.models import GroundRule, RuleVersion
from knowledgebase.models.rule import IN_FORCE
from smartsociety.core.slugs import unique_slug
from smartsociety.core.validators import day_until_today, plain_text
from smartsociety.core.widgets import Explained, ExplainedChoices, Textarea


class RulesField(forms.ModelMultipleChoiceField):
    """Ground rules to tick, each with what it is good for and a link to its text."""

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=GroundRule.objects.none(), widget=ExplainedChoices, **kwargs)

    def offer(self, chosen: Iterable[int]) -> None:
        """Those in force to choose from, and what was `chosen` already, however it stands now."""
        self.queryset = (
            GroundRule.objects.filter(Q(status__in=IN_FORCE) | Q(pk__in=chosen))
            .with_versions()
            .order_by("title")
        )

    def label_from_instance(self, rule: GroundRule) -> Explained:
        """Its title; with its status when it is not in force."""
        label = rule.title if rule.is_in_force else f"{rule.title} ({rule.get_status_display().lower()})"
        return Explained(label, rule.current.public_value, rule.get_absolute_url(), rule.language)


class WordingForm(forms.ModelForm):
    """Another wording, with why. `revision` is the number of the version it was written over."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RuleVersion
        fields = ["text", "public_value", "reason"]
        widgets = {
            "text": Textarea(attrs={"rows": 12}),
            "public_value": Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, rule: GroundRule, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.current = rule.current
        self.initial |= {name: getattr(self.current, name) for name in ("text", "public_value")}
        self.initial["revision"] = self.current.number
        self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        """The same words are no new version."""
        answers = super().clean()
        same = [
            answers.get(name, "").replace("\r\n", "\n") == getattr(self.current, name)
            for name in ("text", "public_value")
        ]
        if all(same):
            message = _("This is what version %(number)s says already. Change the text or the public value.")
            self.add_error("text", ValidationError(message, params={"number": self.current.number}))
        return answers


class RuleForm(forms.ModelForm):
    """What a ground rule is called, what it is about and who follows it."""

    practices = PracticesField(label=_("Practices that follow it"))

    class Meta:
        model = GroundRule
        fields = ["title", "language", "themes"]
        widgets = {"themes": forms.CheckboxSelectMultiple, "language": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["practices"].initial = self.instance.practices.all()

    def _save_m2m(self) -> None:
        """Its themes, and the practices, which say that they follow it."""
        super()._save_m2m()
        self.instance.practices.set(self.cleaned_data["practices"])


class NewRuleForm(RuleForm):
    """The same with its first wording."""

    text = RuleVersion._meta.get_field("text").formfield(
        widget=Textarea(attrs={"rows": 12}), validators=[plain_text]
    )
    public_value = RuleVersion._meta.get_field("public_value").formfield(
        widget=Textarea(attrs={"rows": 4}), validators=[plain_text]
    )

    def clean(self) -> dict:
        """Its address follows from its title."""
        self.instance.slug = unique_slug(GroundRule, self.cleaned_data.get("title", ""))
        return self.cleaned_data


class AgreeForm(forms.Form):
    """In which fieldlab, and when."""

    outcome = OutcomeField(
        queryset=Outcome.objects.none(),
        label=_("Outcome of the fieldlab"),
        help_text=_(
            "One that tells of a ground rule or standard. Type words of its title, or copy its address."
        ),
    )
    agreed_on = forms.DateField(
        label=_("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}), validators=[day_until_today]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tells_of_rules = Q(kind="ground_rule") | ~Q(ground_rules="")
        self.fields["outcome"].queryset = Outcome.objects.public().filter(tells_of_rules)
