"""What a person follows, and how often the mail about it comes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Project, Theme
from knowledgebase.models.practice import Practice
from knowledgebase.models.tag import Tag

# What can be followed; exactly one of them is filled in.
TARGETS = ("theme", "tag", "practice", "organisation", "project")
LONGEST_QUERY = 500


class Frequency(models.TextChoices):
    """How often. At once means: within a quarter of an hour."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    PAUSED = "paused", _("No mail")


def _follows_one_thing() -> Q:
    filled = Q()
    for name in (*TARGETS, "query"):
        empty = {f"{other}__isnull": True for other in TARGETS if other != name}
        one = Q(query="", **{f"{name}__isnull": False}) if name != "query" else ~Q(query="")
        filled |= one & Q(**empty)
    return filled


class Subscription(models.Model):
    """A person follows a theme, tag, practice, organisation, project or saved search (the `query` of the list)."""

    is_content: ClassVar[bool] = False

    Frequency = Frequency

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    query = models.CharField(_("saved search"), max_length=LONGEST_QUERY, blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    # Everything up to here was mailed, or was there already when following began.
    seen_at = models.DateTimeField(_("told up to"), db_default=Now())

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_frequency_is_known", condition=Q(frequency__in=Frequency.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_follows_one_thing", condition=_follows_one_thing()
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_follows_once",
                fields=["user", *TARGETS, "query"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.frequency}"

    @property
    def kind(self) -> str:
        """What kind of thing is followed: a name of `TARGETS`, or "query"."""
        return next((name for name in TARGETS if getattr(self, f"{name}_id")), "query")
