"""How people come to act for an organisation: invited by a colleague, or by asking."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models.organisation import Membership, Organisation
from smartsociety.core.invitations import MailedInvitation
from smartsociety.core.mail_domains import domain_of, lies_in
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_text


@pghistory.track(exclude=["email", "token_hash"])
class Invitation(MailedInvitation):
    """A representative asks a colleague by mail; the link makes the colleague a member, once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_stands_once",
                fields=["organisation", "email"],
                condition=Q(accepted_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known",
                condition=Q(role__in=["representative", "editor"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class AccessStatus(models.TextChoices):
    """Where a request for access stands."""

    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


ACCESS_TRANSITIONS: dict[str, tuple[str, ...]] = {
    AccessStatus.ASKED: (AccessStatus.GRANTED, AccessStatus.REFUSED),
}


@pghistory.track(exclude=["message"])
class AccessRequest(Stateful):
    """A signed-in person asks to act for an organisation, for instance because the representative left.

    The present representatives are told; one of them or the secretariat decides.
    """

    Status = AccessStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = ACCESS_TRANSITIONS

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_requests"
    )
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)
    message = models.TextField(_("why you ask"), max_length=500, blank=True, validators=[plain_text])
    status = models.CharField(_("status"), max_length=20, choices=AccessStatus, default=AccessStatus.ASKED)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=AccessStatus.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known",
                condition=Q(role__in=["representative", "editor"]),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_asked_once",
                fields=["organisation", "user"],
                condition=Q(status="asked"),
            ),
        ]
        triggers = [transitions_trigger(ACCESS_TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id} ({self.status})"

    @property
    def evidence(self) -> list[str]:
        """Confirmed addresses of the asker in a domain of the organisation."""
        known = self.organisation.known_domains
        confirmed = [address.email for address in self.user.emailaddress_set.all() if address.verified]
        return [email for email in confirmed if lies_in(domain_of(email), known)]
