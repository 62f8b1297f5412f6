"""Precedence that editors give in search: a little more or a little less, and never over relevance."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Theme
from knowledgebase.models.practice import Practice
from knowledgebase.models.tag import Tag
from smartsociety.core.validators import one_line


@pghistory.track()
class Boost(models.Model):
    """One step up or down for a practice, or for all with a tag or a theme. See docs/search.md."""

    class Direction(models.IntegerChoices):
        UP = 1, _("A little higher")
        DOWN = -1, _("A little lower")

    practice = models.OneToOneField(
        Practice,
        verbose_name=_("practice"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="boost",
    )
    tag = models.OneToOneField(
        Tag, verbose_name=_("tag"), null=True, blank=True, on_delete=models.CASCADE, related_name="boost"
    )
    theme = models.OneToOneField(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.CASCADE, related_name="boost"
    )
    direction = models.SmallIntegerField(_("precedence"), choices=Direction, default=Direction.UP)
    reason = models.CharField(
        _("why"),
        max_length=200,
        blank=True,
        help_text=_("For your colleagues; visitors do not see it."),
        validators=[one_line],
    )

    class Meta:
        verbose_name = _("precedence")
        verbose_name_plural = _("precedences")
        ordering = ["-direction", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_step", condition=Q(direction__in=[-1, 1])
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_one_thing",
                condition=Q(practice__isnull=False, tag=None, theme=None)
                | Q(practice=None, tag__isnull=False, theme=None)
                | Q(practice=None, tag=None, theme__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.get_direction_display()}"

    @property
    def of(self) -> Practice | Tag | Theme:
        """What it is about."""
        return self.practice or self.tag or self.theme
