"""A question that an organisation brings to a fieldlab (casus)."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Theme
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.querysets import CaseQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line, plain_text


class Status(models.TextChoices):
    """Where a case stands."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    ANSWERED = "answered", _("Answered")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.PROPOSED: (Status.ACCEPTED, Status.MERGED, Status.WITHDRAWN),
    # Back to proposed: postponed to a later fieldlab.
    Status.ACCEPTED: (Status.PROPOSED, Status.ANSWERED, Status.MERGED, Status.WITHDRAWN),
}


@pghistory.track()
class Case(Stateful):
    """What an organisation wants to know, and what help it seeks. It stays in view until it is answered."""

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=100, validators=[plain_line])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="cases"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="cases")
    question = models.TextField(
        _("question"),
        max_length=600,
        validators=[plain_text],
        help_text=_("What do you want to know or be able to do? One question."),
    )
    context = models.TextField(
        _("context"),
        max_length=2000,
        blank=True,
        validators=[plain_text],
        help_text=_("For whom is this a problem, since when, and how large is it?"),
    )
    help_sought = models.TextField(
        _("what help you seek"),
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text=_("Knowledge, technology, residents, money, colleagues with the same question …"),
    )
    existing = models.TextField(
        _("what exists already"),
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text=_("What did you try or find? Which practices come near, and why are they not enough?"),
    )
    fieldlab = models.ForeignKey(
        Fieldlab,
        verbose_name=_("fieldlab"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_cases", editable=False
    )
    postponed_times = models.PositiveSmallIntegerField(_("times postponed"), default=0, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PROPOSED)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_accepted_has_its_fieldlab",
                condition=~Q(status__in=[Status.ACCEPTED, Status.ANSWERED]) | Q(fieldlab__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_merged_into_another",
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into=None)),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fieldlabs:case_detail", args=[self.slug])


@pghistory.track()
class CaseDemand(models.Model):
    """Another organisation has the same question (“wij hebben deze vraag ook”); each counts once."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="demands")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="case_demands")
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("demand for a case")
        verbose_name_plural = _("demand for cases")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_organisation", fields=["case", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.case_id}"
