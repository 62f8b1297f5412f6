"""How allauth behaves here: mails through our queue in the person's language, staff to their workspace."""

from io import BytesIO
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage

from smartsociety.core.mail import queue
from smartsociety.core.models import User
from smartsociety.core.pressed import WAITING_KEY, waits
from smartsociety.core.second_factor import was_just_made


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address, open to everybody; only roles and memberships give rights."""

    # Allauth's own Dutch says "je", and calls things otherwise than our pages do.
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is switched off."),
        "cannot_remove_primary_email": gettext_lazy(
            "This is your main address. First choose another main address."
        ),
        "duplicate_email": gettext_lazy("This address already belongs to your account."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "email_taken": gettext_lazy("This e-mail address already belongs to another account."),
        "enter_current_password": gettext_lazy("Enter your present password."),
        "incorrect_code": gettext_lazy(
            "This code is not right. Look at the newest mail or at your app, and type it again."
        ),
        "incorrect_password": gettext_lazy("This password is not right."),
        "invalid_or_expired_key": gettext_lazy("This code does not work any more. Ask for a new one."),
        "invalid_login": gettext_lazy("Enter an e-mail address."),
        "invalid_password_reset": gettext_lazy("This code does not work any more. Ask for a new one."),
        "max_email_addresses": gettext_lazy("You cannot have more than %d e-mail addresses."),
        "too_many_login_attempts": gettext_lazy(
            "You tried this very often in a short time. Wait a few minutes and try again."
        ),
        "unverified_primary_email": gettext_lazy("First confirm the address, then make it the main one."),
        "same_as_current": gettext_lazy("This is what it was already. Enter something else."),
        "rate_limited": gettext_lazy(
            "You tried this very often in a short time. Wait a few minutes and try again."
        ),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail that `<template_prefix>_subject.txt` and `…_message.txt` word.

        To somebody with an account in their own language, to others in the language of the page they are on.
        """
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = user.language if user else get_language()
        context = {
            **context,
            "email": email,
            "site_url": settings.SITE_URL,
            "name": user.name if user else "",
        }
        with override(language):
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
            text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        queue(kind=template_prefix, to=email, language=language, subject=subject, text=text)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Ways to show that it is you, in the words of our pages."""
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey or security key"),
        }
        ways = [
            {**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)
        ]
        # A passkey before a recovery code, which is what the other way is for somebody without an app.
        has_app = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
        return ways if has_app else sorted(ways, key=lambda way: way["id"] == "mfa_reauthenticate")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after making a second factor: its maker goes on to the recovery codes."""
        return super().is_reauthentication_required(app=app, **kwargs) and not was_just_made(self.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their workspace, others to their own page; an address in `next` goes before this."""
        return resolve_url("staff_home" if request.user.is_staff else settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Back on the page of a button that was pressed while signed out, its reader is told to press it again."""
        response = super().post_login(request, user, **kwargs)
        if waits(request, response.url):
            messages.warning(request, _("Nothing was changed yet. Press the button once more."))
        request.session.pop(WAITING_KEY, None)
        return response

    def clean_email(self, email: str) -> str:
        """Addresses are kept in lower case, as the database demands."""
        return super().clean_email(email).lower()

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """A new account speaks the language of the page where it was made."""
        user.language = get_language()
        return super().save_user(request, user, form, commit)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the organisation's own provider. It proves who somebody is and never gives rights."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": gettext_lazy(
            "There is already an account with this e-mail address. "
            "Sign in to it with a code, then link your account at %s."
        ),
        "no_password": gettext_lazy("First choose a password, or you cannot sign in any more."),
        "no_verified_email": gettext_lazy("First confirm an e-mail address, or you cannot sign in any more."),
        "disconnect_last": gettext_lazy("This is your only way to sign in. It stays linked."),
        "connected_other": gettext_lazy("That account is already linked to somebody else."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """A new account with what the provider tells: name and address, nothing that gives rights."""
        user = super().populate_user(request, sociallogin, data)
        user.email = user.email.lower()
        user.name = (data.get("name") or "")[:100]
        user.language = get_language()
        return user

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Only our configured provider may sign people in to an account that has the same, twice verified, address."""
        ours = login.account.provider == "organisation"  # its `provider_id` in the settings
        return ours and EmailAddress.objects.filter(email__iexact=email, verified=True).exists()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": gettext_lazy("First add a passkey or link an authenticator app."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": gettext_lazy(
            "First confirm all your e-mail addresses, or remove those that you do not use."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 allauth names it
        """A name for a passkey whose owner gives none."""
        return _("Passkey %(number)s") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def build_totp_svg(self, url: str) -> str:
        """The QR code on a white ground of its own, so that phones also read it on a dark page."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a device shows as the place where the passkey works."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Smart Society"}
