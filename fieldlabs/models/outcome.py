"""What a team or case of a fieldlab yields."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.querysets import OutcomeQuerySet


@pghistory.track()
class Outcome(models.Model):
    """Made, learned, failed and what it means (duiding). Its owner is the organisation that goes on with it."""

    class Kind(models.TextChoices):
        RESULT = "result", _("Result")
        LESSON = "lesson", _("Lesson learned")
        DECISION = "decision", _("Decision")
        GROUND_RULE = "ground_rule", _("Ground rule or standard")

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.PROTECT, related_name="outcomes")
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RESULT)
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
    made = models.TextField(_("what was made"), max_length=2000, blank=True)
    learned = models.TextField(_("what was learned"), max_length=2000)
    failed = models.TextField(_("what did not work"), max_length=2000, blank=True)
    interpretation = models.TextField(
        _("interpretation"),
        max_length=2000,
        blank=True,
        help_text=_("What does this mean for other municipalities?"),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known",
                condition=Q(kind__in=["result", "lesson", "decision", "ground_rule"]),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fieldlabs:outcome_detail", args=[self.fieldlab.slug, self.slug])
