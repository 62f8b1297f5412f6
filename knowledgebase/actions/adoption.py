"""What happens to an adoption: whole or not at all, mail in the same transaction."""

from django.db import transaction

from alliance.models import Organisation
from knowledgebase import emails
from knowledgebase.models import Adoption, Practice
from smartsociety.core.models import User


@transaction.atomic
def adopt(
    *,
    practice: Practice,
    organisation: Organisation,
    stage: str,
    by: User,
    since_year: int | None = None,
    changes: str = "",
    learned_from: Organisation | None = None,
    stop_reason: str = "",
) -> Adoption:
    """An organisation uses it too (*Wij gebruiken dit ook*).

    Said once, changed as often as the stage moves on; the owner hears of a new one.
    """
    adoption, is_new = Adoption.objects.update_or_create(
        practice=practice,
        organisation=organisation,
        defaults={
            "stage": stage,
            "since_year": since_year,
            "changes": changes,
            "learned_from": learned_from,
            "stop_reason": stop_reason,
            "claimed_by": by,
        },
    )
    if is_new:
        emails.practice_adopted(adoption)
    return adoption
