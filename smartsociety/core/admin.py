"""The ground in Django's admin."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from smartsociety.core.models import Mail, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People and what they may do. Nobody sets somebody's password here: the owner does, through the mail."""

    list_display = ["email", "name", "roles", "is_staff", "is_superuser", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    search_fields = ["email", "name"]
    fields = [
        "email",
        "name",
        "language",
        "roles",
        "is_staff",
        "is_superuser",
        "is_active",
        "last_login",
        "date_joined",
    ]
    readonly_fields = ["last_login", "date_joined"]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: an account is switched off, so that what its owner did stays explained."""
        return False


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """What was sent to whom, without the text: it holds codes and links, and goes when the mail is sent."""

    list_display = ["created_at", "kind", "to", "subject", "sent_at", "attempts"]
    list_filter = ["kind"]
    search_fields = ["to", "subject"]
    date_hierarchy = "created_at"
    fields = [
        "to",
        "reply_to",
        "subject",
        "language",
        "kind",
        "created_at",
        "sent_at",
        "attempts",
        "last_error",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Mails come into being by `core.mail` alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        """What was sent is not rewritten."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        """Mails go by themselves after MAIL_RETENTION_DAYS."""
        return False


@admin.register(EmailAddress)
class EmailAddressAdmin(admin.ModelAdmin):
    """Addresses that people sign in with, to help somebody who lost theirs."""

    list_display = ["email", "user", "primary", "verified"]
    list_filter = ["verified"]
    search_fields = ["email"]
    autocomplete_fields = ["user"]


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """Second factors. To help somebody who lost theirs, remove it; they make a new one. Nobody sees the keys."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only its owner makes one."""
        return False
