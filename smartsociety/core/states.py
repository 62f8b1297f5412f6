"""Objects that move through states: the table of transitions, checked here and refused by the database."""

from typing import ClassVar

import pgtrigger
from django.db import models


class InvalidTransition(Exception):
    """The object may not go from its present state to the wanted one, for instance because a colleague was first."""

    def __init__(self, obj: "Stateful", status: str) -> None:
        super().__init__(f"{obj._meta.label} {obj.pk} cannot go from {obj.status} to {status}")


class Stateful(models.Model):
    """A model with a `status` field and a `TRANSITIONS` table: status → the statuses that may follow it.

    Actions call `become`; nothing else assigns `status` (a guard test looks). Give the model `transitions_trigger` in
    `Meta.triggers`, so that updates and raw SQL obey the same table.
    """

    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    def can_become(self, status: str) -> bool:
        """Whether the table allows `status` next."""
        return status in self.TRANSITIONS.get(self.status, ())

    def become(self, status: str) -> None:
        """Set `status`, unsaved. Raises InvalidTransition when the table does not allow it."""
        if not self.can_become(status):
            raise InvalidTransition(self, status)
        self.status = status


def transitions_trigger(transitions: dict[str, tuple[str, ...]]) -> pgtrigger.FSM:
    """A trigger that refuses every change of `status` that `transitions` does not name."""
    pairs = [(source, target) for source, targets in transitions.items() for target in targets]
    return pgtrigger.FSM(name="transitions", field="status", transitions=pairs)
