"""Turning the answer of a predicate into the right refusal."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Refuse with 403 unless `allowed`; for what a person can see but may not do. Not visible is 404, by queryset."""
    if not allowed:
        raise PermissionDenied
