"""What else one can do with words that find nothing, and the ways to search everything."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = ["/zoeken/", "/kennisbank/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_words_that_find_nothing_can_be_asked_and_followed(visitor, address):
    html = visitor.get(address, {"q": "qqqqq & co"}).content.decode()
    assert 'href="/kennisbank/zoekvragen/nieuw/?q=qqqqq%20%26%20co"' in html
    assert 'href="/kennisbank/volgen/?soort=zoekopdracht&amp;q=qqqqq%20%26%20co"' in html


def test_what_is_found_is_not_asked_again(visitor):
    factories.PracticeFactory(title="Vleermuizen tellen")
    assert "zoekvragen/nieuw" not in visitor.get("/zoeken/", {"q": "vleermuis"}).content.decode()


def test_list_without_words_offers_nothing_to_ask(visitor):
    assert "zoekvragen/nieuw" not in visitor.get("/kennisbank/").content.decode()


@pytest.mark.parametrize("address", ["/", "/kennisbank/", "/onbekend/"])
def test_every_page_leads_to_the_search_of_everything(visitor, address):
    assert '<a class="site-search" href="/zoeken/">' in visitor.get(address).content.decode()


def test_list_leads_to_the_same_words_everywhere(visitor):
    assert (
        'href="/zoeken/?q=slimme%20kast"'
        in visitor.get("/kennisbank/", {"q": "slimme kast"}).content.decode()
    )


def test_needs_are_found_as_long_as_somebody_looks_or_found(visitor):
    need = factories.NeedFactory(title="Vleermuizen tellen bij nacht", description="Met weinig mensen")
    need.themes.add(factories.ThemeFactory(name_nl="Natuurwaarden"))
    for words in ("vleermuis", "natuurwaarde", "weinig mensen", need.organisation.name):
        html = visitor.get("/zoeken/", {"q": words}).content.decode()
        assert "Zoekvragen (1)" in html, words
        assert need.get_absolute_url() in html
    type(need).objects.filter(pk=need.pk).update(status="found")
    assert "Zoekvragen (1)" in visitor.get("/zoeken/", {"q": "vleermuis"}).content.decode()
    type(need).objects.filter(pk=need.pk).update(status="open")
    type(need).objects.filter(pk=need.pk).update(status="closed")
    assert (
        "Zoekvragen"
        not in visitor.get("/zoeken/", {"q": "vleermuis"}).content.decode().split('id="results"')[1]
    )
