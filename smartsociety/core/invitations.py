"""Asking somebody by mail to join in: a link that works once, for whoever reads that mailbox, for a while."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token, new_token

INVITATION_TERM = timedelta(days=14)
# After its term an invitation is of no use; its address goes a while later.
INVITATIONS_KEPT = timedelta(days=30)


class InvitationQuerySet(models.QuerySet):
    """Invitations by mail."""

    def standing(self) -> "InvitationQuerySet":
        """Those of which the link still works."""
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> "InvitationQuerySet":
        """The one behind this link, if that still works."""
        return self.standing().filter(token_hash=hash_token(token))

    def to_forget(self) -> "InvitationQuerySet":
        """Those whose term ended a while ago."""
        return self.filter(expires_at__lt=timezone.now() - INVITATIONS_KEPT)

    def renew(self, *, by: User, **asked: Any) -> tuple[Any, str]:
        """The invitation of these fields with a new term, made when it is not there, and the token for its link.

        The link of before dies. Fields that may differ from before go in `defaults`.
        """
        token, token_hash = new_token()
        terms = {
            **asked.pop("defaults", {}),
            "token_hash": token_hash,
            "invited_by": by,
            "expires_at": timezone.now() + INVITATION_TERM,
        }
        invitation, _created = self.update_or_create(**asked, accepted_at=None, defaults=terms)
        return invitation, token


class MailedInvitation(models.Model):
    """What every invitation by mail has. A subclass says to what, and keeps one standing per address."""

    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
