"""Documents and pictures of a practice: with a draft at once, with what is published as part of a proposed change."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from knowledgebase.actions.practice import lock
from knowledgebase.models import Attachment, Picture, Practice, Proposal
from smartsociety.core.files import remove_file
from smartsociety.core.models import User
from smartsociety.core.revisions import ChangedMeanwhile


@transaction.atomic
def attach(
    *, practice: Practice, kind: str, title: str, file: ContentFile, licence: str, by: User
) -> Attachment:
    """Add a document of which the content was looked at (`core.documents`). Raises ChangedMeanwhile."""
    about = {"kind": kind, "title": title, "licence": licence, "size": file.size}
    return _add(Attachment, practice, by, file=file, **about)


@transaction.atomic
def add_picture(*, practice: Practice, file: ContentFile, alt: str, caption: str, by: User) -> Picture:
    """Add a picture that was drawn anew (`core.pictures`). Raises ChangedMeanwhile."""
    return _add(Picture, practice, by, file=file, alt=alt, caption=caption)


def _add(model: type[Attachment | Picture], practice: Practice, by: User, **about) -> Attachment | Picture:
    """Readers of what is published see it once an editor approved the change that it is part of."""
    practice = lock(practice)
    waits_for = None if practice.status == Practice.Status.DRAFT else _change_of(practice, by)
    return model.objects.create(practice=practice, waits_for=waits_for, created_by=by, **about)


def _change_of(practice: Practice, by: User) -> Proposal:
    """The change that is being written, or a new one. Raises ChangedMeanwhile when an editor reads it now."""
    change = practice.proposals.open().first() or Proposal.objects.create(practice=practice, created_by=by)
    if change.status != Proposal.Status.DRAFT:
        raise ChangedMeanwhile(change)
    change.revision += 1  # who read it without this has not read it
    change.save()
    return change


@transaction.atomic
def remove(*, of: Attachment | Picture, by: User) -> None:
    """Take it away; its file goes once that is certain."""
    remove_file(of.file)
    of.delete()


def count_download(attachment: Attachment) -> None:
    """One more took it along; nobody keeps who."""
    Attachment.objects.filter(pk=attachment.pk).update(downloads=F("downloads") + 1)
