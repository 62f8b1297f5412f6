"""What the secretariat puts right about an organisation."""

from typing import Any

from django.db import transaction

from alliance.models import Organisation
from smartsociety.core.audit import because
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision


@transaction.atomic
def correct_organisation(
    *, organisation: Organisation, revision: int, reason: str, by: User, **facts: Any
) -> Organisation:
    """Put facts right; the audit keeps what and why. Raises ChangedMeanwhile when it is not at `revision` any more."""
    organisation = lock_revision(Organisation.objects, pk=organisation.pk, revision=revision)
    for name, value in facts.items():
        setattr(organisation, name, value)
    with because(reason):
        organisation.save()
    return organisation
