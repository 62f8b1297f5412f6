"""A person who takes part in a fieldlab, for an organisation."""

import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.querysets import RegistrationQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line


class Status(models.TextChoices):
    """Where a registration stands."""

    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.REGISTERED: (Status.CANCELLED, Status.ATTENDED, Status.ABSENT),
    Status.WAITING: (Status.REGISTERED, Status.CANCELLED),
    Status.CANCELLED: (),
}
# These take a place.
SEATED = (Status.REGISTERED, Status.ATTENDED, Status.ABSENT)


def new_code() -> str:
    """The secret in the link with which a person changes or cancels a registration."""
    return secrets.token_urlsafe(32)


@pghistory.track(exclude=["name", "email", "code"])
class Registration(Stateful):
    """One place, or a place in the queue. Never more places taken than the fieldlab has: the database counts."""

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=100, validators=[plain_line])
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    code = models.CharField(max_length=43, unique=True, default=new_code, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.REGISTERED)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_person",
                fields=["fieldlab", "email"],
                condition=~Q(status=Status.CANCELLED),
            ),
        ]
        triggers = [
            transitions_trigger(TRANSITIONS),
            pgtrigger.Trigger(
                name="never_more_than_places",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "fieldlab_id"),
                condition=pgtrigger.Q(new__status__in=SEATED),
                declare=[("places", "integer"), ("taken", "integer")],
                func="""
                    SELECT capacity INTO places FROM fieldlabs_fieldlab WHERE id = NEW.fieldlab_id FOR NO KEY UPDATE;
                    SELECT count(*) INTO taken FROM fieldlabs_registration
                     WHERE fieldlab_id = NEW.fieldlab_id AND id IS DISTINCT FROM NEW.id
                       AND status IN ('registered', 'attended', 'absent');
                    IF taken >= places THEN
                        RAISE EXCEPTION 'fieldlab % is full', NEW.fieldlab_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.fieldlab_id} ({self.status})"
