"""A working session of a day or more, once a quarter."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Project, Theme
from alliance.models.organisation import Helix
from fieldlabs.querysets import FieldlabQuerySet
from smartsociety.core.localized import Localized
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import one_line, plain_line, plain_text


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
# While it is one of these it can still be moved, and people count on it.
TO_COME = (Status.ANNOUNCED, Status.OPEN, Status.CLOSED)


def week_before() -> list[int]:
    """Hours before the start at which people are reminded, when nobody says otherwise."""
    return [7 * 24]


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
    title_nl = models.CharField(_("title in Dutch"), max_length=100, validators=[plain_line])
    title_en = models.CharField(_("title in English"), max_length=100, blank=True, validators=[plain_line])
    summary_nl = models.TextField(_("summary in Dutch"), max_length=600, validators=[plain_text])
    summary_en = models.TextField(
        _("summary in English"), max_length=600, blank=True, validators=[plain_text]
    )
    programme_nl = models.TextField(
        _("programme in Dutch"), max_length=5000, blank=True, help_text=_("Markdown"), validators=[plain_text]
    )
    programme_en = models.TextField(
        _("programme in English"),
        max_length=5000,
        blank=True,
        help_text=_("Markdown"),
        validators=[plain_text],
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
    venue = models.CharField(_("venue"), max_length=120, blank=True, validators=[one_line])
    place = models.CharField(_("place"), max_length=80, blank=True, validators=[plain_line])
    travel_nl = models.TextField(
        _("travel and access in Dutch"),
        max_length=2000,
        blank=True,
        help_text=_(
            "How to get there, and how accessible the building is: lift, toilets, hearing loop, quiet room."
        ),
        validators=[plain_text],
    )
    travel_en = models.TextField(
        _("travel and access in English"), max_length=2000, blank=True, validators=[plain_text]
    )
    online_link = models.URLField(
        _("link for online"), blank=True, help_text=_("Only people who are registered see it.")
    )
    contact_name = models.CharField(
        _("whom to ask"),
        max_length=100,
        blank=True,
        help_text=_("A role or team, for example: programme team."),
        validators=[plain_line],
    )
    contact_email = models.EmailField(
        _("address for questions"), blank=True, help_text=_("A shared mailbox.")
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    registration_opens_at = models.DateTimeField(
        _("registration opens at"), null=True, blank=True, help_text=_("Empty: when you press the button.")
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes at"), null=True, blank=True, help_text=_("Empty: when it begins.")
    )
    capacity = models.PositiveSmallIntegerField(_("number of places"))
    reserved_government = models.PositiveSmallIntegerField(_("for government"), default=0)
    reserved_business = models.PositiveSmallIntegerField(_("for business"), default=0)
    reserved_knowledge = models.PositiveSmallIntegerField(_("for knowledge"), default=0)
    reserved_society = models.PositiveSmallIntegerField(_("for society"), default=0)
    reserved_until_on = models.DateField(
        _("reserved until"),
        null=True,
        blank=True,
        help_text=_("From this day the reserved places are for everybody."),
    )
    reminder_hours = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]),
        verbose_name=_("reminders"),
        default=week_before,
        blank=True,
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    # Bookkeeping: what calendars and two people in one form go by, and which rounds of mail went out.
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    rounds_sent = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)

    title = Localized("title")
    summary = Localized("summary")
    programme = Localized("programme")
    travel = Localized("travel")

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
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reserves_no_more_than_it_has",
                condition=Q(
                    capacity__gte=F("reserved_government")
                    + F("reserved_business")
                    + F("reserved_knowledge")
                    + F("reserved_society")
                ),
                violation_error_message=_("There are more places reserved than there are."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_opens_before_it_closes",
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                violation_error_message=_("Registration must close later than it opens."),
            ),
        ]
        triggers = [
            transitions_trigger(TRANSITIONS),
            pgtrigger.Trigger(
                name="never_fewer_places_than_taken",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("capacity"),
                condition=pgtrigger.Q(new__capacity__lt=pgtrigger.F("old__capacity")),
                declare=[("taken", "integer")],
                func="""
                    SELECT count(*) INTO taken FROM fieldlabs_registration
                     WHERE fieldlab_id = NEW.id AND status IN ('registered', 'offered', 'attended', 'absent');
                    IF taken > NEW.capacity THEN
                        RAISE EXCEPTION '% places are taken', taken USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

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
    def is_to_come(self) -> bool:
        """Whether it can still be moved, and people count on it."""
        return self.status in TO_COME

    @property
    def days(self) -> int:
        """How many days it lasts, by the calendar of Amsterdam."""
        return (timezone.localtime(self.ends_at).date() - timezone.localtime(self.starts_at).date()).days + 1

    @property
    def reserved(self) -> dict[str, int]:
        """Places kept for a side of the helix, while that lasts."""
        if self.reserved_until_on and timezone.localdate() >= self.reserved_until_on:
            return {}
        kept = {side: getattr(self, f"reserved_{side}") for side in Helix.values}
        return {side: number for side, number in kept.items() if number}

    @property
    def location(self) -> str:
        """Where to go, in one line."""
        if self.format == self.Format.ONLINE:
            return str(self.get_format_display())
        return ", ".join(filter(None, [self.venue, self.place]))

    def participating_organisations(self) -> models.QuerySet[Organisation]:
        """Those with a place, each once, by name."""
        return Organisation.objects.filter(registrations__in=self.registrations.coming()).distinct()
