"""The report that closes a fieldlab."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fieldlabs.models.fieldlab import Fieldlab
from smartsociety.core.localized import Localized
from smartsociety.core.validators import plain_text


@pghistory.track()
class Report(models.Model):
    """What staff tell about a fieldlab, with the numbers as they were when it was published.

    It also keeps when staff were nudged to write it, and when participants were asked what they thought.
    """

    fieldlab = models.OneToOneField(Fieldlab, on_delete=models.PROTECT, related_name="report")
    summary_nl = models.TextField(_("summary in Dutch"), max_length=3000, blank=True, validators=[plain_text])
    summary_en = models.TextField(
        _("summary in English"), max_length=3000, blank=True, validators=[plain_text]
    )
    figures = models.JSONField(_("numbers"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("participants asked at"), null=True, blank=True, editable=False)
    staff_nudged_at = models.DateTimeField(_("staff nudged at"), null=True, blank=True, editable=False)
    coordinator_nudged_at = models.DateTimeField(
        _("coordinator nudged at"), null=True, blank=True, editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    summary = Localized("summary")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_is_complete",
                condition=Q(published_at=None) | (Q(figures__isnull=False) & ~Q(summary_nl="")),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="leaves_no_outcome_without_owner",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("published_at"),
                condition=pgtrigger.Q(new__published_at__isnull=False),
                func="""
                    IF EXISTS (SELECT 1 FROM fieldlabs_outcome
                                WHERE fieldlab_id = NEW.fieldlab_id AND organisation_id IS NULL) THEN
                        RAISE EXCEPTION 'an outcome of fieldlab % has no owner', NEW.fieldlab_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.fieldlab_id}"

    def get_absolute_url(self) -> str:
        return reverse("fieldlabs:report_detail", args=[self.fieldlab.slug])

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None
