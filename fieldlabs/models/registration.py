"""A person who takes part in a fieldlab, for an organisation."""

import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation
from alliance.models.organisation import Helix
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.querysets import SEATED, STANDING, RegistrationQuerySet
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.tokens import sealed
from smartsociety.core.validators import plain_line, plain_text

SEAL = "fieldlabs.registration"


class Status(models.TextChoices):
    """Where a registration stands."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Place offered")
    LAPSED = "lapsed", _("Offer lapsed")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.UNCONFIRMED: (Status.REGISTERED, Status.WAITING, Status.CANCELLED),
    Status.REGISTERED: (Status.CANCELLED, Status.ATTENDED, Status.ABSENT),
    # Who comes to the door while there is a place gets it.
    Status.WAITING: (Status.OFFERED, Status.ATTENDED, Status.CANCELLED),
    Status.OFFERED: (Status.REGISTERED, Status.ATTENDED, Status.LAPSED, Status.CANCELLED),
    # Mistakes at the door are put right.
    Status.ATTENDED: (Status.REGISTERED,),
    Status.ABSENT: (Status.ATTENDED,),
}


def new_code() -> str:
    """What tells one registration from another in an address; no secret, a seal makes it one."""
    return secrets.token_hex(8)


@pghistory.track(exclude=["name", "email", "code", "show_name"])
class Registration(Stateful):
    """One place, or a place in the queue. Never more places taken than the fieldlab has: the database counts.

    It is for an organisation that is known, or for one whose name was typed. Whoever gives it up is forgotten at once.
    """

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    organisation_name = models.CharField(
        _("name of the organisation"), max_length=120, blank=True, validators=[plain_line]
    )
    helix = models.CharField(_("side of the helix"), max_length=20, choices=Helix, default="government")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[plain_line])
    email = models.EmailField(_("e-mail address"), blank=True)
    show_name = models.BooleanField(_("name may be shown"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    code = models.CharField(max_length=43, unique=True, default=new_code, editable=False)
    is_walk_in = models.BooleanField(_("came without registering"), default=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.REGISTERED)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    # The order of the queue: when the place was asked for, which for an unconfirmed one is still to come.
    arrived_at = models.DateTimeField(_("arrived at"), db_default=Now(), editable=False)
    offer_expires_at = models.DateTimeField(_("offer expires at"), null=True, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["arrived_at", "pk"]
        indexes = [models.Index(fields=["fieldlab", "status"], name="fieldlabs_registration_places")]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_helix_is_known", condition=Q(helix__in=Helix.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_email_is_lower_case", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_organisation",
                condition=Q(organisation=None) ^ Q(organisation_name=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_offer_has_its_deadline",
                condition=Q(status=Status.OFFERED, offer_expires_at__isnull=False)
                | (~Q(status=Status.OFFERED) & Q(offer_expires_at=None)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_gone_is_forgotten",
                condition=~Q(status__in=[Status.CANCELLED, Status.LAPSED])
                | Q(name="", email="", user=None, show_name=False),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_person",
                fields=["fieldlab", "email"],
                condition=Q(status__in=STANDING) & ~Q(email=""),
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
                       AND status IN ('registered', 'offered', 'attended', 'absent');
                    IF taken >= places THEN
                        RAISE EXCEPTION 'fieldlab % is full', NEW.fieldlab_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.organisation_name} → {self.fieldlab_id} ({self.status})"

    @property
    def organisation_label(self) -> str:
        """The organisation for which this person comes, known or typed."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def token(self) -> str:
        """What opens this registration to whoever has it; nothing of it is stored."""
        return sealed(SEAL, self.code)

    @property
    def position(self) -> int:
        """The place in the queue, from 1."""
        waiting = type(self).objects.waiting().filter(fieldlab_id=self.fieldlab_id)
        earlier = Q(arrived_at__lt=self.arrived_at) | Q(arrived_at=self.arrived_at, pk__lt=self.pk)
        return waiting.filter(earlier).count() + 1

    @property
    def has_place(self) -> bool:
        """Whether this person may come."""
        return self.status in (Status.REGISTERED, Status.ATTENDED)

    @property
    def own_needs(self) -> "Needs | None":
        """What this person needs, if that was said and not erased."""
        return getattr(self, "needs", None)

    @property
    def stands(self) -> bool:
        """Whether there is something to change or give up."""
        return self.status in (Status.UNCONFIRMED, Status.REGISTERED, Status.WAITING, Status.OFFERED)

    def forget(self) -> None:
        """Take away who it was, unsaved; that a place was given up stays."""
        self.name = self.email = ""
        self.user, self.show_name, self.offer_expires_at = None, False, None


class Needs(models.Model):
    """What somebody needs to come in and to eat: apart, for programme staff alone, gone the night after the event."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="needs")
    access = models.CharField(
        _("what you need to take part"),
        max_length=300,
        blank=True,
        help_text=_("For example a ramp, a sign language interpreter or a quiet room."),
        validators=[plain_text],
    )
    diet = models.CharField(_("what you do not eat"), max_length=300, blank=True, validators=[plain_text])

    class Meta:
        verbose_name = _("needs of a participant")
        verbose_name_plural = _("needs of participants")

    def __str__(self) -> str:
        return f"needs of registration {self.registration_id}"
