"""What editors put on top of the results of a search."""

from django.db import transaction

from smartsociety.core.models import User
from smartsociety.core.search.models import PinnedSearch
from smartsociety.core.search.pins import written_key


@transaction.atomic
def keep_pin(*, pin: PinnedSearch, entries: list[int], by: User) -> PinnedSearch:
    """Put these on top from the next search on."""
    pin.key, pin.entries = written_key(pin.words), entries
    pin.save()
    return pin


@transaction.atomic
def remove_pin(*, pin: PinnedSearch, by: User) -> None:
    """Nothing is on top any more; the audit keeps what was."""
    pin.delete()
