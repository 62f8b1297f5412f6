"""Documents and pictures of a practice."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from knowledgebase.models import Attachment, Picture, Practice
from smartsociety.core.files import remove_file
from smartsociety.core.models import User


@transaction.atomic
def attach(
    *, practice: Practice, kind: str, title: str, file: ContentFile, licence: str, by: User
) -> Attachment:
    """Add a document of which the content was looked at (`core.documents`)."""
    return Attachment.objects.create(
        practice=practice, kind=kind, title=title, file=file, size=file.size, licence=licence, created_by=by
    )


@transaction.atomic
def add_picture(*, practice: Practice, file: ContentFile, alt: str, caption: str, by: User) -> Picture:
    """Add a picture that was drawn anew (`core.pictures`)."""
    return Picture.objects.create(practice=practice, file=file, alt=alt, caption=caption, created_by=by)


@transaction.atomic
def remove(*, of: Attachment | Picture, by: User) -> None:
    """Take it away; its file goes once that is certain."""
    remove_file(of.file)
    of.delete()


def count_download(attachment: Attachment) -> None:
    """One more took it along; nobody keeps who."""
    Attachment.objects.filter(pk=attachment.pk).update(downloads=F("downloads") + 1)
