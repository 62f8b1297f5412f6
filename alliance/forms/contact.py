"""What somebody asks, and what the secretariat answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Enquiry
from smartsociety.core import limits
from smartsociety.core.validators import plain_text
from smartsociety.core.widgets import Textarea

DAY, HOUR = 24 * 60 * 60, 60 * 60
# Enough for a person who forgot something, useless to someone who wants to fill another's mailbox.
PER_ADDRESS_A_DAY = 3
# A whole town hall shares one network.
PER_NETWORK_AN_HOUR = 20


class EnquiryForm(forms.ModelForm):
    """Wilt u meedoen? Whoever is not ready to sign asks something.

    `trap` is a field that people do not see and that programs fill in.
    """

    trap = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Enquiry
        fields = ["subject", "organisation_name", "name", "email", "message"]
        labels = {"name": _("Your name"), "email": _("Your e-mail address")}
        widgets = {
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "message": Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "subject": _("In a few words, for example: signing as a small municipality."),
            "email": _("We answer to this address. It is not published."),
            "message": _("At most 3,000 characters. Please leave out details of other people."),
        }

    def __init__(self, *args, network: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.network = network

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled this in."""
        return bool(self.data.get(self.add_prefix("trap"), ""))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not self._within_limits(cleaned["email"].lower()):
            raise forms.ValidationError(
                _("We received several questions from you or your network. Please try again later.")
            )
        return cleaned

    def _within_limits(self, address: str) -> bool:
        network = f"contact:network:{self.network}"
        return limits.allowed(network, limit=PER_NETWORK_AN_HOUR, seconds=HOUR) and limits.allowed(
            f"contact:address:{address}", limit=PER_ADDRESS_A_DAY, seconds=DAY
        )


class AnswerForm(forms.Form):
    """The secretariat answers; the answer is mailed."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=5000,
        validators=[plain_text],
        widget=Textarea(attrs={"rows": 10}),
        help_text=_("This is mailed to the asker, above the question."),
    )
