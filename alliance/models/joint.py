"""Joint signing: a partnership signs and names the municipalities it signs for; each is asked itself."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models.organisation import Organisation
from alliance.models.signature import Signature


@pghistory.track(exclude=["email", "token_hash"])
class JointInvitation(models.Model):
    """A municipality that a partnership named. It joins only when it says so itself, by the link in the mail."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="joint_invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="joint_invitations")
    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    accepted = models.BooleanField(_("joins"), null=True)

    class Meta:
        verbose_name = _("invitation to sign together")
        verbose_name_plural = _("invitations to sign together")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_asked_once", fields=["signature", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answer_has_its_date",
                condition=Q(accepted=None, answered_at=None)
                | Q(accepted__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature_id} → {self.organisation_id}"
