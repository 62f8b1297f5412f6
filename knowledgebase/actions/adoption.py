"""What happens to an adoption: whole or not at all, mail in the same transaction."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase import emails
from knowledgebase.actions.evidence import BELOW_REPRODUCED, REPRODUCED_IN, municipalities_using
from knowledgebase.actions.practice import lock
from knowledgebase.models import Adoption, AdoptionDraft, AdoptionStep, Practice
from smartsociety.core.models import User

# How long we keep what somebody wanted to say before speaking for an organisation.
DRAFT_TERM = timedelta(days=90)


class OwnsIt(Exception):
    """Who owns a practice does not take it over; perhaps it became an owner a moment ago."""


@transaction.atomic
def adopt(
    *,
    practice: Practice,
    organisation: Organisation,
    stage: str,
    by: User,
    reached_on: date | None = None,
    changes: str = "",
    scaling: str = "",
    learned_from: Organisation | None = None,
    stop_reason: str = "",
    may_be_asked: bool = False,
    questions_a_month: int | None = None,
) -> Adoption:
    """An organisation uses it too (*Wij gebruiken dit ook*), at this stage since `reached_on` (today).

    Said once, changed as often as the stage moves on; the owner hears of a new one, and of the one by which it is
    reproduced. Raises OwnsIt.
    """
    practice = lock(practice)  # nobody becomes its owner meanwhile
    if practice.owning_organisations().filter(pk=organisation.pk).exists():
        raise OwnsIt(organisation)
    reached_on = reached_on or timezone.localdate()
    users = municipalities_using(practice)
    said = {
        "stage": stage,
        "changes": changes,
        "scaling": scaling,
        "learned_from": learned_from,
        "stop_reason": stop_reason if stage == Adoption.Stage.STOPPED else "",
        "may_be_asked": may_be_asked,
        "questions_a_month": questions_a_month,
        "claimed_by": by,
        "checked_on": timezone.localdate(),
        "asked_at": None,
    }
    adoption, is_new = Adoption.objects.update_or_create(
        practice=practice,
        organisation=organisation,
        defaults=said,
        create_defaults={**said, "since_year": reached_on.year},
    )
    _note_step(adoption, reached_on)
    within_reach = (
        users < REPRODUCED_IN <= municipalities_using(practice) and practice.evidence in BELOW_REPRODUCED
    )
    if is_new or within_reach:
        emails.practice_adopted(adoption, evidence_is_within_reach=within_reach)
    AdoptionDraft.objects.filter(practice=practice, user=by).delete()
    return adoption


def _note_step(adoption: Adoption, reached_on: date) -> None:
    """A line in its history, when the stage is another than in the last line."""
    last = adoption.steps.order_by("reached_on", "pk").last()
    if last is None or last.stage != adoption.stage:
        AdoptionStep.objects.create(
            adoption=adoption,
            stage=adoption.stage,
            reached_on=reached_on,
            stop_reason=adoption.stop_reason,
        )


@transaction.atomic
def keep_for_later(*, practice: Practice, answers: dict[str, Any], by: User) -> AdoptionDraft:
    """Keep what this person wants to say until an organisation lets them speak for it."""
    draft, _is_new = AdoptionDraft.objects.update_or_create(
        practice=practice, user=by, defaults={"answers": answers}
    )
    return draft


@transaction.atomic
def tell_who_can_finish() -> int:
    """Mail those who wanted to say something and speak for an organisation by now, each once. Returns how many."""
    waiting = AdoptionDraft.objects.filter(
        told_at=None,
        practice__status=Practice.Status.PUBLISHED,
        user__is_active=True,
        user__memberships__role="representative",
    )
    rows = AdoptionDraft.objects.filter(pk__in=waiting.values("pk")).select_related("practice", "user")
    drafts = list(rows.select_for_update(of=("self",), skip_locked=True))
    for draft in drafts:
        emails.adoption_to_finish(draft)
        draft.told_at = timezone.now()
        draft.save(update_fields=["told_at"])
    return len(drafts)


def erase_adoption_drafts() -> int:
    """Forget what nobody finished within its term. Returns how many."""
    return AdoptionDraft.objects.filter(created_at__lt=timezone.now() - DRAFT_TERM).delete()[0]
