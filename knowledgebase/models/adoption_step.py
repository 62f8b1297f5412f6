"""How an adoption came along: one line per stage that was reached, never changed afterwards."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.adoption import Adoption, Stage
from smartsociety.core.validators import one_line


class AdoptionStep(models.Model):
    """From this day the adopting organisation is at this stage. Lines are added, never altered."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    reached_on = models.DateField(_("since"))
    stop_reason = models.CharField(_("why you stopped"), max_length=500, blank=True, validators=[one_line])
    noted_at = models.DateTimeField(_("noted at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step of an adoption")
        verbose_name_plural = _("steps of adoptions")
        ordering = ["reached_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stopped_says_why",
                condition=~Q(stage=Stage.STOPPED) | ~Q(stop_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update),
            # At the end of the transaction, so that a step goes when its whole adoption goes, and never alone.
            pgtrigger.Trigger(
                name="goes_with_its_adoption",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM knowledgebase_adoption WHERE id = OLD.adoption_id) THEN
                        RAISE EXCEPTION 'a step of an adoption is not erased' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id} {self.stage} {self.reached_on}"
