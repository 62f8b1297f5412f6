"""Societal challenges, the fixed vocabulary of the portal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from smartsociety.core.localized import Localized
from smartsociety.core.validators import one_line, plain_line


class Theme(models.Model):
    """A societal challenge (maatschappelijke opgave) by which fieldlabs and practices are found."""

    slug = models.SlugField(_("slug"), unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=60, unique=True, validators=[plain_line])
    name_en = models.CharField(_("name in English"), max_length=60, unique=True, validators=[plain_line])
    description_nl = models.CharField(
        _("description in Dutch"), max_length=300, blank=True, validators=[one_line]
    )
    description_en = models.CharField(
        _("description in English"), max_length=300, blank=True, validators=[one_line]
    )
    synonyms = ArrayField(
        models.CharField(max_length=60), verbose_name=_("synonyms"), default=list, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Localized("name")
    description = Localized("description")

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "name_nl"]

    def __str__(self) -> str:
        return self.name
