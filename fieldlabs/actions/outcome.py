"""What happens to an outcome."""

from django.db import transaction

from fieldlabs.models import Outcome
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug


@transaction.atomic
def record_outcome(*, outcome: Outcome, by: User) -> Outcome:
    """Keep a new outcome of a fieldlab, with an address of its own."""
    outcome.slug = unique_slug(Outcome, outcome.title)
    outcome.created_by = by
    outcome.save()
    return outcome
