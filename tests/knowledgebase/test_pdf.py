"""A practice on paper, as whoever listens to it gets it: read back from the tags of the PDF."""

import io
from collections import Counter

import pikepdf
import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/kennisbank/laadpalen/praktijkvoorbeeld.pdf"
TEXT = """Lees [het rapport](https://rapport.example/a.pdf).

| Wijk | Sensoren |
|---|---|
| Noord | [data](https://data.example/) |
| Zuid | 7 |

1. Tellen
2. Kijken
"""


@pytest.fixture
def told(practice):
    factories.Practice.objects.filter(pk=practice.pk).update(approach=TEXT)
    return practice


def read(client, address=ADDRESS) -> pikepdf.Pdf:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(answer.content))


def tags_of(pdf: pikepdf.Pdf) -> Counter:
    return tags(pdf.Root.StructTreeRoot.K)


def tags(node, inside: str = "") -> Counter:
    """How often each tag stands directly in which other, as "Table/THead"."""
    found = Counter()
    if isinstance(node, pikepdf.Array):
        for part in node:
            found += tags(part, inside)
    elif isinstance(node, pikepdf.Dictionary):
        name = str(node.get("/S", inside)).lstrip("/")
        if "/S" in node:
            found[f"{inside}/{name}"] += 1
        if "/K" in node:
            found += tags(node.K, name)
    return found


def links(pdf: pikepdf.Pdf) -> list[str]:
    return [str(link.A.URI) for page in pdf.pages for link in page.get("/Annots", ())]


def test_pdf_lays_out_a_table_as_one_that_can_be_listened_to(visitor, told):
    pdf = read(visitor)
    found = tags_of(pdf)
    assert (found["Table/THead"], found["Table/TBody"], found["TBody/TR"]) == (1, 1, 2)
    assert (found["TR/TH"], found["TR/TD"]) == (2, 4)
    assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_pdf_keeps_where_links_lead(visitor, told, settings):
    settings.SITE_URL = "https://portal.example"
    assert links(read(visitor)) == [
        "https://rapport.example/a.pdf",
        "https://data.example/",
        "mailto:mobiliteit@gemeente.example",
        "https://portal.example/kennisbank/laadpalen/",
    ]


def test_pdf_tells_who_uses_it_too(visitor, told):
    before = tags_of(read(visitor))
    teacher = factories.OrganisationFactory(name="Zwolle")
    factories.AdoptionFactory(practice=told, learned_from=teacher, changes="Kleiner.")
    factories.AdoptionStepFactory(
        adoption__practice=told, adoption__stage="stopped", adoption__stop_reason="Te duur"
    )
    after = tags_of(read(visitor))
    more = after - before
    assert (more["Table/THead"], more["TBody/TR"], more["TR/TH"], more["TR/TD"]) == (1, 2, 4, 8)
    assert after["Document/H2"] - before["Document/H2"] == 1


@pytest.mark.parametrize("signs", ["😀 汉字", "[😀](https://x.example/😀)", "| a |\n|---|\n| 😀 |"])
def test_pdf_is_made_of_whatever_was_written(visitor, told, signs):
    factories.Practice.objects.filter(pk=told.pk).update(approach=signs)
    assert read(visitor).open_metadata()["pdfuaid:part"] == "1"
