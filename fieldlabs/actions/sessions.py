"""Who goes to which part of the programme."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from fieldlabs.models import ProgrammeItem, Registration, SessionChoice


class SessionFull(Exception):
    """Somebody else took the last place; the argument is the session."""


@transaction.atomic
def choose_sessions(*, registration: Registration, items: Iterable[ProgrammeItem]) -> None:
    """Go to these and to no others. Raises SessionFull, and then nothing has changed."""
    Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    wanted = {item.pk: item for item in items}
    registration.choices.exclude(item__in=wanted).delete()
    kept = set(registration.choices.values_list("item_id", flat=True))
    # In a fixed order, so that two people who choose the same never wait for each other.
    for pk in sorted(wanted.keys() - kept):
        try:
            with transaction.atomic():
                SessionChoice.objects.create(registration=registration, item=wanted[pk])
        except IntegrityError as error:
            raise SessionFull(wanted[pk]) from error


def clashes(items: Iterable[ProgrammeItem]) -> list[tuple[ProgrammeItem, ProgrammeItem]]:
    """Pairs that are at the same time."""
    ordered = sorted(items, key=lambda item: item.starts_at)
    return [
        (first, second)
        for place, first in enumerate(ordered)
        for second in ordered[place + 1 :]
        if first.overlaps(second)
    ]
