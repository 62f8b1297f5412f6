"""What was agreed to do next, by whom and by when; it stands until it is done or dropped with a reason."""

from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.outcome import Outcome
from fieldlabs.querysets import FollowUpQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import one_line, plain_line, plain_text


class Status(models.TextChoices):
    """Where a follow-up stands."""

    ASKED = "asked", _("Waits for its owner")
    ACCEPTED = "accepted", _("Accepted")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.ASKED: (Status.ACCEPTED, Status.DONE, Status.DROPPED),
    Status.ACCEPTED: (Status.DONE, Status.DROPPED),
    Status.DONE: (Status.ACCEPTED,),  # it turned out not to be
}
STANDING = (Status.ASKED, Status.ACCEPTED)


@pghistory.track(exclude=["owner_name", "owner_email", "token_hash"])
class FollowUp(Stateful):
    """One thing that one person does, for an organisation or not, by a day or by a fieldlab."""

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    fieldlab = models.ForeignKey(
        Fieldlab, verbose_name=_("fieldlab"), on_delete=models.PROTECT, related_name="followups"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="followups"
    )
    what = models.CharField(_("what"), max_length=300, validators=[plain_text])
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followups",
    )
    owner_name = models.CharField(_("who"), max_length=100, blank=True, validators=[plain_line])
    owner_email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    due_on = models.DateField(_("by which day"), null=True, blank=True)
    due_fieldlab = models.ForeignKey(
        Fieldlab,
        verbose_name=_("by which fieldlab"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followups_due",
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ASKED)
    reason = models.CharField(_("reason"), max_length=300, blank=True, validators=[one_line])
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 none is unlike another
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_one_term",
                condition=Q(due_on__isnull=True, due_fieldlab__isnull=False)
                | Q(due_on__isnull=False, due_fieldlab__isnull=True),
                violation_error_message=_("Choose a day or a fieldlab, not both."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stands_with_an_owner",
                condition=~Q(status__in=STANDING) | (~Q(owner_email="") & ~Q(owner_name="")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_settled_has_its_date",
                condition=Q(status__in=STANDING, settled_at=None)
                | (~Q(status__in=STANDING) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dropped_has_its_reason",
                condition=~Q(status="dropped") | ~Q(reason=""),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return self.what

    @property
    def is_standing(self) -> bool:
        """Whether it is still to be done."""
        return self.status in STANDING

    @property
    def due(self) -> date:
        """The day by which it is to be done: its own, or the first one of the fieldlab."""
        return self.due_on or timezone.localdate(self.due_fieldlab.starts_at)

    @property
    def is_overdue(self) -> bool:
        """Whether that day has passed and it is not done."""
        return self.is_standing and self.due < timezone.localdate()


@pghistory.track()
class CarriedOver(models.Model):
    """A follow-up that was not done in time went on to a later fieldlab."""

    followup = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="carried")
    was_due_on = models.DateField(_("was due on"))
    to_fieldlab = models.ForeignKey(Fieldlab, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("why"), max_length=300, blank=True, validators=[one_line])
    carried_at = models.DateTimeField(_("carried over at"), db_default=Now(), editable=False)
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("follow-up carried over")
        verbose_name_plural = _("follow-ups carried over")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.followup_id} → {self.to_fieldlab_id}"
