"""What one organisation did, honest enough for the next one to judge and take over."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Organisation, Project, Theme
from fieldlabs.models import Outcome
from knowledgebase.querysets import PracticeQuerySet
from knowledgebase.search import weighted_vector
from smartsociety.core.states import Stateful, transitions_trigger


class Status(models.TextChoices):
    """Where a practice stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.SUBMITTED,),
    Status.SUBMITTED: (Status.IN_REVIEW, Status.DRAFT),
    Status.IN_REVIEW: (Status.PUBLISHED, Status.DRAFT),
    Status.PUBLISHED: (Status.ARCHIVED,),
    Status.ARCHIVED: (Status.PUBLISHED,),
}


class Phase(models.TextChoices):
    """How far it came. Stopped is as welcome as scaled."""

    IDEA = "idea", _("Idea")
    EXPLORATION = "exploration", _("Exploration")
    PILOT = "pilot", _("Pilot")
    IN_USE = "in_use", _("In use")
    SCALED = "scaled", _("Scaled up")
    STOPPED = "stopped", _("Stopped")


class Cost(models.TextChoices):
    """Ranges of euros; "unknown" is a real answer."""

    NONE = "none", _("No costs")
    LT_5K = "lt_5k", _("less than € 5,000")
    FROM_5K = "5k_25k", _("€ 5,000 to € 25,000")
    FROM_25K = "25k_100k", _("€ 25,000 to € 100,000")
    FROM_100K = "100k_500k", _("€ 100,000 to € 500,000")
    GT_500K = "gt_500k", _("more than € 500,000")
    UNKNOWN = "unknown", _("Not known yet")


class Effort(models.TextChoices):
    """Hours of own staff."""

    LT_40 = "lt_40", _("less than 40 hours")
    FROM_40 = "40_200", _("40 to 200 hours")
    FROM_200 = "200_800", _("200 to 800 hours")
    GT_800 = "gt_800", _("more than 800 hours")
    UNKNOWN = "unknown", _("Not known yet")


class Dpia(models.TextChoices):
    """Whether a data protection impact assessment was done (AVG art. 35)."""

    DONE = "done", _("DPIA done")
    NOT_NEEDED = "not_needed", _("No DPIA needed")
    NOT_YET = "not_yet", _("No DPIA yet")
    UNKNOWN = "unknown", _("Not known yet")


# Empty is allowed in a draft, not in what is sent in for review.
CORE_FIELDS = (
    "title",
    "summary",
    "problem",
    "approach",
    "result",
    "shortfall",
    "contact_role",
    "contact_email",
)


@pghistory.track(exclude=["search_vector"])
class Practice(Stateful):
    """A practice (praktijkvoorbeeld): ten core fields first, what a follower needs to know later.

    `shortfall`, what did not work, is one of the core fields: it is what others need most.
    """

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=80)
    summary = models.TextField(_("summary"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="practices", blank=True)
    organisations = models.ManyToManyField(
        Organisation, through="PracticeOrganisation", related_name="practices"
    )
    outcome = models.ForeignKey(
        Outcome,
        verbose_name=_("outcome it came from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project of the agenda"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, default=Phase.PILOT)
    stop_reason = models.CharField(_("why it stopped"), max_length=500, blank=True)

    problem = models.TextField(_("problem and occasion"), max_length=900, blank=True)
    approach = models.TextField(_("what we did"), max_length=1200, blank=True)
    result = models.TextField(_("result, and how it was measured"), max_length=900, blank=True)
    shortfall = models.TextField(_("what did not work"), max_length=900, blank=True)
    contact_role = models.CharField(_("function of the contact"), max_length=80, blank=True)
    contact_email = models.EmailField(_("shared mailbox"), blank=True)
    started_year = models.PositiveSmallIntegerField(_("year it started"), null=True, blank=True)

    building_blocks = ArrayField(
        models.CharField(max_length=20, choices=BuildingBlock),
        verbose_name=_("building blocks"),
        default=list,
        blank=True,
    )
    cost_once = models.CharField(_("one-off costs"), max_length=20, choices=Cost, default=Cost.UNKNOWN)
    cost_yearly = models.CharField(_("costs per year"), max_length=20, choices=Cost, default=Cost.UNKNOWN)
    cost_note = models.TextField(_("about the costs"), max_length=600, blank=True)
    effort = models.CharField(_("own hours"), max_length=20, choices=Effort, default=Effort.UNKNOWN)
    effort_note = models.TextField(_("about the hours"), max_length=400, blank=True)
    lead_time_months = models.PositiveSmallIntegerField(_("lead time in months"), null=True, blank=True)
    supplier_note = models.TextField(_("who can supply it"), max_length=400, blank=True)
    legal_note = models.TextField(_("legal basis and procurement"), max_length=500, blank=True)
    dpia = models.CharField(_("DPIA"), max_length=20, choices=Dpia, default=Dpia.UNKNOWN)
    specific_note = models.TextField(_("what is specific to us"), max_length=500, blank=True)
    adapt_note = models.TextField(_("what you must adapt"), max_length=500, blank=True)
    source_url = models.URLField(_("source code"), blank=True)
    licence = models.CharField(_("licence of the source code"), max_length=40, blank=True)

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    # How many questions a month its owner can answer; empty is as many as come.
    questions_a_month = models.PositiveSmallIntegerField(_("questions a month"), null=True, blank=True)
    search_vector = models.GeneratedField(
        expression=Case(
            When(
                language="en",
                then=weighted_vector(
                    "english", a="title", b="summary", c=("problem", "approach", "result", "shortfall")
                ),
            ),
            default=weighted_vector(
                "dutch", a="title", b="summary", c=("problem", "approach", "result", "shortfall")
            ),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-published_at", "-pk"]
        indexes = [
            GinIndex(fields=["search_vector"], name="knowledgebase_practice_search"),
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="knowledgebase_practice_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_phase_is_known", condition=Q(phase__in=Phase.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_costs_are_known",
                condition=Q(cost_once__in=Cost.values, cost_yearly__in=Cost.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_effort_is_known", condition=Q(effort__in=Effort.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dpia_is_known", condition=Q(dpia__in=Dpia.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stopped_says_why",
                condition=~Q(phase=Phase.STOPPED) | ~Q(stop_reason=""),
                violation_error_message=_("Say why it stopped: that is what others learn from."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_in_is_complete",
                condition=Q(status=Status.DRAFT) | ~Q(*((name, "") for name in CORE_FIELDS), _connector=Q.OR),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_its_date",
                condition=~Q(status__in=[Status.PUBLISHED, Status.ARCHIVED]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_four_eyes",
                condition=Q(published_by=None) | Q(submitted_by=None) | ~Q(published_by=F("submitted_by")),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:practice_detail", args=[self.slug])

    @property
    def missing_core_fields(self) -> list[str]:
        """Labels of core fields that are still empty; none means it can be sent in."""
        return [self._meta.get_field(name).verbose_name for name in CORE_FIELDS if not getattr(self, name)]

    @property
    def owner_names(self) -> str:
        """Names of the owners; needs `with_card_data`."""
        return ", ".join(part.organisation.name for part in self.owners)

    @property
    def building_block_labels(self) -> list[str]:
        """The labels of the building blocks."""
        return [BuildingBlock(value).label for value in self.building_blocks]

    def owning_organisations(self) -> models.QuerySet[Organisation]:
        """Those that answer for it."""
        return Organisation.objects.filter(practice_parts__practice=self, practice_parts__role="owner")

    def teachers(self) -> models.QuerySet[Organisation]:
        """Those from whom another can have learned it: its owners and who adopted it."""
        return Organisation.objects.filter(
            Q(practice_parts__practice=self, practice_parts__role="owner") | Q(adoptions__practice=self)
        ).distinct()


class PracticeOrganisation(models.Model):
    """An organisation's part in a practice. Owners answer for it; at least one owner is a government."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        PARTNER = "partner", _("Partner")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practice_parts")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.OWNER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["practice", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known", condition=Q(role__in=["owner", "partner"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.practice_id}"
