"""What happens when at a fieldlab, and who goes where."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldlabs.models.case import Case
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.registration import Registration
from fieldlabs.querysets import ProgrammeItemQuerySet
from smartsociety.core.localized import Localized
from smartsociety.core.validators import one_line, plain_line, plain_text


@pghistory.track(exclude=["lead"])
class ProgrammeItem(models.Model):
    """A part of the programme: for everybody, or for who chooses it."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        TRACK = "track", _("Track")
        TEAM = "team", _("Team session")
        DEMO = "demo", _("Demo")
        DEMO_MARKET = "demo_market", _("Demo market")

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PLENARY)
    title_nl = models.CharField(_("title in Dutch"), max_length=100, validators=[plain_line])
    title_en = models.CharField(_("title in English"), max_length=100, blank=True, validators=[plain_line])
    description_nl = models.TextField(
        _("description in Dutch"), max_length=600, blank=True, validators=[plain_text]
    )
    description_en = models.TextField(
        _("description in English"), max_length=600, blank=True, validators=[plain_text]
    )
    case = models.ForeignKey(
        Case, verbose_name=_("case"), null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.CharField(_("room"), max_length=80, blank=True, validators=[one_line])
    online_link = models.URLField(
        _("link for online"), blank=True, help_text=_("Only people who are registered see it.")
    )
    lead = models.CharField(
        _("lead"),
        max_length=100,
        blank=True,
        validators=[plain_line],
        help_text=_("Who leads it: an organisation, or a person who agreed to be named here."),
    )
    capacity = models.PositiveSmallIntegerField(
        _("number of places"), null=True, blank=True, help_text=_("Empty: room for everybody.")
    )

    title = Localized("title")
    description = Localized("description")

    objects = ProgrammeItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the programme")
        verbose_name_plural = _("parts of the programme")
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known",
                condition=Q(kind__in=["plenary", "track", "team", "demo", "demo_market"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_places", condition=Q(capacity=None) | Q(capacity__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_chosen(self) -> bool:
        """Whether people choose it; a plenary part is for everybody."""
        return self.kind != self.Kind.PLENARY

    def overlaps(self, other: "ProgrammeItem") -> bool:
        """Whether one person cannot be at both."""
        return self.pk != other.pk and self.starts_at < other.ends_at and other.starts_at < self.ends_at


@pghistory.track()
class SessionChoice(models.Model):
    """Somebody with a place goes to this part of the programme; never more than it has places."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="choices")
    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="choices")

    class Meta:
        verbose_name = _("choice of a session")
        verbose_name_plural = _("choices of sessions")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_chosen_once", fields=["registration", "item"]
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_more_than_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("places", "integer"), ("taken", "integer")],
                func="""
                    SELECT capacity INTO places FROM fieldlabs_programmeitem WHERE id = NEW.item_id FOR NO KEY UPDATE;
                    SELECT count(*) INTO taken FROM fieldlabs_sessionchoice WHERE item_id = NEW.item_id;
                    IF taken >= places THEN
                        RAISE EXCEPTION 'session % is full', NEW.item_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} → {self.item_id}"
