"""Forms of allauth that read differently here."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class _Addressed:
    """Calls an address what the rest of the portal calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail address")


class SignupForm(_Addressed, account.SignupForm):
    """Make an account."""


class AddEmailForm(_Addressed, account.AddEmailForm):
    """One more address."""


class ResetPasswordForm(_Addressed, account.ResetPasswordForm):
    """Ask for a new password."""


class RequestLoginCodeForm(_Addressed, account.RequestLoginCodeForm):
    """Ask for a code to sign in with."""


class LoginForm(_Addressed, account.LoginForm):
    """An e-mail address is enough: then a code comes by mail. Who fills in a password too, signs in with that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Allauth takes the field away when accounts are made without a password.
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        self.fields["password"] = forms.CharField(
            label=_("Password"), widget=widget, required=False, strip=False
        )


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, which is enough to sign in with unless its owner wants it as a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"] = forms.BooleanField(
            label=_("I want to sign in with this passkey alone"),
            help_text=_("Leave this on, unless your device says that it cannot do this."),
            required=False,
            initial=True,
        )


class LinkAppForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of six digits")
