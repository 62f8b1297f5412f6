"""What people keep for later, and how often a practice is read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from knowledgebase.models.practice import Practice


class Bookmark(models.Model):
    """A person keeps a practice for later."""

    is_content: ClassVar[bool] = False

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_is_unique", fields=["user", "practice"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.practice_id}"


class ReadCount(models.Model):
    """How often a practice was read on a day: by people of an organisation, or by whom we do not know.

    Who read is never kept: no account, no address, no cookie.
    """

    is_content: ClassVar[bool] = False

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="read_counts")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    read_on = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("count of readers")
        verbose_name_plural = _("counts of readers")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique",
                fields=["practice", "organisation", "read_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_counts_something", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.read_on}: {self.number}"
