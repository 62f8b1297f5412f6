"""What a team or case of a fieldlab yields: the minutes of what was made, learned and decided."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models.case import Case
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.querysets import OutcomeQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line, plain_text


class Status(models.TextChoices):
    """Where an outcome stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.PUBLISHED,),
    Status.PUBLISHED: (Status.DRAFT,),
}
# The texts of the minutes, in the order of the page.
TEXTS = ("made", "learned", "failed", "interpretation", "decisions", "ground_rules")


@pghistory.track()
class Outcome(Stateful):
    """Made, learned, failed and what it means (duiding). Its owner is the organisation that goes on with it.

    `revision` counts its changes, so that two writers do not overwrite each other.
    """

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    class Kind(models.TextChoices):
        RESULT = "result", _("Result")
        LESSON = "lesson", _("Lesson learned")
        DECISION = "decision", _("Decision")
        GROUND_RULE = "ground_rule", _("Ground rule or standard")

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.PROTECT, related_name="outcomes")
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=100, validators=[plain_line])
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
        help_text=_("The question that this outcome answers, if it was a case."),
    )
    team = models.CharField(_("team"), max_length=80, blank=True, validators=[plain_line])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RESULT)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outcomes",
        help_text=_("The organisation that goes on with it. It can follow later, but a report needs it."),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    made = models.TextField(_("what was made"), max_length=4000, blank=True, validators=[plain_text])
    learned = models.TextField(_("what was learned"), max_length=4000, blank=True, validators=[plain_text])
    failed = models.TextField(_("what did not work"), max_length=4000, blank=True, validators=[plain_text])
    interpretation = models.TextField(
        _("interpretation"),
        max_length=4000,
        blank=True,
        help_text=_("What does this mean for other municipalities?"),
        validators=[plain_text],
    )
    decisions = models.TextField(_("decisions"), max_length=4000, blank=True, validators=[plain_text])
    ground_rules = models.TextField(
        _("ground rules and standards agreed"), max_length=4000, blank=True, validators=[plain_text]
    )
    video_url = models.URLField(_("address of a film"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known",
                condition=Q(kind__in=["result", "lesson", "decision", "ground_rule"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_tells_what_was_learned",
                condition=Q(status="draft") | ~Q(learned=""),
                violation_error_message=_("Before it is published, an outcome tells what was learned."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_its_date",
                condition=Q(status="draft") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_film_has_a_safe_address",
                condition=Q(video_url="") | Q(video_url__startswith="https://"),
                violation_error_message=_("The address of a film starts with https://."),
            ),
        ]
        triggers = [
            transitions_trigger(TRANSITIONS),
            pgtrigger.Trigger(
                name="reported_has_an_owner",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("organisation_id", "fieldlab_id"),
                condition=pgtrigger.Q(new__organisation_id__isnull=True),
                func="""
                    IF EXISTS (SELECT 1 FROM fieldlabs_report
                                WHERE fieldlab_id = NEW.fieldlab_id AND published_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'outcome % of a reported fieldlab has no owner', NEW.slug
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fieldlabs:outcome_detail", args=[self.fieldlab.slug, self.slug])

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it, once its fieldlab was held."""
        return self.status == Status.PUBLISHED

    @property
    def missing(self) -> list[str]:
        """What must still be filled in before the report can be published."""
        wanted = {"organisation": self.organisation_id, "learned": self.learned}
        return [str(self._meta.get_field(name).verbose_name) for name, value in wanted.items() if not value]
