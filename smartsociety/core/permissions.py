"""Turning the answer of a predicate into the right refusal."""

from django.core.exceptions import PermissionDenied


class NotNow(PermissionDenied):
    """Allowed to this person, but not at this moment: `why`, and the address `to` go to instead."""

    def __init__(self, why: str, to: str) -> None:
        super().__init__(why)
        self.why, self.to = why, to


def require(allowed: bool) -> None:
    """Refuse with 403 unless `allowed`; for what a person can see but may not do. Not visible is 404, by queryset."""
    if not allowed:
        raise PermissionDenied
