"""An OpenDocument spreadsheet of one table, written as text: a library builds a tree for every cell, for minutes."""

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

SHORT = 60
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
# What XML cannot hold, however it is escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Several spaces, and ends of a text, would be taken for one or none: ODF has elements for them.
_SPACES = re.compile(r"^ | $|(?<= ) +")

MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
STYLES = (
    f'{_XML}<office:document-styles xmlns:office="{_OASIS}office:1.0" xmlns:style="{_OASIS}style:1.0"'
    f' xmlns:fo="{_OASIS}xsl-fo-compatible:1.0" xmlns:svg="{_OASIS}svg-compatible:1.0" office:version="1.3">'
    '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial"'
    ' style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>'
    '<office:styles><style:default-style style:family="table-cell"><style:text-properties'
    ' style:font-name="Arial" fo:font-size="10pt" fo:language="nl" fo:country="NL"/></style:default-style>'
    '<style:style style:name="Default" style:family="table-cell"/></office:styles></office:document-styles>'
)


def spreadsheet(rows: Iterable[Sequence[Any]], *, name: str) -> bytes:
    """The file with one table called `name`: numbers stay numbers, truths truths, all else is text and never run."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        file.writestr(
            "mimetype", MIMETYPE, ZIP_STORED
        )  # first and as it is, or nobody knows what the file is
        with file.open("content.xml", "w") as content:
            content.write(_start(name).encode())
            for row in rows:
                cells = "".join(map(_cell, row))
                content.write(f"<table:table-row>{cells}</table:table-row>".encode())
            content.write(
                b"</table:table></office:spreadsheet></office:body></office:document-content>",
            )
        file.writestr("styles.xml", STYLES)
        file.writestr("meta.xml", _meta(name))
        file.writestr("META-INF/manifest.xml", MANIFEST)
    return made.getvalue()


def _start(name: str) -> str:
    return (
        f'{_XML}<office:document-content xmlns:office="{_OASIS}office:1.0" xmlns:table="{_OASIS}table:1.0"'
        f' xmlns:text="{_OASIS}text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(name)}>"
    )


def _meta(name: str) -> str:
    return (
        f'{_XML}<office:document-meta xmlns:office="{_OASIS}office:1.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
        f"<dc:title>{escape(name)}</dc:title><dc:language>nl</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        said = str(value).lower()
        return _typed("boolean", f'office:boolean-value="{said}"', said)
    if isinstance(value, int):
        return _typed("float", f'office:value="{value}"', str(value))
    text = str(value)
    return _often(text) if len(text) <= SHORT else _text(text)


def _text(text: str) -> str:
    return _typed("string", "", *(_NOT_XML.sub("", text).splitlines() or [""]))


# Most cells of a long list say what a cell above them said: a choice, a name, nothing.
_often = lru_cache(maxsize=4096)(_text)


def _typed(kind: str, value: str, *lines: str) -> str:
    """A cell with its text as people see it, a paragraph per line."""
    shown = "".join(f"<text:p>{_SPACES.sub(_kept, escape(line))}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="{kind}" {value}>{shown}</table:table-cell>'


def _kept(spaces: re.Match) -> str:
    return f'<text:s text:c="{len(spaces[0])}"/>'
