"""One decision on many signatures at once, which can be taken back."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from smartsociety.core.validators import plain_text


@pghistory.track()
class BulkDecision(models.Model):
    """The secretariat rejected or held many signatures in one go, for instance because of abuse.

    `before` keeps by primary key the status that each had and the revision that the decision gave it: undoing puts
    every one back where it was, unless something happened to it since.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=[("reject", _("Reject")), ("hold", _("Put on hold"))]
    )
    reason = models.CharField(_("reason"), max_length=500, validators=[plain_text])
    before = models.JSONField(default=dict, editable=False)
    notified = models.BooleanField(_("signers were mailed"), default=True)
    decided_at = models.DateTimeField(_("decided at"), db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision on many signatures")
        verbose_name_plural = _("decisions on many signatures")
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known", condition=Q(kind__in=["reject", "hold"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
