"""A ground rule: its first wording, another wording, and the fieldlab that agreed."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldlabs.models import Outcome
from knowledgebase.forms.links import PracticesField
from knowledgebase.models import GroundRule, RuleVersion
from smartsociety.core.slugs import unique_slug


class WordingForm(forms.ModelForm):
    """Another wording, with why."""

    class Meta:
        model = RuleVersion
        fields = ["text", "public_value", "reason"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "public_value": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class RuleForm(forms.ModelForm):
    """What a ground rule is called, what it is about and who follows it."""

    practices = PracticesField(label=_("Practices that follow it"))

    class Meta:
        model = GroundRule
        fields = ["title", "language", "themes", "practices"]
        widgets = {"themes": forms.CheckboxSelectMultiple, "language": forms.RadioSelect}


class NewRuleForm(RuleForm):
    """The same with its first wording."""

    text = RuleVersion._meta.get_field("text").formfield(widget=forms.Textarea(attrs={"rows": 12}))
    public_value = RuleVersion._meta.get_field("public_value").formfield(
        widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict:
        """Its address follows from its title."""
        self.instance.slug = unique_slug(GroundRule, self.cleaned_data.get("title", ""))
        return self.cleaned_data


class AgreeForm(forms.Form):
    """In which fieldlab, and when."""

    outcome = forms.ModelChoiceField(
        queryset=Outcome.objects.none(),
        label=_("Outcome of the fieldlab"),
        help_text=_("Outcomes that tell of a ground rule or standard."),
    )
    agreed_on = forms.DateField(label=_("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tells_of_rules = Q(kind="ground_rule") | ~Q(ground_rules="")
        self.fields["outcome"].queryset = Outcome.objects.public().filter(tells_of_rules)
