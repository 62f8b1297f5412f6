"""The text that organisations sign, in numbered versions that never change once published."""

from hashlib import sha256

import pghistory
import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.querysets import DeclarationQuerySet
from smartsociety.core.localized import Localized
from smartsociety.core.validators import plain_line, plain_text


@pghistory.track()
class Declaration(models.Model):
    """One version of the declaration of support (steunverklaring). A signature belongs to a version.

    `is_concept` says that the text is our own draft until VNG supplies theirs; every page that shows it says so.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=120, validators=[plain_line])
    title_en = models.CharField(_("title in English"), max_length=120, validators=[plain_line])
    text_nl = models.TextField(_("text in Dutch"), help_text=_("Markdown"), validators=[plain_text])
    text_en = models.TextField(_("text in English"), help_text=_("Markdown"), validators=[plain_text])
    is_concept = models.BooleanField(_("concept"), default=False)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    title = Localized("title")
    text = Localized("text")

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_text_has_its_hash",
                condition=models.Q(published_at=None) | models.Q(sha256__regex="^[0-9a-f]{64}$"),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_text_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND "
                    "(OLD.version, OLD.title_nl, OLD.title_en, OLD.text_nl, OLD.text_en, "
                    "OLD.sha256) IS DISTINCT FROM (NEW.version, NEW.title_nl, NEW.title_en, NEW.text_nl, NEW.text_en, "
                    "NEW.sha256)"
                ),
            ),
            pgtrigger.Protect(
                name="published_text_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("alliance:declaration_version", args=[self.version])

    @property
    def is_published(self) -> bool:
        """Whether it is or was in force; a planned version is not."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_planned(self) -> bool:
        """Whether it comes into force by itself."""
        return self.published_at is not None and not self.is_published

    def compute_sha256(self) -> str:
        """The hash that identifies the text: title and text, Dutch then English, each with a newline, in UTF-8."""
        parts = (self.title_nl, self.text_nl, self.title_en, self.text_en)
        return sha256("".join(f"{part}\n" for part in parts).encode()).hexdigest()
