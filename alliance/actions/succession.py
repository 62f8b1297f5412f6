"""Municipal mergers: from a day on, one organisation goes up in another."""

from datetime import date

from django.db import transaction

from alliance import emails
from alliance.models import Organisation
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision


class NoSuccession(Exception):
    """These two cannot follow each other: the same one, another kind, or a circle."""


@transaction.atomic
def succeed(
    *, predecessor: Organisation, successor: Organisation, on: date, revision: int, by: User
) -> Organisation:
    """From `on` the predecessor no longer counts and its page leads to the successor; its representatives are told.

    Raises NoSuccession, or ChangedMeanwhile when a colleague changed the predecessor after `revision`.
    """
    pair = Organisation.objects.filter(pk__in=[predecessor.pk, successor.pk]).order_by("pk")
    rows = {each.pk: each for each in pair.select_for_update(of=("self",))}  # in one order, against deadlock
    predecessor = lock_revision(Organisation.objects, pk=predecessor.pk, revision=revision)
    successor = rows[successor.pk]
    if successor.kind != predecessor.kind or predecessor in successor.line():
        raise NoSuccession(predecessor)
    predecessor.successor, predecessor.succeeded_on = successor, on
    predecessor.save()
    emails.succession(predecessor)
    return predecessor


@transaction.atomic
def end_succession(*, predecessor: Organisation, revision: int, by: User) -> Organisation:
    """It was a mistake: the organisation stands on its own again. Raises ChangedMeanwhile."""
    predecessor = lock_revision(Organisation.objects, pk=predecessor.pk, revision=revision)
    predecessor.successor, predecessor.succeeded_on = None, None
    predecessor.save()
    return predecessor
