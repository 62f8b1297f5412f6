"""Who takes part in a practice, as what, and who is asked to."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from alliance.models.organisation import Helix, kinds_in_sql
from knowledgebase.models.practice import Practice
from knowledgebase.querysets import PartInvitationQuerySet
from smartsociety.core.validators import one_line


class Role(models.TextChoices):
    """As what an organisation takes part."""

    OWNER = "owner", _("Owner")
    PARTNER = "partner", _("Partner")


@pghistory.track()
class PracticeOrganisation(models.Model):
    """An organisation's part in a practice. Owners answer for it; at least one owner is a government.

    It is here with its say (see `PartInvitation`), or because an editor named it and wrote down why.
    """

    Role = Role

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practice_parts")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.OWNER)
    contribution = models.CharField(
        _("what this organisation did"), max_length=120, blank=True, validators=[one_line]
    )
    named_because = models.CharField(
        _("why an editor names it without asking"), max_length=200, blank=True, validators=[one_line]
    )

    class Meta:
        verbose_name = _("part in a practice")
        verbose_name_plural = _("parts in a practice")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["practice", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known", condition=Q(role__in=Role.values)
            ),
        ]
        triggers = [
            # Who adopted it does not: the other side of `owner_does_not_adopt`, which stands on the adoption.
            pgtrigger.Trigger(
                name="may_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("practice_id", "organisation_id", "role"),
                condition=pgtrigger.Q(new__role="owner"),
                func=f"""
                    IF EXISTS (
                        SELECT FROM alliance_organisation
                         WHERE id = NEW.organisation_id AND kind IN ({kinds_in_sql(Helix.BUSINESS)})
                    ) THEN
                        RAISE EXCEPTION 'a company takes part as a partner only' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT FROM knowledgebase_adoption
                         WHERE practice_id = NEW.practice_id AND organisation_id = NEW.organisation_id
                    ) THEN
                        RAISE EXCEPTION 'who adopted a practice does not own it' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 the kinds are our own
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
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.practice_id}"


@pghistory.track()
class PartInvitation(models.Model):
    """An organisation is asked whether it takes part. Before it says yes it is named nowhere but to who writes."""

    Role = Role

    class Answer(models.TextChoices):
        YES = "yes", _("Takes part")
        NO = "no", _("Does not take part")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="part_invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="part_invitations")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    contribution = models.CharField(
        _("what this organisation did"), max_length=120, blank=True, validators=[one_line]
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)

    objects = PartInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to take part")
        verbose_name_plural = _("invitations to take part")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["practice", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answer_is_known", condition=Q(answer__in=["", "yes", "no"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.practice_id} {self.answer}"
