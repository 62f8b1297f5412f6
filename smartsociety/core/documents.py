"""Documents that people hand in: known by their content, never by their name, and only of the kinds we ask for."""

import warnings
import zipfile
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a good phone camera
MAX_UNPACKED = 100 * 1024 * 1024
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
}
ACCEPT = ".pdf,.odt,.docx,.jpg,.jpeg,.png"


def as_document(upload: UploadedFile) -> ContentFile:
    """What was handed in, named after what it is ("document.pdf"); pictures drawn anew, without where they were taken.

    Raises ValidationError when it is too large, empty, broken, holds macros, or is of another kind.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Choose a smaller one."), code="too_large")
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    kind, content = _known(content)
    return ContentFile(content, name=f"document.{kind}")


def _known(content: bytes) -> tuple[str, bytes]:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf", content
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content), content
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _drawn_anew(content)
    raise _another_kind()


def _kind_of_package(content: bytes) -> str:
    """ODT and DOCX are packages with a list of contents; nothing is unpacked but the few bytes that say what it is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > 5000 or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _another_kind()
            if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
                raise ValidationError(
                    _("This document holds macros. Save it without them, or as PDF."), code="macros"
                )
            if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
                declared = package.read("mimetype").decode("ascii", "replace").strip()
                if declared == CONTENT_TYPES["odt"] and "content.xml" in names:
                    return "odt"
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise _broken() from error
    raise _another_kind()


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


def _another_kind() -> ValidationError:
    return ValidationError(_("Choose a PDF, ODT, DOCX, JPG or PNG file."), code="kind")


def _broken() -> ValidationError:
    return ValidationError(_("This file is broken. Save it again and retry."), code="broken")
