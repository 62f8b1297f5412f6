"""A working session of a day or more, once a quarter."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Project, Theme
from fieldlabs.querysets import FieldlabQuerySet
from smartsociety.core.localized import Localized
from smartsociety.core.states import Stateful, transitions_trigger


class Status(models.TextChoices):
    """Where a fieldlab stands."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Registration open")
    CLOSED = "closed", _("Registration closed")
    HELD = "held", _("Held")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.ANNOUNCED, Status.CANCELLED),
    Status.ANNOUNCED: (Status.OPEN, Status.CANCELLED),
    Status.OPEN: (Status.CLOSED, Status.HELD, Status.CANCELLED),
    Status.CLOSED: (Status.OPEN, Status.HELD, Status.CANCELLED),
    Status.HELD: (Status.REPORTED,),
}


@pghistory.track()
class Fieldlab(Stateful):
    """A session of the quarter: government, business, knowledge and society work on real cases."""

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    class Format(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    summary_nl = models.TextField(_("summary in Dutch"), max_length=600)
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    programme_nl = models.TextField(
        _("programme in Dutch"), max_length=5000, blank=True, help_text=_("Markdown")
    )
    programme_en = models.TextField(
        _("programme in English"), max_length=5000, blank=True, help_text=_("Markdown")
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="fieldlabs")
    projects = models.ManyToManyField(
        Project, verbose_name=_("projects of the agenda"), blank=True, related_name="fieldlabs"
    )
    host = models.ForeignKey(
        Organisation,
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_fieldlabs",
    )
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.ON_SITE)
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    capacity = models.PositiveSmallIntegerField(_("number of places"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)

    title = Localized("title")
    summary = Localized("summary")
    programme = Localized("programme")

    objects = FieldlabQuerySet.as_manager()

    class Meta:
        verbose_name = _("fieldlab")
        verbose_name_plural = _("fieldlabs")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_format_is_known",
                condition=Q(format__in=["on_site", "online", "hybrid"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_has_places", condition=Q(capacity__gt=0)),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fieldlabs:fieldlab_detail", args=[self.slug])

    @property
    def quarter(self) -> str:
        """For example "Q1 2027", after the day it starts in Amsterdam."""
        start = timezone.localtime(self.starts_at)
        return f"Q{(start.month - 1) // 3 + 1} {start.year}"

    @property
    def is_past(self) -> bool:
        """Whether it took place: only then are there outcomes."""
        return self.status in (Status.HELD, Status.REPORTED)

    @property
    def location(self) -> str:
        """Where to go, in one line."""
        if self.format == self.Format.ONLINE:
            return str(self.get_format_display())
        return ", ".join(filter(None, [self.venue, self.place]))

    def participating_organisations(self) -> models.QuerySet[Organisation]:
        """Those with a place, each once, by name."""
        return Organisation.objects.filter(registrations__in=self.registrations.seated()).distinct()
