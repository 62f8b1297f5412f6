"""What people type about follow-ups."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models import Fieldlab, FollowUp
from smartsociety.core.validators import one_line
from smartsociety.core.widgets import Textarea


class FollowUpForm(forms.ModelForm):
    """Who does what, by which day or by which fieldlab."""

    class Meta:
        model = FollowUp
        fields = (
            "what",
            "owner_name",
            "owner_email",
            "organisation",
            "due_on",
            "due_fieldlab",
            "language",
        )
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "what": Textarea(attrs={"rows": 2}),
            "owner_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "owner_email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "what": _("One thing that can be done or not. Everybody can read it: leave names of people out."),
            "owner_name": _("The person who does it. Only programme staff see the name."),
            "owner_email": _("The owner accepts by a link in a mail, and is reminded here."),
            "due_on": _("A day, or else the fieldlab below."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner_name", "owner_email"):
            self.fields[name].required = True
        self.fields["organisation"].queryset = Organisation.objects.signatories()
        upcoming = Fieldlab.objects.filter(starts_at__gt=timezone.now()).exclude(status="cancelled")
        self.fields["due_fieldlab"].queryset = upcoming.order_by("starts_at")

    def clean_due_on(self):
        """Nobody can have done it yesterday."""
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        terms = [cleaned.get("due_on"), cleaned.get("due_fieldlab")]
        if "due_on" in cleaned and sum(term is not None for term in terms) != 1:
            self.add_error("due_on", _("Choose a day or a fieldlab, not both."))
        return cleaned


class SettleForm(forms.Form):
    """How a follow-up goes on; a reason is needed to drop it."""

    ACTIONS = (
        ("done", _("It is done")),
        ("carry_over", _("Carry over to the next fieldlab")),
        ("drop", _("Drop it")),
    )

    action = forms.ChoiceField(choices=ACTIONS)
    note = forms.CharField(label=_("Why"), max_length=300, required=False, validators=[one_line])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("action") == "drop" and not cleaned.get("note"):
            self.add_error("note", _("Tell why it is dropped: others read it."))
        return cleaned


class AnswerForm(forms.Form):
    """What the owner says, behind the link in the mail."""

    ACTIONS = (
        ("accept", _("Yes, I do this")),
        ("done", _("It is done")),
        ("drop", _("I cannot do this")),
    )

    action = forms.ChoiceField(label=_("Your answer"), choices=ACTIONS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=300,
        required=False,
        validators=[one_line],
        help_text=_("Only when you cannot do it. Everybody can read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("action") == "drop" and not cleaned.get("reason"):
            self.add_error(
                "reason", _("Tell in a few words why not, so that somebody else can take it over.")
            )
        return cleaned
