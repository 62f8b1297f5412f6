"""ZIP files are looked into, never unpacked; what is a trap or a program is refused."""

import stat
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.exceptions import ValidationError

from smartsociety.core import packages


def zipped(parts: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """An archive with these files."""
    made = BytesIO()
    with ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_password() -> bytes:
    """As an archive that says in its list that its file is encrypted."""
    made = bytearray(zipped({"a.txt": b"x"}))
    made[made.index(b"PK\x01\x02") + 8] |= packages.ENCRYPTED
    return bytes(made)


def with_link() -> bytes:
    """A file that points elsewhere."""
    made, part = BytesIO(), ZipInfo("a.txt")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(made, "w") as archive:
        archive.writestr(part, "/etc/passwd")
    return made.getvalue()


def claiming(number: int) -> bytes:
    """An archive whose list says that its file is this large."""
    made = bytearray(zipped({"a.txt": b"x"}))
    at = made.index(b"PK\x01\x02") + 24
    made[at : at + 4] = number.to_bytes(4, "little")
    return bytes(made)


def overlapping() -> bytes:
    """Two names in the list for the same bytes, which each claim most of the file."""
    made = zipped({"a.bin": bytes(range(256)) * 40}, ZIP_DEFLATED)
    at = made.index(b"PK\x01\x02")
    end = made.index(b"PK\x05\x06")
    entry, tail = made[at:end], bytearray(made[end:])
    tail[8:12] = (40).to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * 40).to_bytes(4, "little")
    return made[:at] + entry * 40 + bytes(tail)


CODE = {
    "src/telling.py": b"print(1)",
    "README.md": b"# Telling",
    "start.sh": b"#!/bin/sh",
    "bijlage.docx": b"PK\x03\x04",
}


def test_code_and_data_are_a_zip():
    assert packages.kind_of(zipped(CODE)) == "zip"


REFUSED = {
    "no files": (zipped({}) or b"", "empty"),
    "only empty files": (zipped({"a.txt": b"", "map/": b""}), "empty"),
    "packed too tightly": (zipped({"a.txt": b"0" * 3_000_000}), "too_large"),
    "claims more than it may": (claiming(packages.MAX_UNPACKED + 1), "too_large"),
    "too many files": (zipped({f"{n}": b"" for n in range(packages.MAX_PARTS + 1)}), "too_large"),
    "files over each other": (overlapping(), "too_large"),
    "password": (with_password(), "encrypted"),
    "absolute": (zipped({"/etc/passwd": b"x"}), "path"),
    "to the folder above": (zipped({"map/../../a.txt": b"x"}), "path"),
    "to the folder above, of Windows": (zipped({"map\\..\\..\\a.txt": b"x"}), "path"),
    "drive": (zipped({"C:/a.txt": b"x"}), "path"),
    "link": (with_link(), "path"),
    "program by name": (zipped({"klik.LNK": b"x"}), "program"),
    "program of Windows by content": (zipped({"foto.txt": b"MZ\x90\x00"}), "program"),
    "program of Linux by content": (zipped({"foto.txt": b"\x7fELF\x02"}), "program"),
    "document with macros": (zipped({"begroting.xlsm": b"PK\x03\x04"}), "program"),
    "archive in an archive": (zipped({"meer.txt": zipped({"a.txt": b"x"})}), "nested"),
    "packed with archive in it": (zipped({"meer.gz": b"\x1f\x8b\x08"}), "nested"),
    "packed otherwise": (zipped({"a.txt": b"x" * 20}, ZIP_BZIP2), "broken"),
    "cut off": (zipped(CODE)[:-30], "broken"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_package_is_refused(name):
    content, code = REFUSED[name]
    with pytest.raises(ValidationError) as refusal:
        packages.kind_of(content)
    assert refusal.value.code == code


def test_refusal_names_the_file():
    with pytest.raises(ValidationError) as refusal:
        packages.kind_of(zipped({"map/klik.exe": b"x"}))
    assert "map/klik.exe" in refusal.value.messages[0]
