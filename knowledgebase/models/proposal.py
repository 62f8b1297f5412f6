"""A change to a published practice: proposed by who owns it, in force when an editor says so."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.practice import LINKS, Practice
from knowledgebase.models.review import Remark
from knowledgebase.querysets import ProposalQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_text


class ProposalStatus(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waits for an editor")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ProposalStatus.DRAFT: (ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN),
    ProposalStatus.SUBMITTED: (
        ProposalStatus.APPROVED,
        ProposalStatus.DECLINED,
        ProposalStatus.DRAFT,
        ProposalStatus.WITHDRAWN,
    ),
}
OPEN = (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED)


@pghistory.track()
class Proposal(Stateful):
    """Only what differs from the published text, by field; the published text stays until it is approved."""

    Status = ProposalStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = PROPOSAL_TRANSITIONS

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="proposals")
    values = models.JSONField(_("proposed text"), default=dict, blank=True)
    note = models.TextField(_("why this should change"), max_length=600, blank=True, validators=[plain_text])
    reason = models.TextField(_("what the editor says"), max_length=2000, blank=True, validators=[plain_text])
    remarks = models.JSONField(_("remarks by field"), default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(_("sent in at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=ProposalStatus.values)
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time",
                fields=["practice"],
                condition=Q(status__in=OPEN),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_four_eyes",
                condition=~Q(status=ProposalStatus.APPROVED)
                | Q(decided_by=None)
                | Q(submitted_by=None)
                | ~Q(decided_by=F("submitted_by")),
            ),
        ]
        triggers = [transitions_trigger(PROPOSAL_TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.status}"

    @property
    def is_open(self) -> bool:
        """Whether it can still come into force."""
        return self.status in OPEN

    @property
    def asked(self) -> list[Remark]:
        """What the editor says of the whole and by field, as it says so of a draft; unsaved."""
        said = ({"": self.reason} if self.reason else {}) | self.remarks
        return [Remark(field=field, text=text) for field, text in said.items()]

    @property
    def files(self) -> list[models.Model]:
        """The documents and pictures that come with it."""
        return [*self.attachments.all(), *self.pictures.all()]

    def keep(self, values: dict[str, Any]) -> None:
        """Take `values` of a form as proposed; what is as published is no proposal."""
        practice = self.practice
        for name, value in values.items():
            if name in LINKS:
                stored, now = _keys(value), _keys(getattr(practice, name).all())
            else:
                field = Practice._meta.get_field(name)
                stored, now = _stored(field, value), _stored(field, getattr(practice, name))
            self.values.pop(name, None)
            if stored != now:
                self.values[name] = stored

    def overlaid(self) -> Practice:
        """The practice as it would be, unsaved; its links are `Proposal.chosen`."""
        practice = Practice.objects.get(pk=self.practice_id)
        for name, value in self.values.items():
            if name not in LINKS:
                field = Practice._meta.get_field(name)
                setattr(practice, field.attname, value if field.is_relation else field.to_python(value))
        return practice

    def chosen(self, name: str) -> list[int]:
        """The keys of the proposed themes, tags or ground rules; those of the published text when they stay."""
        return self.values.get(name, _keys(getattr(self.practice, name).all()))


def _keys(rows) -> list[int]:
    return sorted(row.pk for row in rows)


def _stored(field: models.Field, value: Any) -> Any:
    """A value as JSON can hold it."""
    if field.is_relation:
        return value.pk if value else None
    if isinstance(field, models.DateField):
        return value.isoformat() if value else None
    return value
