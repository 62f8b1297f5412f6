"""What shows that an outcome is true: measurements, links and files; and who may write it besides staff."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from fieldlabs.models.outcome import Outcome
from smartsociety.core.documents import CONTENT_TYPES, DOCUMENTS
from smartsociety.core.files import RandomName, private_storage
from smartsociety.core.validators import one_line, plain_line


@pghistory.track()
class Measurement(models.Model):
    """Measured impact: of what, how much it was, how much it became, and how that is known."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="measurements")
    indicator = models.CharField(_("what was measured"), max_length=120, validators=[plain_line])
    baseline = models.DecimalField(
        _("before"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Leave it empty when nobody measured before."),
    )
    value = models.DecimalField(_("after"), max_digits=14, decimal_places=2)
    unit = models.CharField(
        _("unit"), max_length=40, validators=[plain_line], help_text=_("For example: minutes per visit.")
    )
    method = models.CharField(
        _("how it was measured"),
        max_length=300,
        help_text=_("By whom, how often, among how many."),
        validators=[one_line],
    )

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_what_and_how",
                condition=~Q(indicator="") & ~Q(unit="") & ~Q(method=""),
            )
        ]

    def __str__(self) -> str:
        return self.indicator

    @property
    def change(self):
        """After minus before; None when nobody measured before."""
        return None if self.baseline is None else self.value - self.baseline


@pghistory.track()
class OutcomeLink(models.Model):
    """A page elsewhere: a demo, source code, a presentation."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(_("what it is"), max_length=120, validators=[plain_line])
    url = models.URLField(_("address"), max_length=300)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_leads_to_a_page", condition=Q(url__regex=r"^https?://")
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class OutcomeFile(models.Model):
    """A document of an outcome, known by its content; kept outside what the web server serves."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(_("what it is"), max_length=120, validators=[plain_line])
    file = models.FileField(_("file"), storage=private_storage, upload_to=RandomName("outcomes"))
    extension = models.CharField(max_length=4, editable=False)
    size = models.PositiveIntegerField(editable=False)
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_of_a_known_kind",
                condition=Q(extension__in=list(DOCUMENTS)),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content_type(self) -> str:
        """What it is, as browsers say it."""
        return CONTENT_TYPES[self.extension]


@pghistory.track(exclude=["email"])
class OutcomeWriter(models.Model):
    """Somebody of a team whom staff asked to write its outcome; known by the address they sign in with."""

    is_content: ClassVar[bool] = False

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="writers")
    email = models.EmailField(_("e-mail address"))
    invited_at = models.DateTimeField(_("invited at"), db_default=Now(), editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("writer")
        verbose_name_plural = _("writers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_email_is_lower_case", condition=Q(email=Lower("email"))
            ),
            models.UniqueConstraint(name="%(app_label)s_%(class)s_invited_once", fields=["outcome", "email"]),
        ]

    def __str__(self) -> str:
        return f"writer of {self.outcome_id}"
