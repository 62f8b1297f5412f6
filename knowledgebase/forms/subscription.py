"""How often somebody wants to hear of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.subscription import Frequency


class FollowForm(forms.Form):
    """Begin to follow."""

    frequency = forms.ChoiceField(
        label=_("How often do you want a mail?"),
        choices=[choice for choice in Frequency.choices if choice[0] != Frequency.PAUSED],
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("You get one mail with all that you follow, and only when there is something new."),
    )


class PaceForm(forms.Form):
    """Change how often."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)
