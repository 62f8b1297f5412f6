"""Staff prove themselves twice before they have their rights: by a passkey, or a sign-in and an authenticator app."""

import time
from collections.abc import Callable
from functools import partial

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path

from smartsociety.core.models import User
from smartsociety.core.pressed import page_to_return_to

STAFF_PATH = "/beheer/"
# Recovery codes replace a lost factor for one sign-in; they are not a factor of their own.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# In the session: whose second factor was shown in it, when one was made, and where that person was going.
SHOWN_KEY = "second_factor_shown_by"
MADE_KEY = "second_factor_made_at"
NEXT_KEY = "second_factor_next"
JUST_MADE_SECONDS = 300


def has_second_factor(user: User) -> bool:
    """Whether `user` has an authenticator app or a passkey."""
    return is_mfa_enabled(user, types=FACTORS)


def mark_shown(request: HttpRequest, user: User) -> None:
    """Remember in the session that `user` has just shown a second factor, or has just made one."""
    request.session[SHOWN_KEY] = user.pk


@receiver(authenticator_used)
def _mark_shown(sender: type[Authenticator], request: HttpRequest, user: User, **kwargs: object) -> None:
    mark_shown(request, user)


@receiver(authenticator_added)
def _mark_made(sender: type[Authenticator], request: HttpRequest, user: User, **kwargs: object) -> None:
    mark_shown(request, user)
    request.session[MADE_KEY] = time.time()


def was_just_made(request: HttpRequest) -> bool:
    """Whether a second factor was made in this session a few minutes ago: its maker need not show it yet."""
    return time.time() - request.session.get(MADE_KEY, 0) < JUST_MADE_SECONDS


def was_shown(request: HttpRequest, user: User) -> bool:
    """Whether `user` showed a second factor in this session.

    Having one is not enough: a session that began before its owner got one was never asked.
    """
    return request.session.get(SHOWN_KEY) == user.pk


def was_shown_elsewhere(request: HttpRequest, user: User) -> bool:
    """Whether this session began at the organisation's own sign-in, which by our settings asks for a second factor.

    What that sign-in itself claims (`amr`, `acr`) is not believed: its meaning differs per organisation.
    """
    records = get_authentication_records(request, user)
    return settings.OIDC_ENFORCES_MFA and any(record.get("provider") == "organisation" for record in records)


class SecondFactorMiddleware:
    """Guards everything under /beheer/, in each language, the admin included; elsewhere staff have no role before that.

    A visitor goes to sign-in and back. Who is not staff gets 403. Staff without a second factor read how to get one;
    staff whose session did not show theirs are asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_as_proven, request, request.user))
        return (_is_for_staff(request.path_info) and _refusal(request)) or self.get_response(request)


def _as_proven(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    """Who asks, looked at only when somebody wants to know; without roles until the second factor was shown."""
    if user.is_authenticated and user.is_staff:
        user.is_proven = was_shown(request, user) or was_shown_elsewhere(request, user)
    return user


def _is_for_staff(path: str) -> bool:
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}" if language else "").startswith(STAFF_PATH)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """The answer to somebody who may not pass, or None."""
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if not user.is_staff:
        raise PermissionDenied
    if was_shown_elsewhere(request, user):
        return None
    if not has_second_factor(user):
        request.session[NEXT_KEY] = page_to_return_to(request)
        return render(request, "core/second_factor.html", status=403)
    if not was_shown(request, user):
        has_app = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
        asking = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
        return redirect(f"{asking}?{urlencode({'next': request.get_full_path()})}")
    return None
