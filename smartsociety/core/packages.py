"""ZIP files that people hand in: office documents, which are packages too, and archives of code and data.

Nothing is unpacked: the list of contents says how large it would be and where it would go, and of each file the first
bytes are read, in memory, to see what it is.
"""

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What reading a damaged package raises.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(ValueError, OSError, EOFError),
)
MAX_PARTS = 5000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100  # text packs to a tenth; a trap (zip bomb) to a thousandth
# By what their list of contents holds.
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
OFFICE_OPEN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OFFICE_ENDINGS = {".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx"}
# What starts by being opened. Scripts of a project (.py, .sh, .js) are texts to read.
PROGRAM_ENDINGS = (
    *(
        ".exe",
        ".dll",
        ".com",
        ".scr",
        ".pif",
        ".msi",
        ".msp",
        ".cpl",
        ".lnk",
        ".hta",
        ".vbs",
        ".vbe",
        ".jse",
        ".wsf",
    ),
    *(".bat", ".cmd", ".jar", ".apk", ".dmg", ".pkg", ".deb", ".rpm", ".docm", ".xlsm", ".pptm"),
)
PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
ARCHIVE_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zX")
ENCRYPTED = 0x1


def kind_of(content: bytes) -> str:
    """What this package is: the ending of an office document, else "zip".

    Raises ValidationError when it is broken, is a trap, or holds what we do not hand on.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_traps(parts, len(content))
            kind = _office_kind(package)
            if kind:
                _refuse_macros(parts)
                return kind
            for part in parts:
                _refuse_part(package, part)
    except BROKEN as error:
        raise ValidationError(_("This file is broken. Save it again and retry."), code="broken") from error
    if not any(part.file_size for part in parts):
        raise ValidationError(_("There is nothing in this ZIP file."), code="empty")
    return "zip"


def _office_kind(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if {"mimetype", "content.xml"} <= names and package.getinfo("mimetype").file_size < 100:
        declared = package.read("mimetype").decode("ascii", "replace").strip()
        return OPEN_DOCUMENT.get(declared, "")
    if "[Content_Types].xml" in names:
        return next((kind for name, kind in OFFICE_OPEN.items() if name in names), "")
    return ""


def _refuse_traps(parts: list[zipfile.ZipInfo], size: int) -> None:
    """By what the list of contents declares: too many files, too much, packed too tightly, or files over each other."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or packed > size or unpacked > MAX_RATIO * size:
        raise ValidationError(
            _("This file would be far too large when it is unpacked. Put less in it."), code="too_large"
        )
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise ValidationError(_("This file has a password. Save it without one."), code="encrypted")


def _refuse_macros(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if any(
        name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names
    ):
        raise ValidationError(
            _("This document holds macros. Save it without them, or as PDF."), code="macros"
        )


def _refuse_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/") or _is_link(part):
        raise ValidationError(
            _("A file in this ZIP would end up outside its folder: %(name)s."),
            code="path",
            params={"name": name.replace("\0", "")},
        )
    if part.is_dir():
        return
    start, ending = _start_of(package, part), PurePath(name).suffix.lower()
    if ending in PROGRAM_ENDINGS or start.startswith(PROGRAM_STARTS):
        raise ValidationError(
            _("This ZIP holds a program, or a document with macros: %(name)s. Share only what can be read."),
            code="program",
            params={"name": name},
        )
    if start.startswith(ARCHIVE_STARTS) and ending not in OFFICE_ENDINGS:
        raise ValidationError(
            _("There is another archive in this ZIP: %(name)s. Put its files in directly."),
            code="nested",
            params={"name": name},
        )


def _is_link(part: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(part.external_attr >> 16)


def _start_of(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(part.compress_type)
    with package.open(part) as file:
        return file.read(8)
