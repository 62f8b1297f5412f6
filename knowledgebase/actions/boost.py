"""Precedence in search, given and taken back by editors."""

from django.db import transaction

from knowledgebase.models import Boost
from smartsociety.core.models import User


@transaction.atomic
def give_boost(*, boost: Boost, by: User) -> Boost:
    """In force once the practices are indexed anew: a trigger notes them, fifty at once, the worker the rest."""
    boost.save()
    return boost


@transaction.atomic
def take_boost(*, boost: Boost, by: User) -> None:
    """Back to what they are worth themselves; the audit keeps what was."""
    boost.delete()
