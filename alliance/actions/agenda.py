"""What happens to projects of the agenda."""

from django.db import transaction

from alliance.models import Project
from smartsociety.core.models import User


@transaction.atomic
def show_project(*, project: Project, shown: bool, by: User) -> Project:
    """Put a project on the public agenda, or take it off; who has the address of one taken off reads 404."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    project.is_published = shown
    project.save()
    return project
