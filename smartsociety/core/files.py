"""Files that people hand in: kept outside what the web server serves, under names that nobody guesses."""

import secrets
from pathlib import PurePath

from django.core.files.storage import storages
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.deconstruct import deconstructible


def private_storage():
    """Where uploads live; a view hands them out to who may have them."""
    return storages["private"]


def remove_file(file: FieldFile) -> None:
    """Remove what a FileField points at, once the transaction that lets go of it is committed; the row is not saved."""
    if file:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


@deconstructible
class RandomName:
    """`upload_to` that keeps only the ending of the name a person gave: `RandomName("mandates")`."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, instance: object, filename: str) -> str:
        return f"{self.folder}/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:10]}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RandomName) and other.folder == self.folder

    def __hash__(self) -> int:
        return hash(self.folder)
