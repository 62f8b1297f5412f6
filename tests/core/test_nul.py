"""A NUL in an address is as if it were not there."""

import pytest

from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/kennisbank/vergelijken/?p=%00",
        "/kennisbank/zoekvragen/?theme=%00",
        "/kennisbank/?theme=%00&q=%00",
        "/kennisbank/laadpalen/overnemen/?organisatie=%00",
        "/kennisbank/indienen/?project=%00",
        "/kennisbank/volgen/?soort=thema&wat=%00",
    ],
)
def test_page_opens_or_is_not_there(representative, address):
    factories.PracticeFactory(slug="laadpalen")
    assert representative.get(address).status_code in (200, 404)


@pytest.mark.django_db
def test_what_stands_around_it_is_kept(visitor):
    assert visitor.get("/kennisbank/?q=%00la%00mp").context["filter"].given == {"q": ["lamp"]}
