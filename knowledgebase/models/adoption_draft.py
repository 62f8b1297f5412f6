"""What somebody wanted to say who does not speak for an organisation yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.practice import Practice


class AdoptionDraft(models.Model):
    """“We use this too”, said before its sayer represents an organisation; kept until then, or until its term."""

    is_content: ClassVar[bool] = False

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoption_drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adoption_drafts"
    )
    answers = models.JSONField(_("answers"), default=dict)  # per field of the form, as typed
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("adoption being told")
        verbose_name_plural = _("adoptions being told")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_person", fields=["practice", "user"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.practice_id}"
