"""Documents that are handed in are known by their content."""

import zipfile
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from smartsociety.core.documents import MATERIAL, MAX_BYTES, accept, as_document


def package(**parts: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def named(parts: dict[str, bytes]) -> bytes:
    return package(**{name.replace("/", "__"): content for name, content in parts.items()})


def picture(kind: str) -> bytes:
    made, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "Coolsingel 40"
    Image.new("RGB", (20, 10), "red").save(made, kind, exif=exif)
    return made.getvalue()


ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
DOCX = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (named(ODT), "odt"),
        (named(DOCX), "docx"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
    ],
)
def test_document_is_named_after_what_it_is(content, kind):
    assert as_document(SimpleUploadedFile("besluit.exe", content)).name == f"document.{kind}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"<html>%PDF-1.7 %%EOF", "kind"),
        (b"%PDF-1.7 without its end", "broken"),
        (b"GIF89a", "kind"),
        (named({"mimetype": b"application/epub+zip"}), "kind"),
        (named({"readme.txt": b"x"}), "kind"),
        (named({**DOCX, "word/vbaProject.bin": b"x"}), "macros"),
        (named({**ODT, "Basic/Standard/Module1.xml": b"x"}), "macros"),
        (named(DOCX)[:-30], "broken"),
        (picture("JPEG")[:200], "broken"),
        (b"\x89PNG\r\n\x1a\nnonsense", "broken"),
        (PDF + b" " * MAX_BYTES, "too_large"),
    ],
)
def test_document_of_another_kind_is_refused(content, code):
    with pytest.raises(ValidationError) as refusal:
        as_document(SimpleUploadedFile("besluit.pdf", content))
    assert refusal.value.code == code


MATERIALS = {
    "ods": named({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    "odp": named({"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b"<x/>"}),
    "xlsx": named({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
    "pptx": named({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
    "csv": '\ufeffpost;bedrag\r\n"lamp; klein";-10\r\n'.encode(),
    "zip": named({"lees-mij.txt": b"x"}),
}


@pytest.mark.parametrize("kind", MATERIALS)
def test_material_is_taken_only_where_it_is_asked_for(kind):
    upload = SimpleUploadedFile("begroting.exe", MATERIALS[kind])
    assert as_document(upload, MATERIAL).name == f"document.{kind}"
    with pytest.raises(ValidationError) as refusal:
        as_document(upload)
    assert refusal.value.code == "kind"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"alleen een zin", "no_table"),
        (b"", "kind"),
        (b"a;b\nc", "no_table"),
        (b"<a>;</a>\n<b>;</b>", "kind"),
        (b"a;\x00b\nc;d", "kind"),
        (b'a;"b', "no_table"),
        (b"a;b\n=1+1;2", "formulas"),
        (b"a,b\n1,@SUM(1)", "formulas"),
        (b"a,b,c\nx;=1+1,y,z", "formulas"),  # cells end elsewhere in another program
        (b"a;b\n+1+cmd|' /C calc'!A0;x", "formulas"),
        (b"a;b\n -SUM(A1);x", "formulas"),
    ],
)
def test_table_of_text_has_columns_and_no_formulas(content, code):
    with pytest.raises(ValidationError) as refusal:
        as_document(SimpleUploadedFile("tabel.csv", content), MATERIAL)
    assert refusal.value.code == code


@pytest.mark.parametrize("content", [b"een half stuk\nvan een bestand", b"a;b\n=1+1;2", b"%PDF-1.7 =1;2"])
@pytest.mark.parametrize("name", ["nota.pdf", "begroting.ODS", "foto.jpg"])
def test_broken_file_is_not_told_how_to_be_a_table(content, name):
    with pytest.raises(ValidationError) as refusal:
        as_document(SimpleUploadedFile(name, content), MATERIAL)
    assert refusal.value.code == "broken"


def test_table_in_windows_1252_is_kept_as_utf_8():
    upload = SimpleUploadedFile("tabel.csv", "post;café\r\nlamp;€ 5\r\n".encode("cp1252"))
    assert as_document(upload, MATERIAL).read() == "post;café\r\nlamp;€ 5\r\n".encode()


def test_number_or_text_with_a_sign_is_no_formula():
    content = b"post;bedrag\nlamp;-10,50\n- korting;- 5 %\nbellen;+31 6 12345678\n"
    assert as_document(SimpleUploadedFile("tabel.csv", content), MATERIAL).name == "document.csv"


def test_damaged_archive_is_refused():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lees-mij.txt", b"lees mij " * 50)
    broken = bytearray(packed.getvalue())
    broken[broken.index(b"lees-mij.txt") + len("lees-mij.txt")] = 0xFF  # the first byte of what was packed
    with pytest.raises(ValidationError) as refusal:
        as_document(SimpleUploadedFile("a.zip", bytes(broken)), MATERIAL)
    assert refusal.value.code == "broken"


def test_field_offers_the_kinds_it_takes():
    assert accept() == ".pdf,.odt,.docx,.jpg,.png,.jpeg"
    assert accept(("csv", "zip")) == ".csv,.zip"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_picture_forgets_where_it_was_taken(kind):
    drawn = as_document(SimpleUploadedFile("x.jpg", picture(kind))).read()
    assert b"Coolsingel" not in drawn
    assert Image.open(BytesIO(drawn)).size == (20, 10)
