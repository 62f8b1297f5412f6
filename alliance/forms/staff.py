"""What the secretariat types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RejectForm(forms.Form):
    """Why the secretariat cannot publish a signature; mailed to the signer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The signer reads this in the mail. Say what is missing and how to go on."),
    )
