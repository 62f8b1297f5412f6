"""What an organisation looks for and has not found yet."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Theme
from fieldlabs.models import Case, CaseDemand
from knowledgebase.models.practice import Practice
from knowledgebase.querysets import NEED_KIND, PRACTICE_KIND
from knowledgebase.use_querysets import NeedQuerySet
from smartsociety.core.search.finding import Found, find
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line, plain_text


class NeedStatus(models.TextChoices):
    """Where a need stands."""

    OPEN = "open", _("Looking for a solution")
    FOUND = "found", _("Solution found")
    CLOSED = "closed", _("No longer needed")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    NeedStatus.OPEN: (NeedStatus.FOUND, NeedStatus.CLOSED),
    NeedStatus.FOUND: (NeedStatus.OPEN,),
    NeedStatus.CLOSED: (NeedStatus.OPEN,),
}


@pghistory.track(exclude=["created_by"])
class Need(Stateful):
    """A question to all others: who has a solution for this? Others join; who asked is told of what comes."""

    Status = NeedStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(
        _("what do you look for?"),
        max_length=100,
        help_text=_("In a few words, as you would search for it."),
        validators=[plain_line],
    )
    description = models.TextField(_("tell more"), max_length=1000, blank=True, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="needs", blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    status = models.CharField(_("status"), max_length=20, choices=NeedStatus, default=NeedStatus.OPEN)
    solution = models.ForeignKey(
        Practice,
        verbose_name=_("the practice that helped"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="solved_needs",
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case of a fieldlab"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="needs",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    # Practices that were published up to here were shown or mailed.
    matched_at = models.DateTimeField(_("matched up to"), db_default=Now())

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=NeedStatus.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_solution_is_of_what_is_found",
                condition=Q(solution=None) | Q(status="found"),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:need_detail", args=[self.slug])

    def matches(self) -> "models.QuerySet[Practice]":
        """Published practices that may help: they have most of its words, and one of its themes if it has some."""
        return self._of_its_themes(Practice.objects.published().answering(self._found))

    def near(self) -> "models.QuerySet[Practice]":
        """Those that have some of its words, or words like them: perhaps worth a look, nothing to mail about."""
        return self._of_its_themes(Practice.objects.published().near(self._found))

    def _of_its_themes(self, found: "models.QuerySet[Practice]") -> "models.QuerySet[Practice]":
        themes = [theme.pk for theme in self.themes.all()]
        if themes:
            found = found.filter(
                pk__in=Practice.themes.through.objects.filter(theme__in=themes).values("practice")
            )
        return found

    def similar(self) -> "models.QuerySet[Need]":
        """Other needs that are still open and have a good part of its words."""
        return Need.objects.open().like(self._found).exclude(pk=self.pk)

    @cached_property
    def _found(self) -> Found:
        return find(self.title, [PRACTICE_KIND], apart=[NEED_KIND])

    @property
    def lookers(self) -> set[int]:
        """Keys of the organisations that look for it; for several needs prefetch `supports`."""
        return {self.organisation_id, *(support.organisation_id for support in self.supports.all())}

    @property
    def is_brought(self) -> bool:
        """Whether a fieldlab has it as a case, or will."""
        return self.case is not None and self.case.status != Case.Status.WITHDRAWN

    @property
    def standing_case(self) -> Case | None:
        """Its case at a fieldlab, or the one that was made of that and another."""
        case = self.case
        while case and case.merged_into:
            case = case.merged_into
        return case

    def made_for_it(self) -> "models.QuerySet[Practice]":
        """Published practices that came from its own case, in whatever words they are written."""
        if self.case_id is None:
            return Practice.objects.none()
        return Practice.objects.published().filter(outcome__case=self.case_id)

    def offered(self) -> "models.QuerySet[Practice]":
        """Published practices of which the owner says that this is it, the latest first."""
        return Practice.objects.published().filter(offers__need=self).order_by("-offers__offered_at")


class NeedSupport(models.Model):
    """Another organisation looks for the same."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="supports")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="supported_needs")
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField(_("joined at"), db_default=Now(), editable=False)
    # As which it counts at the case of a fieldlab; empty when it said so there itself, which stands by itself.
    demand = models.ForeignKey(
        CaseDemand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("organisation that joined a need")
        verbose_name_plural = _("organisations that joined a need")
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_organisation", fields=["need", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.need_id}"


class NeedOffer(models.Model):
    """Who owns a practice, or is writing it, says: this is what you look for."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="offers")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="offers")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField(_("offered at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("practice offered to who asks")
        verbose_name_plural = _("practices offered to who asks")
        ordering = ["offered_at"]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_once", fields=["need", "practice"])
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.need_id}"
