"""What participants thought of a fieldlab. Nobody can tell who answered what: neither row points to the other.

An invitation is removed when it is answered; an answer holds no moment and no person, and its key is drawn at random.
Neither keeps a history, for that would put them in order.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.registration import Registration
from smartsociety.core.validators import plain_text


class QuestionnaireInvitation(models.Model):
    """A link that was mailed to one participant and not used yet."""

    is_content: ClassVar[bool] = False

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="questionnaire")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("invitation to the questionnaire")
        verbose_name_plural = _("invitations to the questionnaire")

    def __str__(self) -> str:
        return f"questionnaire #{self.pk}"


class QuestionnaireAnswer(models.Model):
    """One anonymous answer."""

    is_content: ClassVar[bool] = False

    class Useful(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fieldlab = models.ForeignKey(Fieldlab, on_delete=models.CASCADE, related_name="answers")
    rating = models.PositiveSmallIntegerField(_("rating"))
    useful = models.CharField(_("usable at home"), max_length=10, choices=Useful)
    comment = models.TextField(_("comment"), max_length=1000, blank=True, validators=[plain_text])

    class Meta:
        verbose_name = _("answer to the questionnaire")
        verbose_name_plural = _("answers to the questionnaire")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_rating_is_one_to_five",
                condition=Q(rating__gte=1, rating__lte=5),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_useful_is_known",
                condition=Q(useful__in=["yes", "partly", "no"]),
            ),
        ]

    def __str__(self) -> str:
        return f"answer about {self.fieldlab_id}"
