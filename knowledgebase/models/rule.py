"""Ground rules and standards (*spelregels en standaarden*): agreed in fieldlabs, followed by practices."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import Theme
from fieldlabs.models import Outcome
from knowledgebase.querysets import GroundRuleQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import one_line, plain_line, plain_text


class RuleStatus(models.TextChoices):
    """Where a ground rule stands."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed at a fieldlab")
    REVISED = "revised", _("Revised")
    RETIRED = "retired", _("Retired")


IN_FORCE = (RuleStatus.AGREED, RuleStatus.REVISED)
RULE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    RuleStatus.PROPOSED: (RuleStatus.AGREED, RuleStatus.RETIRED),
    RuleStatus.AGREED: (RuleStatus.REVISED, RuleStatus.RETIRED),
    RuleStatus.REVISED: (RuleStatus.RETIRED,),
}


@pghistory.track()
class GroundRule(Stateful):
    """What organisations agreed to do alike. Its wording is in its versions; the newest one holds."""

    Status = RuleStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = RULE_TRANSITIONS

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=100, validators=[plain_line])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    status = models.CharField(_("status"), max_length=20, choices=RuleStatus, default=RuleStatus.PROPOSED)
    outcome = models.ForeignKey(
        Outcome,
        verbose_name=_("outcome of a fieldlab in which it was agreed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreed_rules",
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="ground_rules", blank=True)

    objects = GroundRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground rule")
        verbose_name_plural = _("ground rules")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=RuleStatus.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_agreed_in_a_fieldlab",
                condition=~Q(status__in=["agreed", "revised"])
                | Q(outcome__isnull=False, agreed_on__isnull=False),
            ),
        ]
        triggers = [transitions_trigger(RULE_TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:rule_detail", args=[self.slug])

    @property
    def is_in_force(self) -> bool:
        """Whether a fieldlab agreed on it and nobody retired it."""
        return self.status in IN_FORCE

    @property
    def current(self) -> "RuleVersion | None":
        """The wording that holds; needs `with_versions`."""
        return self.newest_first[0] if self.newest_first else None


@pghistory.track(exclude=["created_by"])
class RuleVersion(models.Model):
    """One wording of a ground rule, and what it is good for. It never changes: another wording is a new version."""

    rule = models.ForeignKey(GroundRule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(
        _("text"),
        max_length=6000,
        help_text=_("Markdown: # heading, - list, **bold**."),
        validators=[plain_text],
    )
    public_value = models.TextField(
        _("public value"),
        max_length=900,
        help_text=_("What do residents notice when everybody does this?"),
        validators=[plain_text],
    )
    reason = models.CharField(_("why it was changed"), max_length=300, blank=True, validators=[one_line])
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a ground rule")
        verbose_name_plural = _("versions of a ground rule")
        ordering = ["rule", "-number"]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_is_unique", fields=["rule", "number"]),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_change_has_its_reason",
                condition=Q(number=1) | Q(number__gt=1) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} version {self.number}"
