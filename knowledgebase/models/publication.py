"""Reports, films, guides and tools that practices and fieldlabs draw on, or that draw on them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliance.models import Project, Theme
from fieldlabs.models import Fieldlab
from knowledgebase.models.practice import Practice
from knowledgebase.querysets import PublicationQuerySet
from smartsociety.core.files import RandomName, private_storage
from smartsociety.core.validators import plain_line, plain_text


class PublicationKind(models.TextChoices):
    """What somebody gets who opens it."""

    REPORT = "report", pgettext_lazy("publication", "Report")
    FILM = "film", _("Film")
    GUIDE = "guide", _("Guide")
    TOOL = "tool", _("Tool")


class Licence(models.TextChoices):
    """What others may do with it (SPDX)."""

    CC0 = "CC0-1.0", _("CC0: free of rights")
    CC_BY = "CC-BY-4.0", _("CC BY: free, with the name of the maker")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA: free, shared alike, with the name of the maker")
    EUPL = "EUPL-1.2", _("EUPL: open source")
    OTHER = "other", _("Other, see the publication")
    UNKNOWN = "unknown", _("Not known")


@pghistory.track(exclude=["created_by"])
class Publication(models.Model):
    """A report, film, guide or tool: at an address elsewhere, or a file here."""

    Kind = PublicationKind
    Licence = Licence

    kind = models.CharField(_("kind"), max_length=20, choices=PublicationKind)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=120, validators=[plain_line])
    summary = models.TextField(_("summary"), max_length=600, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    made_by = models.CharField(
        _("maker"), max_length=120, help_text=_("An organisation, not a person."), validators=[plain_line]
    )
    published_on = models.DateField(_("published on"))
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(
        _("file"), upload_to=RandomName("publications"), storage=private_storage, blank=True, max_length=80
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.UNKNOWN)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="publications", blank=True)
    project = models.ForeignKey(
        Project,
        verbose_name=_("project of the agenda"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
    )
    practices = models.ManyToManyField(
        Practice, verbose_name=_("practices it draws on"), related_name="publications", blank=True
    )
    fieldlabs = models.ManyToManyField(
        Fieldlab, verbose_name=_("fieldlabs it draws on"), related_name="publications", blank=True
    )
    is_shown = models.BooleanField(_("shown to everybody"), default=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known", condition=Q(kind__in=PublicationKind.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_licence_is_known", condition=Q(licence__in=Licence.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_somewhere",
                condition=~Q(url="") | ~Q(file=""),
                violation_error_message=_("Give an address or a file."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:publication_detail", args=[self.slug])
