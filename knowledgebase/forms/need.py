"""What people type about a need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.forms.staff import organisation_choice
from knowledgebase.forms.naming import PracticeField
from knowledgebase.models import Need
from smartsociety.core.widgets import Textarea


class NeedForm(forms.ModelForm):
    """Tell others what you look for."""

    class Meta:
        model = Need
        fields = ["title", "organisation", "themes", "description", "language"]
        labels = {"organisation": _("Organisation")}
        widgets = {
            "description": Textarea(attrs={"rows": 5}),
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "description": _(
                "What did you try already? What must it be able to do? At most 1,000 characters."
            ),
            "themes": _("With themes you get fewer mails about things that do not fit."),
        }

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = organisation_choice(organisations, label=_("Organisation"))
        if organisations.count() == 1:
            self.fields["organisation"].empty_label = None


class NeedJoinForm(forms.Form):
    """For which organisation somebody joins."""

    organisation = forms.ModelChoiceField(queryset=None, label=_("Organisation"), empty_label=None)

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class NeedOfferForm(forms.Form):
    """Which of their practices somebody offers."""

    practice = forms.ModelChoiceField(
        queryset=None,
        to_field_name="slug",
        label=_("Which practice of yours is it?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, practices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset = practices


class NeedSettleForm(forms.Form):
    """How it ended: by a practice, or not needed any more."""

    solution = PracticeField(
        required=False,
        label=_("Which practice helped you?"),
        help_text=_(
            "Type words of its title, or copy its address from your browser. Leave this empty if none did and you "
            "no longer need it."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["solution"].suggest()
