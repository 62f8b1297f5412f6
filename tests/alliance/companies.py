"""Organisations that are not in the register."""

from alliance.models import Organisation
from tests import factories


def company(name: str, **fields) -> Organisation:
    """Somebody who is not in the register."""
    return factories.OrganisationFactory(
        kind="company", name=name, slug=fields.pop("slug", name.lower()), in_register=False, **fields
    )
