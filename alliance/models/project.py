"""The agenda: concrete projects (icoonprojecten) that signatories lead together."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models.organisation import Organisation
from alliance.models.theme import Theme
from alliance.querysets import ProjectQuerySet
from smartsociety.core.localized import Localized
from smartsociety.core.validators import plain_line, plain_text


@pghistory.track()
class Project(models.Model):
    """A project of the agenda: who leads it, who works along, and how far it is. Staff and the lead keep it."""

    class Phase(models.TextChoices):
        IDEA = "idea", _("Idea")
        PREPARATION = "preparation", _("Preparation")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=100, validators=[plain_line])
    title_en = models.CharField(_("title in English"), max_length=100, blank=True, validators=[plain_line])
    summary_nl = models.TextField(_("summary in Dutch"), max_length=600, validators=[plain_text])
    summary_en = models.TextField(
        _("summary in English"), max_length=600, blank=True, validators=[plain_text]
    )
    text_nl = models.TextField(
        _("text in Dutch"), max_length=5000, blank=True, help_text=_("Markdown"), validators=[plain_text]
    )
    text_en = models.TextField(
        _("text in English"), max_length=5000, blank=True, help_text=_("Markdown"), validators=[plain_text]
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="projects")
    lead = models.ForeignKey(
        Organisation, verbose_name=_("lead"), on_delete=models.PROTECT, related_name="led_projects"
    )
    partners = models.ManyToManyField(
        Organisation, verbose_name=_("partners"), blank=True, related_name="partner_projects"
    )
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, default=Phase.IDEA)
    is_published = models.BooleanField(_("published"), default=False)

    title = Localized("title")
    summary = Localized("summary")
    text = Localized("text")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title_nl"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_phase_is_known",
                condition=Q(phase__in=["idea", "preparation", "running", "finished", "stopped"]),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliance:project_detail", args=[self.slug])


@pghistory.track()
class Milestone(models.Model):
    """A moment in a project, planned and perhaps reached."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title_nl = models.CharField(_("title in Dutch"), max_length=100, validators=[plain_line])
    title_en = models.CharField(_("title in English"), max_length=100, blank=True, validators=[plain_line])
    due_on = models.DateField(_("planned for"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    title = Localized("title")

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.title
