"""Documents that people hand in: known by their content, never by their name, and only of the kinds we ask for."""

import csv
import re
import warnings
from collections.abc import Collection
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from smartsociety.core import packages

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a good phone camera
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
# To read; and beside those to work on with: budgets, slides, data and code.
DOCUMENTS = ("pdf", "odt", "docx", "jpg", "png")
MATERIAL = tuple(CONTENT_TYPES)
# Any of these may be the end of a cell to the program that opens it, whatever it is to us. A formula begins with one of
# the signs; after + and - most often stands a number, or a text, and only with one of the others does it do something.
_BETWEEN = re.compile(r"[;,\t]")
_FORMULA = re.compile(r"""[\s"']*(?:[=@]|[+-].*[(|!])""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class NoTable(ValidationError):
    """Text that is not the table we take text for."""


def accept(kinds: Collection[str] = DOCUMENTS) -> str:
    """What a file field offers to choose: ".pdf,.odt"."""
    return ",".join(f".{kind}" for kind in [*kinds, *(["jpeg"] if "jpg" in kinds else [])])


def as_document(upload: UploadedFile, kinds: Collection[str] = DOCUMENTS) -> ContentFile:
    """What was handed in, named after what it is ("document.pdf"); pictures drawn anew, without where they were taken.

    Raises ValidationError when it is too large, empty, broken, holds macros or programs, or is of another kind.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Choose a smaller one."), code="too_large")
    upload.seek(0)
    try:
        kind, content = _known(upload.read(MAX_BYTES + 1), kinds)
    except NoTable as error:  # what a broken file says of itself is all there is to tell it from a table by
        if Path(upload.name or "").suffix[1:].lower() in CONTENT_TYPES.keys() - {"csv"}:
            raise _broken() from error
        raise
    if kind not in kinds:
        raise _another_kind(kinds)
    return ContentFile(content, name=f"document.{kind}")


def _known(content: bytes, kinds: Collection[str]) -> tuple[str, bytes]:
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise _broken()
        return "pdf", content
    if content.startswith(b"PK\x03\x04"):
        return packages.kind_of(content), content
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _drawn_anew(content)
    if "csv" in kinds and (text := _text(content)):
        return "csv", _table(text)
    return "", content


def _text(content: bytes) -> str:
    """What it says, when it is text at all; as UTF-8 or, as spreadsheet programs still write it, as Windows-1252."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if _CONTROL.search(text) or text.lstrip().startswith("<") else text
    return ""


def _table(text: str) -> bytes:
    """The text as UTF-8. Raises ValidationError unless every line has the same number of columns, two or more."""
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [row for row in lines if row]
    except csv.Error:
        rows = []
    if any(_FORMULA.match(cell) for line in text.splitlines() for cell in _BETWEEN.split(line)):
        raise NoTable(_("This CSV file holds formulas. Save it with their results instead."), code="formulas")
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
        raise NoTable(
            _(
                "This is text, but no table: in a CSV file each line has the same number of columns, two or more."
            ),
            code="no_table",
        )
    return text.encode()


def _drawn_anew(content: bytes) -> tuple[str, bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                if (
                    picture.width * picture.height > MAX_PIXELS
                ):  # known from the head, before anything is unpacked
                    raise ValidationError(
                        _("This picture is too large. Choose a smaller one."), code="too_large"
                    )
                kind = "jpg" if picture.format == "JPEG" else "png"
                upright = ImageOps.exif_transpose(picture)
                clean = Image.new(upright.mode, upright.size)
                clean.paste(upright)
                if upright.mode == "P":
                    clean = upright.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("This picture is too large. Choose a smaller one."), code="too_large"
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow says of broken files
        raise _broken() from error
    drawn: BinaryIO = BytesIO()
    clean.save(drawn, "JPEG" if kind == "jpg" else "PNG", **({"quality": 88} if kind == "jpg" else {}))
    return kind, drawn.getvalue()


def _another_kind(kinds: Collection[str]) -> ValidationError:
    *some, last = [kind.upper() for kind in kinds]
    return ValidationError(
        _("Choose a file of one of these kinds: %(some)s or %(last)s."),
        code="kind",
        params={"some": ", ".join(some), "last": last},
    )


def _broken() -> ValidationError:
    return ValidationError(_("This file is broken. Save it again and retry."), code="broken")
