"""Searching everything at once, suggestions while typing, and why each result is there."""

import pytest
from django.core.management import call_command

from tests import factories

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST, LIST = "/zoeken/", "/zoeken/suggesties/", "/kennisbank/"


@pytest.fixture
def town():
    """One of each kind about bats, and a draft."""
    factories.SignatureFactory(
        published=True, organisation__name="Vleermuiswerk", organisation__slug="vleermuiswerk"
    )
    factories.PracticeFactory(
        title="Kasten ophangen", slug="kasten", problem="Waar blijven de vleermuizen <b>'s nachts</b>?"
    )
    factories.PracticeFactory(title="Vleermuizen, een ontwerp", draft=True)


def page(client, address: str, text: str) -> str:
    """The page with this search."""
    response = client.get(address, {"q": text})
    assert response.status_code == 200
    return response.content.decode()


def test_everything_is_found_in_groups_with_the_words_marked(visitor, town):
    html = page(visitor, SEARCH, "vleermuis")
    assert "Praktijkvoorbeelden (1)" in html
    assert "Ondertekenaars (1)" in html
    assert "<mark>vleermuizen</mark> &lt;b&gt;" in html
    assert "<mark>Vleermuiswerk</mark>" in html
    assert "ontwerp" not in html


def test_list_says_why_each_practice_is_there(visitor, town):
    factories.SynonymFactory(left="flapdier, vleermuis")
    html = page(visitor, LIST, "flapdieren")
    assert "Ook gezocht op: vleermuis" in html
    assert '<span lang="nl">vleermuizen</span>' in html
    assert "<mark>vleermuizen</mark>" in html


@pytest.mark.parametrize("address", [SEARCH, LIST])
def test_misspelled_word_is_offered_set_right(visitor, town, address):
    assert '<a class="nl-link" href="?q=vleermuizen">vleermuizen</a>' in page(visitor, address, "vleermiuzen")


@pytest.mark.parametrize("address", [SEARCH, LIST])
def test_what_only_looks_like_it_says_so_and_leads_on(visitor, town, address):
    html = page(visitor, address, "vleermiuzen")
    assert "(lijkt op uw woord)" in html
    assert "Staat het er niet bij?" in html
    assert "/kennisbank/zoekvragen/nieuw/?q=vleermiuzen" in html
    html = page(visitor, address, "vleermuis")
    assert "lijkt op uw woord" not in html
    assert "Staat het er niet bij?" not in html


def test_name_that_the_text_does_not_say_is_told_once(visitor, town):
    owner = factories.OrganisationFactory(name="Sluisdam", place="Sluisdam", aliases=[])
    factories.PracticeFactory(title="Uilen tellen", slug="uilen", owner=owner)
    factories.PracticeFactory(title="Egels in Sluisdam", slug="egels", owner=owner)
    html = page(visitor, LIST, "sluisdam")
    assert html.count("Uw woord staat bij de thema’s, trefwoorden of namen: Sluisdam</p>") == 1


def test_portal_and_list_say_the_same_number_of_practices(visitor, town):
    for number in range(7):
        factories.PracticeFactory(title=f"Vleermuis {number}")
    assert "Praktijkvoorbeelden (8)" in page(visitor, SEARCH, "vleermuis")
    assert "8 praktijkvoorbeelden" in page(visitor, LIST, "vleermuis")


@pytest.mark.parametrize("address", [SEARCH, LIST])
def test_nothing_found_leads_on(visitor, town, address):
    factories.ThemeFactory(name_nl="Natuur", slug="natuur")
    html = page(visitor, address, "qqqqq")
    assert "/kennisbank/" in html
    assert "Toon alle praktijkvoorbeelden" in html
    assert 'href="/kennisbank/?theme=natuur"' in html


def test_search_without_words_shows_only_the_field(visitor, town):
    assert "resultaten" not in page(visitor, SEARCH, "  ")


def test_suggestions_come_in_groups_and_lead_somewhere(visitor, town):
    factories.TagFactory(name="Vleermuis", slug="vleermuis", is_curated=True)
    factories.ThemeFactory(name_nl="Natuur", slug="natuur", synonyms=["Vleugels"])
    groups = visitor.get(SUGGEST, {"q": "vle"}).json()["groups"]
    assert [(group["label"], [item["url"] for item in group["items"]]) for group in groups] == [
        ("Praktijkvoorbeelden", ["/kennisbank/kasten/"]),
        ("Trefwoorden", ["/kennisbank/?tag=vleermuis"]),
        ("Thema’s", ["/kennisbank/?theme=natuur"]),
        ("Organisaties", ["/organisaties/vleermuiswerk/"]),
    ]


@pytest.mark.parametrize("text", ["", "v", "\x00", "%", "__", "'", "-", "vle\\"])
def test_suggestions_bear_whatever_is_typed(visitor, town, text):
    assert visitor.get(SUGGEST, {"q": text}).status_code == 200


@pytest.mark.parametrize("address", [SEARCH, SUGGEST])
def test_search_is_only_read(visitor, address):
    assert visitor.post(address).status_code == 405


def test_explanation_tells_what_was_looked_for(capsys, town):
    call_command("explain_search", "vleermuis")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "asked: vleermuis"
    assert lines[1].startswith("for vleermuis, rarity ")
    assert "found: 2" in lines
    assert any(line.startswith("1. ") for line in lines)
