"""A signature: one organisation under one version of the declaration."""

import secrets
from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.models.declaration import Declaration
from alliance.models.organisation import Organisation
from alliance.models.project import Project
from alliance.models.theme import Theme
from alliance.querysets import SignatureQuerySet
from smartsociety.core.files import RandomName, private_storage, remove_file
from smartsociety.core.mail_domains import lies_in
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line, plain_text


class BuildingBlock(models.TextChoices):
    """What the declaration asks signatories to bring: four kinds of building block."""

    PRODUCT = "product", _("Reusable product or service")
    KNOWLEDGE = "knowledge", _("Knowledge gained")
    PROCESS = "process", _("Process used")
    PROCUREMENT = "procurement", _("Procurement or financing construct")


class Status(models.TextChoices):
    """Where a signature stands."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    SUBMITTED = "submitted", _("To be verified")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")
    ON_HOLD = "on_hold", _("On hold")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.UNCONFIRMED: (Status.SUBMITTED, Status.EXPIRED, Status.REJECTED),
    Status.SUBMITTED: (Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN),
    Status.PUBLISHED: (Status.ON_HOLD, Status.WITHDRAWN),
    Status.ON_HOLD: (Status.PUBLISHED, Status.WITHDRAWN),
    Status.REJECTED: (Status.SUBMITTED, Status.UNCONFIRMED),  # a mistake, or abuse that was none
}
# An organisation has at most one of these per version.
ACTIVE = (Status.SUBMITTED, Status.PUBLISHED, Status.ON_HOLD)
# So long the yearly question "is this still right?" may stay open before the public page says so.
ANSWER_TERM = timedelta(days=30)
# The world may know that these exist; a withdrawn one as a dated tombstone without the signer's name.
PUBLIC = (Status.PUBLISHED, Status.ON_HOLD, Status.WITHDRAWN)


def new_code() -> str:
    """A code for the public proof: 12 characters that nobody guesses, without look-alikes."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _i in range(12))


@pghistory.track(
    exclude=["signer_name", "signer_function", "signer_email", "confirmation_hash", "pending_consents"]
)
class Signature(Stateful):
    """An organisation's support for one version of the declaration, with who signed and by what mandate."""

    Status = Status
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="signatures")
    # What the signer agreed to, purpose → wording; becomes `core.Consent` when the address is confirmed.
    pending_consents = models.JSONField(default=dict, editable=False)
    code = models.CharField(
        _("code of the proof"), max_length=12, unique=True, default=new_code, editable=False
    )

    signer_name = models.CharField(_("name"), max_length=100, blank=True, validators=[plain_line])
    signer_function = models.CharField(_("function"), max_length=100, blank=True, validators=[plain_line])
    signer_email = models.EmailField(_("work e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    publish_name = models.BooleanField(_("my name and function may be published"), default=False)

    mandate_by = models.CharField(_("who decided"), max_length=120, validators=[plain_line])
    mandate_on = models.DateField(_("date of the decision"))
    mandate_document = models.FileField(
        _("document of the decision"),
        upload_to=RandomName("mandates"),
        storage=private_storage,
        blank=True,
        max_length=80,
    )
    # Signed with a pen, for instance at a congress; the secretariat entered it and keeps the scan as the document.
    on_paper = models.BooleanField(_("signed on paper"), default=False)
    joint_with = models.ForeignKey(
        "self",
        verbose_name=_("signed together with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joint_signatures",
    )
    contributes = ArrayField(
        models.CharField(max_length=20, choices=BuildingBlock),
        verbose_name=_("what you bring"),
        default=list,
        blank=True,
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="signatures")
    projects = models.ManyToManyField(
        Project, verbose_name=_("projects of the agenda"), blank=True, related_name="signatures"
    )
    contribution_note = models.TextField(
        _("in your own words"), max_length=600, blank=True, validators=[plain_text]
    )
    statement = models.TextField(_("public statement"), max_length=1000, blank=True, validators=[plain_text])

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.UNCONFIRMED)
    confirmation_hash = models.CharField(max_length=64, blank=True, editable=False)
    confirmation_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, validators=[plain_text])
    text_sha256 = models.CharField(_("SHA-256 of the signed text"), max_length=64, blank=True, editable=False)
    checked_on = models.DateField(_("last confirmed by the organisation"), null=True, blank=True)
    nudged_at = models.DateTimeField(
        _("asked whether it is still right"), null=True, blank=True, editable=False
    )
    # The version under which its signer was invited to sign again, so that nobody is asked twice.
    renewal_asked_for = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-published_at", "-created_at"]
        indexes = [models.Index(fields=["status", "-published_at"])]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_active_per_version",
                fields=["organisation", "declaration"],
                condition=Q(status__in=ACTIVE),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_unconfirmed_per_signer",
                fields=["organisation", "declaration", "signer_email"],
                condition=Q(status=Status.UNCONFIRMED),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_contributes_is_known",
                condition=Q(contributes__contained_by=BuildingBlock.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_active_has_a_confirmed_signer",
                condition=~Q(status__in=ACTIVE) | (Q(confirmed_at__isnull=False) & ~Q(signer_email="")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_its_date",
                condition=~Q(status__in=[Status.PUBLISHED, Status.ON_HOLD]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_paper_has_its_scan",
                condition=~Q(status__in=ACTIVE, on_paper=True) | ~Q(mandate_document=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_is_dated_and_nameless",
                condition=Q(
                    status=Status.WITHDRAWN, withdrawn_at__isnull=False, signer_name="", signer_email=""
                )
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at=None)),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_status_display()})"

    def get_absolute_url(self) -> str:
        return reverse("alliance:signature_proof", args=[self.code])

    @property
    def public_signer(self) -> str:
        """The signer as the world may see it: "name, function" with consent, else the function alone."""
        return f"{self.signer_name}, {self.signer_function}" if self.publish_name else self.signer_function

    @property
    def signer_domain(self) -> str:
        """The domain of the signer's address; empty when the signer is forgotten."""
        return self.signer_email.rpartition("@")[2]

    @property
    def domain_matches(self) -> bool:
        """Whether the signer's address is of the organisation, as far as its mail domains and website tell."""
        return lies_in(self.signer_domain, self.organisation.known_domains)

    @property
    def is_in_force(self) -> bool:
        """Published, or on hold for a while: what its representatives keep up to date."""
        return self.status in (Status.PUBLISHED, Status.ON_HOLD)

    @property
    def not_confirmed_since(self) -> date | None:
        """The day of the last confirmation, once the yearly question stays unanswered too long; None if all is well."""
        if self.nudged_at is None or self.nudged_at > timezone.now() - ANSWER_TERM or not self.is_in_force:
            return None
        return self.checked_on or timezone.localdate(self.published_at)

    @property
    def contributions(self) -> list[str]:
        """The labels of the building blocks."""
        return [BuildingBlock(value).label for value in self.contributes]

    @property
    def together(self) -> models.QuerySet:
        """Other signatures in force of the partnership that it was signed with, and of those who joined."""
        leading = self.joint_with_id or self.pk
        others = Signature.objects.published().exclude(pk=self.pk).select_related("organisation")
        return others.filter(Q(pk=leading) | Q(joint_with=leading)).order_by("organisation__name")

    def forget_signer(self) -> None:
        """Empty what identifies the signer, also the document of the decision, unsaved; the file goes on commit."""
        self.signer_name = self.signer_function = self.signer_email = self.confirmation_hash = ""
        self.publish_name = False
        self.pending_consents = {}
        remove_file(self.mandate_document)
        self.mandate_document = ""
