"""How sure it is that it works: each step of the ladder was earned on a day, by something that can be read."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.choices import Evidence
from knowledgebase.models.practice import Practice

# Long enough to be of use, short enough that it says something about today.
STANDS_FOR = timedelta(days=2 * 365)


class EvidenceStep(models.Model):
    """A step that was earned or confirmed, with what it rests on. The practice carries the one in force."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="evidence_steps")
    level = models.CharField(_("evidence"), max_length=20, choices=Evidence)
    note = models.TextField(_("what it rests on"), max_length=600)
    url = models.URLField(_("address of the report"), blank=True)
    earned_on = models.DateField(_("earned on"))
    ends_on = models.DateField(_("stands until"))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("step of evidence")
        verbose_name_plural = _("steps of evidence")
        ordering = ["-earned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_level_is_earned",
                condition=Q(level__in=["measured", "reproduced", "evaluated"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_began", condition=Q(ends_on__gt=F("earned_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.level}"
