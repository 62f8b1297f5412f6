"""How sure it is that it works: each step of the ladder was earned on a day, by something that can be read."""

from datetime import timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.attachment import Attachment
from knowledgebase.models.choices import Evidence
from knowledgebase.models.practice import Practice
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_text

# Long enough to be of use, short enough that it says something about today.
STANDS_FOR = timedelta(days=2 * 365)
# Its contact is asked to confirm it this long before it ends.
WARNED_BEFORE = timedelta(days=60)
# The steps that are earned; "described" is where everything begins.
EARNED = ("measured", "reproduced", "evaluated")


class EvidenceStep(models.Model):
    """A step that was earned or confirmed, with what it rests on. The practice carries the one in force."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="evidence_steps")
    level = models.CharField(_("evidence"), max_length=20, choices=Evidence)
    note = models.TextField(_("what it rests on"), max_length=600, validators=[plain_text])
    url = models.URLField(_("address of the report"), blank=True)
    earned_on = models.DateField(_("earned on"))
    ends_on = models.DateField(_("stands until"))
    warned_at = models.DateTimeField(_("asked to confirm it at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("step of evidence")
        verbose_name_plural = _("steps of evidence")
        ordering = ["-earned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_level_is_earned",
                condition=Q(level__in=EARNED),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_began", condition=Q(ends_on__gt=F("earned_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.level}"


class RequestStatus(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", _("Waits for an editor")
    GRANTED = "granted", _("Recorded")
    REFUSED = "refused", _("Not recorded")


REQUEST_TRANSITIONS: dict[str, tuple[str, ...]] = {
    RequestStatus.ASKED: (RequestStatus.GRANTED, RequestStatus.REFUSED),
}


@pghistory.track()
class EvidenceRequest(Stateful):
    """Who writes a practice says that a step was earned or still stands, and shows by what; an editor decides."""

    Status = RequestStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = REQUEST_TRANSITIONS

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="evidence_requests")
    level = models.CharField(_("evidence"), max_length=20, choices=Evidence)
    note = models.TextField(_("what it rests on"), max_length=600, validators=[plain_text])
    url = models.URLField(_("address of the report"), blank=True)
    attachment = models.ForeignKey(
        Attachment,
        verbose_name=_("attachment with the report"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    earned_on = models.DateField(_("day of the measurement or the report"))
    status = models.CharField(_("status"), max_length=10, choices=RequestStatus, default=RequestStatus.ASKED)
    reason = models.TextField(_("what the editor says"), max_length=2000, blank=True, validators=[plain_text])
    asked_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("request for evidence")
        verbose_name_plural = _("requests for evidence")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_level_is_earned", condition=Q(level__in=EARNED)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=RequestStatus.values)
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time",
                fields=["practice"],
                condition=Q(status="asked"),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_four_eyes",
                condition=~Q(status="granted")
                | Q(decided_by=None)
                | Q(asked_by=None)
                | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_refused_says_why",
                condition=~Q(status="refused") | ~Q(reason=""),
            ),
        ]
        triggers = [
            transitions_trigger(REQUEST_TRANSITIONS),
            # Asked at that moment only: later the attachment of a step may go, as its practice does.
            pgtrigger.Trigger(
                name="granted_on_what_can_be_read",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status="granted", new__url="", new__attachment__isnull=True),
                func="RAISE EXCEPTION 'nobody can read the proof' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.level} {self.status}"

    @property
    def has_proof(self) -> bool:
        """Whether it can still be read: an attachment may be gone by now."""
        return bool(self.url) or self.attachment_id is not None

    @property
    def proof(self) -> str:
        """Where it can be read: the address, or that of the attachment."""
        if self.url or self.attachment is None:
            return self.url
        return reverse("knowledgebase:attachment_download", args=[self.practice.slug, self.attachment_id])
