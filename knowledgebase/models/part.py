"""Who has what part in a practice."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from alliance.models.organisation import Helix, kinds_in_sql
from knowledgebase.models.practice import Practice
from smartsociety.core.validators import one_line


@pghistory.track()
class PracticeOrganisation(models.Model):
    """An organisation's part in a practice. Owners answer for it; at least one owner is a government."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        PARTNER = "partner", _("Partner")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practice_parts")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.OWNER)
    contribution = models.CharField(
        _("what this organisation did"), max_length=120, blank=True, validators=[one_line]
    )

    class Meta:
        verbose_name = _("part in a practice")
        verbose_name_plural = _("parts in a practice")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["practice", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known", condition=Q(role__in=["owner", "partner"])
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="supplier_is_partner",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("organisation_id", "role"),
                condition=pgtrigger.Q(new__role="owner"),
                func=f"""
                    IF EXISTS (
                        SELECT FROM alliance_organisation
                         WHERE id = NEW.organisation_id AND kind IN ({kinds_in_sql(Helix.BUSINESS)})
                    ) THEN
                        RAISE EXCEPTION 'a company takes part as a partner only' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # At the end of the transaction, so that another may take over, and all go with their practice. Without an
            # owner nobody could write it any more; what is not a draft needs a government.
            pgtrigger.Trigger(
                name="keeps_an_owner",
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("role", "practice_id"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__role="owner"),
                func=f"""
                    IF EXISTS (
                        SELECT FROM knowledgebase_practice practice
                         WHERE practice.id = OLD.practice_id AND NOT practice.is_external AND NOT EXISTS (
                            SELECT FROM knowledgebase_practiceorganisation part
                              JOIN alliance_organisation organisation ON organisation.id = part.organisation_id
                             WHERE part.practice_id = practice.id AND part.role = 'owner'
                               AND (practice.status = 'draft'
                                    OR organisation.kind IN ({kinds_in_sql(Helix.GOVERNMENT)}))
                        )
                    ) THEN
                        RAISE EXCEPTION 'a practice keeps an owner' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608 the kinds are our own
            ),
            # The other side of `owner_does_not_adopt`, which stands on the adoption.
            pgtrigger.Trigger(
                name="adopter_does_not_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("practice_id", "organisation_id", "role"),
                condition=pgtrigger.Q(new__role="owner"),
                func="""
                    IF EXISTS (
                        SELECT FROM knowledgebase_adoption
                         WHERE practice_id = NEW.practice_id AND organisation_id = NEW.organisation_id
                    ) THEN
                        RAISE EXCEPTION 'who adopted a practice does not own it' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.practice_id}"
