"""Editors read why results stand where they stand."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/zoekwoorden/uitleg/"


@pytest.fixture
def town():
    """A practice and an organisation about bats."""
    factories.PracticeFactory(title="Vleermuizen tellen")
    factories.SignatureFactory(published=True, organisation__name="Vleermuiswerk")


def page(client, **asked) -> str:
    """The explanation of a search."""
    return client.get(ADDRESS, asked).content.decode()


def test_editor_reads_how_a_search_was_understood_and_ranked(reviewer, town):
    html = page(reviewer, q="de vleermuis")
    assert "Weggelaten: zegt op zichzelf niets" in html
    assert "een andere vorm ervan" in html
    assert "Vleermuizen tellen" in html
    assert "Vleermuiswerk" not in html
    assert "uitgelicht/nieuw/?q=de%20vleermuis&amp;add=" in html


def test_whole_portal_is_explained_too(reviewer, town):
    assert "Vleermuiswerk" in page(reviewer, q="vleermuis", **{"in": "alles"})


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("", "Geef een zoekopdracht om uit te leggen"),
        ("!?", "Er staat geen woord in deze zoekopdracht"),
        ("\x00", "Geef een zoekopdracht om uit te leggen"),
        ("qqqqq", "Geen tekst heeft dit woord of iets dat erop lijkt."),
        ("woord " * 2_000, "Geen tekst heeft dit woord"),
    ],
)
def test_whatever_is_typed_is_answered(reviewer, town, words, text):
    assert text in page(reviewer, q=words)


@pytest.mark.parametrize(
    ("address", "query"),
    [("/kennisbank/", "?q=vleermuis+%26"), ("/zoeken/", "?q=vleermuis+%26&amp;in=alles")],
)
def test_results_lead_editors_there_and_nobody_else(reviewer, programme, visitor, town, address, query):
    asked = {"q": "vleermuis &"}
    assert f'href="{ADDRESS}{query}"' in reviewer.get(address, asked).content.decode()
    for person in (programme, visitor):
        assert ADDRESS not in person.get(address, asked).content.decode()
