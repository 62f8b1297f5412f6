"""What somebody asks the owner of a practice or who uses it too, or a talk that somebody asks for."""

from datetime import datetime
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.practice import Practice
from knowledgebase.use_querysets import QuestionQuerySet
from smartsociety.core.contact_details import PATTERN, contact_in
from smartsociety.core.states import Stateful, transitions_trigger
from smartsociety.core.validators import one_line, plain_text

MOST_MOMENTS = 3


class QuestionStatus(models.TextChoices):
    """Where a question stands."""

    OPEN = "open", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without answer")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    QuestionStatus.OPEN: (QuestionStatus.ANSWERED, QuestionStatus.CLOSED),
}


# Who adopted the practice of the question, and agreed to be asked when it was asked.
ADOPTER_AGREED = pgtrigger.Trigger(
    name="adopter_agreed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("practice_id", "adoption_id"),
    condition=pgtrigger.Q(new__adoption__isnull=False),
    func="""
        IF NOT EXISTS (
            SELECT FROM knowledgebase_adoption
             WHERE id = NEW.adoption_id AND practice_id = NEW.practice_id
               AND (may_be_asked OR TG_OP = 'UPDATE')
        ) THEN
            RAISE EXCEPTION 'this organisation did not agree to be asked' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track(exclude=["asked_by", "text", "answer", "how_to_talk", "token_hash"])
class Question(Stateful):
    """Asked without showing addresses, of the owner or of who uses it too (`adoption`).

    Public only when the asker and who answers both agree. With `moments` it asks for a talk; `meeting_at` is the one
    that was picked, and `how_to_talk` is for the two of them only.
    """

    Status = QuestionStatus
    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = TRANSITIONS

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="questions")
    # Whom it is for: an organisation that uses the practice too; empty is the owner.
    adoption = models.ForeignKey(
        Adoption, null=True, blank=True, on_delete=models.CASCADE, related_name="questions"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    text = models.TextField(_("your question"), max_length=1500, validators=[plain_text])
    asker_agrees = models.BooleanField(_("the question and its answer may be public"), default=False)
    moments = ArrayField(
        models.DateTimeField(),
        verbose_name=_("when could you talk?"),
        size=MOST_MOMENTS,
        default=list,
        blank=True,
    )
    status = models.CharField(_("status"), max_length=20, choices=QuestionStatus, default=QuestionStatus.OPEN)
    answer = models.TextField(_("answer"), max_length=3000, blank=True, validators=[plain_text])
    owner_agrees = models.BooleanField(_("the question and the answer may be public"), default=False)
    meeting_at = models.DateTimeField(_("agreed to talk at"), null=True, blank=True)
    how_to_talk = models.CharField(_("how you talk"), max_length=300, blank=True, validators=[one_line])
    asked_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_status_is_known", condition=Q(status__in=QuestionStatus.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answered_has_its_answer",
                condition=(Q(status="answered") & ~Q(answer="")) | (~Q(status="answered") & Q(answer="")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_handled_has_its_date",
                condition=Q(status="open", answered_at=None)
                | (~Q(status="open") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_meeting_was_asked_for",
                condition=Q(meeting_at=None)
                | Q(
                    status="answered",
                    moments__contains=Func(
                        "meeting_at",
                        template="ARRAY[%(expressions)s]",
                        output_field=ArrayField(models.DateTimeField()),
                    ),
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_few_moments", condition=Q(moments__len__lte=MOST_MOMENTS)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_how_to_talk_was_asked",
                condition=Q(how_to_talk="") | Q(status="answered", moments__len__gt=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_public_text_has_no_contact",
                condition=Q(asker_agrees=False) | ~Q(text__regex=PATTERN),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_public_answer_has_no_contact",
                condition=Q(owner_agrees=False) | ~Q(answer__regex=PATTERN),
            ),
        ]
        triggers = [transitions_trigger(TRANSITIONS), ADOPTER_AGREED]

    def __str__(self) -> str:
        return f"{self.practice_id} #{self.pk} ({self.status})"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.status == self.Status.ANSWERED and self.asker_agrees and self.owner_agrees

    @property
    def can_be_public(self) -> bool:
        """Whether the asker can let everybody read it: there is no address or number in it."""
        return not contact_in(self.text)

    @property
    def coming_moments(self) -> list[datetime]:
        """The proposed moments that can still be picked."""
        return [moment for moment in self.moments if moment > timezone.now()]
