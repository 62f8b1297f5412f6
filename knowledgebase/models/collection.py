"""Practices that belong together, chosen by somebody who knows them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from knowledgebase.models.practice import Practice
from knowledgebase.use_querysets import CollectionQuerySet
from smartsociety.core.validators import one_line, plain_line, plain_text


@pghistory.track()
class Collection(models.Model):
    """A list of practices with a reason, of the editors (no `organisation`) or of an organisation."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=80, validators=[plain_line])
    summary = models.TextField(_("why these together"), max_length=500, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="collections",
    )
    practices = models.ManyToManyField(Practice, through="CollectionItem", related_name="collections")
    is_published = models.BooleanField(_("everybody may see it"), default=False)
    is_featured = models.BooleanField(_("on the home page"), default=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_featured_is_published",
                condition=Q(is_featured=False) | Q(is_published=True),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledgebase:collection_detail", args=[self.slug])

    @property
    def maker(self) -> str:
        """The name of the organisation that made it; empty when the editors did."""
        return self.organisation.name if self.organisation else ""


class CollectionItem(models.Model):
    """A practice in a collection, in its place, with why it is there."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="collection_items")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    note = models.CharField(_("why it is here"), max_length=200, blank=True, validators=[one_line])

    class Meta:
        verbose_name = _("practice in a collection")
        verbose_name_plural = _("practices in collections")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["collection", "practice"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.practice_id}"
