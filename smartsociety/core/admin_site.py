"""Django's admin at /beheer/admin/, for repairs by administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class AdminSite(admin.AdminSite):
    """For administrators only, without a sign-in of its own: there is one, and it asks for a second factor."""

    site_title = site_header = "Smart Society"
    index_title = _("Administration")

    def register(
        self, model_or_iterable: Any, admin_class: type[admin.ModelAdmin] | None = None, **options: Any
    ) -> None:
        """Take in what our apps register, and not what Django and allauth register by themselves.

        We use no groups, nobody may read keys of authenticator apps, and identity providers belong in the settings.
        """
        if admin_class is None or admin_class.__module__.split(".")[0] not in ("allauth", "django"):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Only active administrators."""
        return request.user.is_active and request.user.is_superuser

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """To the sign-in of the portal; somebody who came here though signed in may not be here (403)."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(
            f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', request.path)})}"
        )

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signing out is done where everybody does it."""
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A password is changed where everybody does it."""
        return redirect("account_change_password")


class AdminConfig(DjangoAdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "smartsociety.core.admin_site.AdminSite"
