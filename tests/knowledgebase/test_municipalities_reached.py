"""Which municipalities a practice reached, and which not yet: the list behind the number of /impact/."""

import re
from html import unescape

import pytest

from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
LIST = "/en/impact/gemeenten/"


@pytest.fixture
def cast():
    """Ede has two practices, Urk took one of them over, Epe only looks, a water authority is no municipality."""
    ede, urk, epe = (
        factories.OrganisationFactory(name=name, inhabitants=number, province=province)
        for name, number, province in (
            ("Ede", 120_000, "gelderland"),
            ("Urk", 21_000, "flevoland"),
            ("Epe", 33_000, "gelderland"),
        )
    )
    practice = factories.PracticeFactory(owner=ede)
    factories.PracticeFactory(owner=ede)
    factories.PracticeFactory(owner=epe, draft=True)
    factories.AdoptionFactory(practice=practice, organisation=urk)
    factories.AdoptionFactory(practice=practice, organisation=epe, stage="interested")
    factories.AdoptionFactory(
        practice=practice, organisation=factories.OrganisationFactory(kind="water_authority")
    )
    return ede, urk, epe


def names(page):
    """Of the municipalities on the page."""
    return [municipality.name for municipality in page.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ede", "Epe", "Urk"]),
        ("?reached=own", ["Ede"]),
        ("?reached=use", ["Urk"]),
        ("?reached=own&reached=use", ["Ede", "Urk"]),
        ("?reached=none", ["Epe"]),
        ("?reached=none&province=flevoland", []),
        ("?province=gelderland&size=m", ["Epe"]),
        ("?q=ur", ["Urk"]),
        ("?sort=practices", ["Ede", "Urk", "Epe"]),
        ("?sort=inhabitants", ["Ede", "Epe", "Urk"]),
    ],
)
def test_list_is_narrowed_and_sorted(visitor, cast, query, found):
    assert names(visitor.get(LIST + query)) == found


def test_each_way_tells_how_many_it_gives(visitor, cast):
    panel = visitor.get(LIST).context["filter"].panel
    assert [label for _value, label in panel.fields["reached"].widget.choices] == [
        "Has a practice of its own (1)",
        "Took over a practice (1)",
        "Not reached yet (1)",
    ]


def test_row_tells_how_many_practices_it_has_and_took_over(visitor, cast):
    text = " ".join(shown(visitor.get(LIST)).split())
    assert "Ede 2 0 Gelderland 120,000" in text
    assert "Urk 0 1 Flevoland 21,000" in text


def test_practice_of_another_source_reaches_who_takes_it_over_only(visitor, cast):
    ede, _urk, epe = cast
    factories.PracticeFactory(external=True, owner=epe)
    assert names(visitor.get(f"{LIST}?reached=none")) == ["Epe"]
    factories.AdoptionFactory(practice=factories.PracticeFactory(external=True, owner=ede), organisation=epe)
    assert names(visitor.get(f"{LIST}?reached=use")) == ["Epe", "Urk"]
    assert "Ede 2 0" in " ".join(shown(visitor.get(LIST)).split())


def test_number_of_impact_is_that_of_the_list_behind_it(visitor, cast):
    text = visitor.get("/en/impact/").content.decode()
    links = {unescape(address) for address in re.findall(r'href="(/en/impact/gemeenten/[^"]*)"', text)}
    assert links == {f"{LIST}?reached=own&reached=use"}
    assert "2 of 3 (67%)" in text
    assert visitor.get(links.pop()).context["page"].paginator.count == 2


def test_nothing_found_leads_on(visitor, cast):
    assert "No municipality matches" in shown(visitor.get(f"{LIST}?q=qqq"))
