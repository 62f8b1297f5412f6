"""Questions to the secretariat, and news from it."""

from hashlib import sha256
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from smartsociety.core.localized import Localized
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import plain_line, plain_text


class EnquiryStatus(models.TextChoices):
    """Where an enquiry stands."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without answer")


ENQUIRY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    EnquiryStatus.OPEN: (EnquiryStatus.ANSWERED, EnquiryStatus.CLOSED),
}


@pghistory.track(exclude=["name", "email", "message", "answer"])
class Enquiry(Stateful):
    """Somebody who is not ready to sign asks something; answered from the secretariat's list, erased after its term."""

    is_content: ClassVar[bool] = False

    Status = EnquiryStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = ENQUIRY_TRANSITIONS

    subject = models.CharField(_("subject"), max_length=120, validators=[plain_line])
    organisation_name = models.CharField(
        _("organisation"), max_length=120, blank=True, validators=[plain_line]
    )
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[plain_line])
    email = models.EmailField(_("e-mail address"))
    message = models.TextField(_("your question"), max_length=3000, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    status = models.CharField(_("status"), max_length=20, choices=EnquiryStatus, default=EnquiryStatus.OPEN)
    answer = models.TextField(_("answer"), max_length=5000, blank=True, validators=[plain_text])
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=EnquiryStatus.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_handled_has_its_date",
                condition=Q(status="open", handled_at=None)
                | (~Q(status="open") & Q(handled_at__isnull=False)),
            ),
        ]
        triggers = [transitions_trigger(ENQUIRY_TRANSITIONS)]

    def __str__(self) -> str:
        return self.subject


@pghistory.track()
class News(models.Model):
    """A message to all who agreed to news; sent once, to each in their own language."""

    subject_nl = models.CharField(_("subject in Dutch"), max_length=120, validators=[plain_line])
    subject_en = models.CharField(_("subject in English"), max_length=120, validators=[plain_line])
    text_nl = models.TextField(_("text in Dutch"), max_length=5000, validators=[plain_text])
    text_en = models.TextField(_("text in English"), max_length=5000, validators=[plain_text])
    # Made ready by the portal when so many had signed; there is one message for each number.
    milestone = models.PositiveSmallIntegerField(
        _("number of signatories"), null=True, blank=True, unique=True, editable=False
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    subject = Localized("subject")
    text = Localized("text")

    class Meta:
        verbose_name = _("news message")
        verbose_name_plural = _("news messages")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject

    @property
    def digest(self) -> str:
        """Tells one wording from another: what the sender saw is what is sent."""
        parts = (self.subject_nl, self.text_nl, self.subject_en, self.text_en)
        return sha256("\0".join(parts).encode()).hexdigest()
