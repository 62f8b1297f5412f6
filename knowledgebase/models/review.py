"""Reading before publication: who reads it, what should be better per field, what an expert finds."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.choices import Section
from knowledgebase.models.practice import CORE_FIELDS, Practice
from knowledgebase.querysets import RemarkQuerySet
from smartsociety.core.validators import one_line, plain_text

# What a remark can be about: the whole, a field of the core, or a part of what a follower wants to know.
REMARKABLE = ("", *CORE_FIELDS, *Section.values)


class Review(models.Model):
    """One round of reading, from the moment somebody took it or was asked until it ended."""

    class Ending(models.TextChoices):
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned with remarks")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reviews"
    )
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time", fields=["practice"], condition=Q(ending="")
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ending_is_known",
                condition=Q(ending__in=["", "published", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.ending}"


class Remark(models.Model):
    """What should be better about one field, or about the whole; settled when it is sent in again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    field = models.CharField(_("about"), max_length=20, blank=True)
    text = models.TextField(_("what should be better"), max_length=2000, validators=[plain_text])
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_field_is_known", condition=Q(field__in=REMARKABLE)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_text_is_not_empty", condition=~Q(text__regex=r"^\s*$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:40]}"

    @property
    def about(self) -> str:
        """The field in words."""
        if not self.field:
            return _("the whole")
        if self.field in Section.values:
            return str(Section(self.field).label)
        return str(Practice._meta.get_field(self.field).verbose_name)


@pghistory.track()
class Judgement(models.Model):
    """What an expert finds of a practice, shown with it. The expert is named by function, not by name."""

    class Verdict(models.TextChoices):
        POSITIVE = "positive", _("Fit to take over")
        CAUTIOUS = "cautious", _("Fit, with conditions")
        NEGATIVE = "negative", _("Not fit to take over")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="judgements")
    expert = models.CharField(
        _("function and organisation of the expert"), max_length=160, validators=[one_line]
    )
    verdict = models.CharField(_("judgement"), max_length=10, choices=Verdict)
    text = models.TextField(_("explanation"), max_length=1200, validators=[plain_text])
    url = models.URLField(_("address of the report"), blank=True)
    given_on = models.DateField(_("given on"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("judgement of an expert")
        verbose_name_plural = _("judgements of experts")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_verdict_is_known",
                condition=Q(verdict__in=["positive", "cautious", "negative"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.verdict}"
