"""Somebody who was asked to come to a fieldlab."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.registration import Registration, new_code
from smartsociety.core.tokens import sealed

SEAL = "fieldlabs.invitation"


@pghistory.track(exclude=["email", "code"])
class FieldlabInvitation(models.Model):
    """A personal link: it proves the mailbox, so who uses it need not confirm. Forgotten with the registrations."""

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="fieldlab_invitations",
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    sent_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("invitation to a fieldlab")
        verbose_name_plural = _("invitations to fieldlabs")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_address", fields=["fieldlab", "email"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return f"invitation #{self.pk} to {self.fieldlab_id}"

    @property
    def token(self) -> str:
        """What the personal link carries."""
        return sealed(SEAL, self.code)
