"""Words by which practices are found, made by whoever writes; staff merge, rename and give synonyms."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from knowledgebase.querysets import TagQuerySet
from smartsociety.core.validators import plain_line

# One step from a merged tag to the one that stays, so that nobody has to follow a chain.
MERGED_INTO_ONE_THAT_STANDS = pgtrigger.Trigger(
    name="merged_into_one_that_stands",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),
    condition=pgtrigger.Q(new__merged_into__isnull=False),
    func="""
        IF EXISTS (SELECT FROM knowledgebase_tag WHERE id = NEW.merged_into_id AND merged_into_id IS NOT NULL)
           OR EXISTS (SELECT FROM knowledgebase_tag WHERE merged_into_id = NEW.id) THEN
            RAISE EXCEPTION 'a tag is merged into one that stands' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track()
class Tag(models.Model):
    """A tag. Themes are fixed, tags grow; one that was merged points to the one that stays."""

    name = models.CharField(_("name"), max_length=60, validators=[plain_line])
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    synonyms = ArrayField(
        models.CharField(max_length=60, validators=[plain_line]),
        verbose_name=_("synonyms"),
        default=list,
        blank=True,
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    is_curated = models.BooleanField(_("looked at by staff"), default=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="%(app_label)s_%(class)s_name_is_unique"),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_name_is_not_empty", condition=~Q(name__regex=r"^\s*$")
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_name_is_one", condition=~Q(name__contains=",")
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        triggers = [MERGED_INTO_ONE_THAT_STANDS]

    def __str__(self) -> str:
        return self.name
