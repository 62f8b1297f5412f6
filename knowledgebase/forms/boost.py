"""Editors give precedence to a practice, a tag or a theme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms.naming import PracticeField, TagField
from knowledgebase.models import Boost, Tag

SUBJECTS = ("practice", "tag", "theme")


class BoostForm(forms.ModelForm):
    """About one thing, which does not change afterwards; which way, and why."""

    practice = PracticeField(label=_("A practice"), required=False)
    tag = TagField(label=_("or all with this tag"), queryset=Tag.objects.standing(), required=False)
    question = forms.CharField(label=_("Try it on a search"), required=False, max_length=200)

    class Meta:
        model = Boost
        fields = ["practice", "tag", "theme", "direction", "reason"]
        labels = {"theme": _("or all with this theme")}
        widgets = {"direction": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in SUBJECTS:
                del self.fields[name]
            return
        self.fields["practice"].suggest()
        self.fields["theme"].empty_label = "–"

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.instance.pk or any(name in self.errors for name in SUBJECTS):
            return cleaned
        given = [name for name in SUBJECTS if cleaned.get(name)]
        if len(given) != 1:
            self.add_error("practice", _("Name one thing: a practice, a tag or a theme."))
        elif Boost.objects.filter(**{given[0]: cleaned[given[0]]}).exists():
            self.add_error(given[0], _("This has precedence already. Change it in the list."))
        return cleaned
