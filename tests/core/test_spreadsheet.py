"""The OpenDocument spreadsheet that we write ourselves, read back by a library that knows the format."""

import io
import time
import zipfile

import pytest
from odfdo import Document

from smartsociety.core.spreadsheet import MIMETYPE, spreadsheet


def table_of(content: bytes):
    return Document(io.BytesIO(content)).body.get_table(0)


def test_spreadsheet_is_an_opendocument_file():
    made = spreadsheet([["Naam"]], name="Wie & wat")
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        first = file.infolist()[0]
        listed = Document(io.BytesIO(made)).manifest.get_paths()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert (file.read("mimetype").decode(), file.testzip()) == (MIMETYPE, None)
        assert sorted(listed) == ["/", "content.xml", "meta.xml", "styles.xml"]
    document = Document(io.BytesIO(made))
    assert (document.body.get_table(0).name, document.meta.title) == ("Wie & wat", "Wie & wat")


def test_cells_keep_their_types():
    rows = [["Ede", 123000, True], ["=1+1", -3, False], ["2026-01-02", 0, ""]]
    table = table_of(spreadsheet(rows, name="Namen"))
    assert table.get_values() == rows
    kinds = [[table.get_cell((x, y)).type for x in range(3)] for y in range(3)]
    assert kinds == [["string", "float", "boolean"]] * 2 + [["string", "float", "string"]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<b> & \"wat\" 'nog'", "<b> & \"wat\" 'nog'"),
        ("Eerst.\nDan.", "Eerst.\nDan."),
        (" twee  spaties ", " twee  spaties "),
        ("weg\x0b\x01ermee\ud800", "wegermee"),
        ("😀 汉字", "😀 汉字"),
    ],
)
def test_any_text_can_be_in_a_cell(text, read):
    assert table_of(spreadsheet([[text]], name="Namen")).get_values() == [[read]]


def test_thousands_of_rows_are_no_work():
    start = time.process_time()
    spreadsheet([["Een praktijkvoorbeeld", 3, *[""] * 22] for _ in range(3000)], name="Namen")
    assert time.process_time() - start < 5
