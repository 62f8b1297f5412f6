"""What one organisation did, honest enough for the next one to judge and take over."""

from datetime import date, timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliance.models import BuildingBlock, Organisation, Project, Theme
from alliance.models.organisation import HELIX_KINDS, Helix, kinds_in_sql
from fieldlabs.models import Outcome
from knowledgebase.models.choices import TRANSITIONS, Evidence, Phase, Status, Wanted
from knowledgebase.models.reuse import NOTES, Reusable, answers_are_known, gap_label
from knowledgebase.models.tag import Tag
from knowledgebase.querysets import PracticeQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import one_line, plain_line, plain_text

# Asked "is this still right?" this long after the last yes; shown as not confirmed, and later out of the list, this
# long after nobody answered.
ASKED_AFTER = timedelta(days=365)
UNCONFIRMED_AFTER = timedelta(days=30)
HIDDEN_AFTER = timedelta(days=120)

# What no title holds, however it came: one of them breaks the feed, the spreadsheet and the mail with that title.
CONTROL_CHARACTER = r"[\u0001-\u001f\u007f-\u009f]"

# Empty is allowed in a draft, not in what is sent in for review.
CORE_FIELDS = (
    "title",
    "summary",
    "phase",
    "problem",
    "approach",
    "result",
    "shortfall",
    "contact_role",
    "contact_email",
)


# What it is linked to, beside its text: a set of rows of another table. `linked` has them for the history.
LINKS = ("themes", "tags", "ground_rules")

# The history of a row does not tell what other rows it was linked to, so each change of it notes that too.
NOTES_ITS_LINKS = pgtrigger.Trigger(
    name="notes_its_links",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        NEW.linked = jsonb_build_object(
            'themes', (SELECT coalesce(jsonb_agg(theme_id ORDER BY theme_id), '[]')
                         FROM knowledgebase_practice_themes WHERE practice_id = NEW.id),
            'tags', (SELECT coalesce(jsonb_agg(tag_id ORDER BY tag_id), '[]')
                       FROM knowledgebase_practice_tags WHERE practice_id = NEW.id),
            'ground_rules', (SELECT coalesce(jsonb_agg(groundrule_id ORDER BY groundrule_id), '[]')
                               FROM knowledgebase_practice_ground_rules WHERE practice_id = NEW.id)
        );
        RETURN NEW;
    """,
)

# Nothing is sent in or published that no government answers for; what comes from elsewhere names its source instead.
GOVERNMENT_OWNS = pgtrigger.Trigger(
    name="government_owns",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("status"),
    condition=pgtrigger.Q(new__status__in=["submitted", "published"], new__is_external=False),
    func=f"""
        IF NOT EXISTS (
            SELECT FROM knowledgebase_practiceorganisation part
              JOIN alliance_organisation organisation ON organisation.id = part.organisation_id
             WHERE part.practice_id = NEW.id AND part.role = 'owner'
               AND organisation.kind IN ({kinds_in_sql(Helix.GOVERNMENT)})
        ) THEN
            RAISE EXCEPTION 'no government owns this practice' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

MOST_THEMES = 3  # who stands everywhere is found nowhere; the trigger under this says so too

# Nothing is sent in without a theme, by which others find it and are mailed of it. What was published before, or
# comes from elsewhere, may have none.
HAS_ITS_THEMES = pgtrigger.Trigger(
    name="has_its_themes",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("status"),
    condition=pgtrigger.Q(old__status="draft", new__status="submitted", new__is_external=False),
    func="""
        IF (SELECT count(*) FROM knowledgebase_practice_themes WHERE practice_id = NEW.id)
           NOT BETWEEN 1 AND 3 THEN
            RAISE EXCEPTION 'this practice has no theme, or too many' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track()
class Practice(Reusable, Stateful):
    """A practice (praktijkvoorbeeld): ten core fields first, what a follower needs to know later.

    `shortfall`, what did not work, is one of the core fields: it is what others need most.
    """

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=80, validators=[plain_line])
    summary = models.TextField(_("summary"), max_length=300, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="practices", blank=True)
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), related_name="practices", blank=True)
    ground_rules = models.ManyToManyField(
        "GroundRule", verbose_name=_("ground rules it follows"), related_name="practices", blank=True
    )
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
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, blank=True)
    stop_reason = models.CharField(_("why it stopped"), max_length=500, blank=True, validators=[one_line])

    problem = models.TextField(_("problem and occasion"), max_length=900, blank=True, validators=[plain_text])
    approach = models.TextField(_("what we did"), max_length=1200, blank=True, validators=[plain_text])
    result = models.TextField(
        _("result, and how it was measured"), max_length=900, blank=True, validators=[plain_text]
    )
    shortfall = models.TextField(_("what did not work"), max_length=900, blank=True, validators=[plain_text])
    contact_role = models.CharField(
        _("function of the contact"), max_length=80, blank=True, validators=[plain_line]
    )
    contact_email = models.EmailField(_("shared mailbox"), blank=True)
    started_year = models.PositiveSmallIntegerField(_("year it started"), null=True, blank=True)

    video_url = models.URLField(_("address of a film"), blank=True)
    video_title = models.CharField(
        _("title of the film"), max_length=120, blank=True, validators=[plain_line]
    )

    is_external = models.BooleanField(_("from an external source"), default=False)
    origin_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    body = models.TextField(_("text"), max_length=50_000, blank=True, validators=[plain_text])

    evidence = models.CharField(_("evidence"), max_length=20, choices=Evidence, default=Evidence.DESCRIBED)
    evidence_earned_on = models.DateField(_("evidence earned on"), null=True, blank=True)
    evidence_ends_on = models.DateField(_("evidence stands until"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(_("sent in at"), null=True, blank=True)
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
    asked_at = models.DateTimeField(_("asked whether it is still right at"), null=True, blank=True)
    others_asked_at = models.DateTimeField(_("representatives asked at"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    linked = models.JSONField(_("what it is linked to"), default=dict, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(status="published"),
                name="knowledgebase_practice_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_title_is_one_line",
                condition=~Q(title__regex=CONTROL_CHARACTER),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_phase_is_known", condition=Q(phase__in=["", *Phase.values])
            ),
            *answers_are_known(),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_evidence_is_known", condition=Q(evidence__in=Evidence.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_evidence_is_dated",
                condition=Q(evidence=Evidence.DESCRIBED)
                | Q(evidence_earned_on__isnull=False, evidence_ends_on__gt=F("evidence_earned_on")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_external_has_its_source",
                condition=Q(is_external=True) & ~Q(origin_url="") | Q(is_external=False, origin_url=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_source_is_unique",
                fields=["origin_url"],
                condition=~Q(origin_url=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_stopped_says_why",
                condition=~Q(phase=Phase.STOPPED) | ~Q(stop_reason=""),
                violation_error_message=_("Say why it stopped: that is what others learn from."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_in_is_complete",
                condition=Q(status=Status.DRAFT)
                | Q(is_external=True)
                | ~Q(*((name, "") for name in CORE_FIELDS), _connector=Q.OR),
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
        triggers = [transitions_trigger(TRANSITIONS), GOVERNMENT_OWNS, HAS_ITS_THEMES, NOTES_ITS_LINKS]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:practice_detail", args=[self.slug])

    @property
    def missing_core_fields(self) -> list[str]:
        """Labels of core fields that are still empty; none means it can be sent in."""
        missing = [name for name in CORE_FIELDS if not getattr(self, name)]
        if self.status == Status.DRAFT and not self.themes.exists():
            missing.append("themes")
        return [self._meta.get_field(name).verbose_name for name in missing]

    @property
    def phase_label(self) -> str:
        """How far it is; empty while nobody said so, as of what comes from elsewhere."""
        return str(self.get_phase_display())

    def gap_of(self, name: str) -> str:
        """Why an open question has no text, in words; empty when it was not answered at all."""
        return gap_label(self.gaps.get(name, ""))

    @property
    def unanswered(self) -> list[str]:
        """Labels of what a follower wants to know and nobody told yet; an honest gap, never a mark."""
        return [
            self._meta.get_field(name).verbose_name
            for name in NOTES
            if not getattr(self, name) and name not in self.gaps
        ]

    @cached_property
    def owners(self) -> list[models.Model]:
        """The parts of its owners; comes along `with_card_data`."""
        return [part for part in self.parts.all() if part.role == "owner"]

    @property
    def owner_names(self) -> str:
        """Names of the owners; for several practices `with_card_data`."""
        return ", ".join(part.organisation.name for part in self.owners)

    @property
    def building_block_labels(self) -> list[str]:
        """The labels of the building blocks."""
        return [BuildingBlock(value).label for value in self.building_blocks]

    @property
    def wanted_labels(self) -> list[str]:
        """The labels of what its owner looks for."""
        return [Wanted(value).label for value in self.wanted]

    @property
    def has_contact(self) -> bool:
        """Whether somebody here answers for it: what comes from elsewhere has nobody."""
        return bool(self.contact_email)

    @property
    def not_confirmed_since(self) -> date | None:
        """The day of the last yes, when it was asked a while ago and nobody answered."""
        if self.asked_at is None or self.asked_at > timezone.now() - UNCONFIRMED_AFTER:
            return None
        return self.checked_on or (self.published_at and timezone.localdate(self.published_at))

    def confirm(self) -> None:
        """Somebody read it and says that it is right today; nobody has to be asked. Unsaved."""
        self.checked_on, self.asked_at, self.others_asked_at = timezone.localdate(), None, None

    @property
    def has_government_owner(self) -> bool:
        """Whether a government answers for it, as what is published needs."""
        kinds = HELIX_KINDS[Helix.GOVERNMENT]
        return self.parts.filter(role="owner", organisation__kind__in=kinds).exists()

    def owning_organisations(self) -> models.QuerySet[Organisation]:
        """Those that answer for it."""
        return Organisation.objects.filter(practice_parts__practice=self, practice_parts__role="owner")

    def teachers(self) -> models.QuerySet[Organisation]:
        """Those from whom another can have learned it: its owners and who adopted it."""
        return Organisation.objects.filter(
            Q(practice_parts__practice=self, practice_parts__role="owner") | Q(adoptions__practice=self)
        ).distinct()
