"""How many places are free, and for whom: reserved ones wait for their side of the helix until their day."""

from dataclasses import dataclass

from django.db.models import Count

from fieldlabs.models import Fieldlab


@dataclass
class Places:
    """The places of one fieldlab at one moment. Count while its row is locked, or it is only an impression."""

    capacity: int
    taken: dict[str, int]
    reserved: dict[str, int]

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return max(0, self.capacity - sum(self.taken.values()))

    def kept_from(self, side: str) -> int:
        """Free places that wait for the other sides."""
        return sum(
            max(0, places - self.taken.get(other, 0))
            for other, places in self.reserved.items()
            if other != side
        )

    def free_for(self, side: str) -> int:
        """Places that somebody of this side can have now."""
        return max(0, self.free - self.kept_from(side))

    def take(self, side: str) -> None:
        """Count one more."""
        self.taken[side] = self.taken.get(side, 0) + 1


def places_of(fieldlab: Fieldlab) -> Places:
    """Counted now."""
    rows = fieldlab.registrations.seated().order_by().values_list("helix").annotate(number=Count("pk"))
    return Places(capacity=fieldlab.capacity, taken=dict(rows), reserved=fieldlab.reserved)
