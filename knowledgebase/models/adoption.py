"""An organisation takes a practice over: *Wij gebruiken dit ook*."""

from datetime import timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from knowledgebase.models.practice import Practice
from knowledgebase.use_querysets import AdoptionQuerySet
from smartsociety.core.validators import one_line, plain_text


class Stage(models.TextChoices):
    """How far the adopting organisation is. Stages move on over time; stopped is said with its reason."""

    INTERESTED = "interested", _("Interested")
    EXPLORING = "exploring", _("Exploring")
    PILOTING = "piloting", _("Piloting")
    IN_USE = "in_use", _("In use")
    ADAPTED = "adapted", _("In use, adapted")
    STOPPED = "stopped", _("Stopped")


class Scaling(models.TextChoices):
    """What kind of spreading it is (Meijer): more than copying from place to place."""

    OUT = "out", _("To another place: we do the same here")
    UP = "up", _("To a higher level: it is in policy, rules or agreements")
    DEEP = "deep", _("Deeper: people think and work in another way")
    BEYOND = "beyond", _("To another field: we use it for something else")
    IN = "in", _("Further in our own organisation: more teams use it")


# Once a year an organisation is asked whether it is still at this stage.
ASK_AFTER = timedelta(days=365)

# From here on the practice has really travelled; being interested is not yet adopting.
ADOPTED = (Stage.PILOTING, Stage.IN_USE, Stage.ADAPTED)


@pghistory.track(exclude=["claimed_by"])
class Adoption(models.Model):
    """An organisation says that it uses a practice of another. Only its own representative says so."""

    Stage, Scaling = Stage, Scaling

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    # The year of its first stage; the days of each stage are in `steps`.
    since_year = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    scaling = models.CharField(_("kind of scaling"), max_length=10, choices=Scaling, blank=True)
    changes = models.TextField(_("what you changed"), max_length=400, blank=True, validators=[plain_text])
    learned_from = models.ForeignKey(
        Organisation,
        verbose_name=_("learned from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="taught_adoptions",
    )
    stop_reason = models.CharField(_("why you stopped"), max_length=500, blank=True, validators=[one_line])
    # Whether others may ask its representatives about the practice, and how many questions a month they can answer.
    may_be_asked = models.BooleanField(_("others may ask us about it"), default=False)
    questions_a_month = models.PositiveSmallIntegerField(_("questions a month"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(_("claimed at"), db_default=Now())
    # The last day on which the organisation said that this is so, and when it was asked whether it still is.
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked whether it is still so at"), null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["claimed_at"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_organisation", fields=["practice", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_scaling_is_known",
                condition=Q(scaling__in=[*Scaling.values, ""]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stopped_says_why",
                condition=~Q(stage=Stage.STOPPED) | ~Q(stop_reason=""),
                violation_error_message=_("Say why you stopped: that is what others learn from."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_learned_from_itself",
                condition=Q(learned_from=None) | ~Q(learned_from=F("organisation")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="owner_does_not_adopt",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("practice_id", "organisation_id"),
                func="""
                    IF EXISTS (
                        SELECT FROM knowledgebase_practiceorganisation
                         WHERE practice_id = NEW.practice_id
                           AND organisation_id = NEW.organisation_id AND role = 'owner'
                    ) THEN
                        RAISE EXCEPTION 'an owner does not adopt its own practice' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.stage} {self.practice_id}"
