"""What people type to take part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from smartsociety.core.models import User
from smartsociety.core.validators import plain_line


class RegisterForm(forms.Form):
    """A representative registers for one of their organisations."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        validators=[plain_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.represented_by(user)
        self.fields["name"].initial = user.name
