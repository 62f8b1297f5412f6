"""What another organisation can take along: documents of the reuse package, and pictures."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.practice import Practice
from knowledgebase.models.proposal import Proposal
from knowledgebase.querysets import FileQuerySet
from smartsociety.core.files import RandomName, private_storage
from smartsociety.core.validators import one_line, plain_line


class Licence(models.TextChoices):
    """What others may do with it."""

    CC0 = "CC0-1.0", _("CC0: free for everybody, no conditions")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0: free, name the source")
    EUPL = "EUPL-1.2", _("EUPL 1.2: free, share changes alike")


@pghistory.track(exclude=["downloads", "file"])
class Attachment(models.Model):
    """A document of the reuse package, typed and licensed; its content decides what it is, not its name.

    Added to what is published it is part of a change (`waits_for`), and for readers once an editor approved that.
    """

    class Kind(models.TextChoices):
        MEMO = "memo", _("Decision memo")
        TENDER = "tender", _("Tender text")
        DPIA = "dpia", _("DPIA")
        CONTRACT = "contract", _("Contract")
        BUDGET = "budget", _("Budget")
        CODE = "code", _("Code or manual")
        SLIDES = "slides", _("Presentation")
        OTHER = "other", _("Something else")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind of document"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120, validators=[plain_line])
    file = models.FileField(_("file"), storage=private_storage, upload_to=RandomName("practices"))
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    licence = models.CharField(_("licence"), max_length=10, choices=Licence, default=Licence.CC_BY)
    downloads = models.PositiveIntegerField(_("downloads"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    waits_for = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments", editable=False
    )

    objects = FileQuerySet.as_manager()

    silent_columns = ("downloads",)  # see core.content: the number may be a minute late

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known",
                condition=Q(
                    kind__in=["memo", "tender", "dpia", "contract", "budget", "code", "slides", "other"]
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_licence_is_known", condition=Q(licence__in=Licence.values)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """What it is: "pdf"."""
        return self.file.name.rpartition(".")[2]


@pghistory.track(exclude=["file"])
class Picture(models.Model):
    """A picture with the words for who does not see it."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(_("picture"), storage=private_storage, upload_to=RandomName("pictures"))
    alt = models.CharField(_("what there is to see"), max_length=300, validators=[one_line])
    caption = models.CharField(_("caption and maker"), max_length=200, blank=True, validators=[one_line])
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    waits_for = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="pictures", editable=False
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_what_there_is_to_see", condition=~Q(alt__regex=r"^\s*$")
            )
        ]

    def __str__(self) -> str:
        return self.alt
