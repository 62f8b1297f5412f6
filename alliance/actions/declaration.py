"""What happens to the text of the declaration."""

from django.db import transaction
from django.utils import timezone

from alliance.models import Declaration


@transaction.atomic
def publish_declaration(*, declaration: Declaration) -> Declaration:
    """Put a version in force from now; its text never changes again."""
    declaration.sha256 = declaration.compute_sha256()
    declaration.published_at = timezone.now()
    declaration.save()
    return declaration
