"""Who writes a practice beside the people of its owners: asked by mail, for this one practice."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.practice import Practice
from smartsociety.core.invitations import MailedInvitation


@pghistory.track()
class Author(models.Model):
    """Somebody who may write this practice, of a partner for instance."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="authors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authored_practices"
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_once", fields=["practice", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.practice_id}"


@pghistory.track(exclude=["email", "token_hash"])
class AuthorInvitation(MailedInvitation):
    """A link by mail that makes its reader an author, once."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="author_invitations")

    class Meta:
        verbose_name = _("invitation to write")
        verbose_name_plural = _("invitations to write")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_stands_once",
                fields=["practice", "email"],
                condition=Q(accepted_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}"
