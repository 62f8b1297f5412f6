"""What spread and what is stuck: each number is the number of practices on the list that it links to."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from smartsociety import impact
from tests import factories

pytestmark = pytest.mark.django_db


def practice(days: int, **fields) -> Practice:
    """Published so many days ago."""
    return factories.PracticeFactory(published_at=timezone.now() - timedelta(days=days), **fields)


def adopted(practice: Practice, days: int, **fields):
    """Taken over so many days ago."""
    return factories.AdoptionFactory(
        practice=practice, claimed_at=timezone.now() - timedelta(days=days), **fields
    )


@pytest.fixture
def spread():
    """Three practices: one travelled, one is stuck, one is new."""
    water = factories.ThemeFactory(slug="water", name_nl="Water")
    zeeland = factories.OrganisationFactory(province="zeeland", cbs_code="GM0599")
    travelled = practice(500, owner=zeeland)
    stuck = practice(400, owner=zeeland)
    new = practice(10)
    for each in (travelled, stuck):
        each.themes.add(water)
    adopted(travelled, 300)
    adopted(travelled, 200, stage="interested")
    return travelled, stuck, new


def empty() -> PracticeFilter:
    """All practices."""
    return PracticeFilter({}, queryset=Practice.objects.published())


def test_whole_counts_what_travelled_and_what_is_stuck(spread):
    row = impact.whole(empty())
    assert [part.number for part in (row.total, row.adopted, row.stuck)] == [3, 1, 1]
    assert row.share == 33


@pytest.mark.parametrize(
    ("facet", "label"), [("theme", "Water"), ("province", "Zeeland"), ("group", "Een van de G5")]
)
def test_row_counts_practices_of_one_value(spread, facet, label):
    row = {row.label: row for row in impact.rows_of(empty(), facet)}[label]
    assert [part.number for part in (row.total, row.adopted, row.stuck)] == [2, 1, 1]


def test_adoptions_add_up_through_time(spread):
    travelled = spread[0]
    adopted(travelled, 100)
    adopted(travelled, 99, organisation__kind="company", organisation__in_register=False)
    assert [number for _moment, number in impact.adoptions_over_time()][-1] == 3
    numbers = [number for _moment, number in impact.adoptions_over_time()]
    assert (numbers[0], numbers) == (0, sorted(numbers))


def test_no_adoptions_have_no_curve():
    practice(10)
    assert impact.adoptions_over_time() == []


def test_days_are_the_median_of_practices_from_fieldlabs():
    for to_practice, to_adoption in ((10, 30), (20, None), (60, 50)):
        ended = timezone.now() - timedelta(days=200)
        fieldlab = factories.FieldlabFactory(held=True, starts_at=ended - timedelta(hours=4), ends_at=ended)
        made = practice(200 - to_practice, outcome=factories.OutcomeFactory(fieldlab=fieldlab))
        if to_adoption:
            adopted(made, 200 - to_practice - to_adoption)
    practice(500)  # of no fieldlab
    assert impact.days_on_the_way() == impact.Days(20, 40, 3, 2)


def test_days_are_unknown_without_practices_from_fieldlabs():
    practice(10)
    assert impact.days_on_the_way() == impact.Days(None, None, 0, 0)


def test_reach_counts_municipalities_once(spread):
    factories.OrganisationFactory()  # has nothing
    factories.PracticeFactory(draft=True)
    adopted(spread[1], 20, stage="interested")
    found = impact.reach()
    owners_and_adopter = 3
    assert (found["reached"], found["total"]) == (owners_and_adopter, 7)


def test_every_number_is_that_of_the_list_behind_it(visitor, spread):
    text = visitor.get("/impact/").content.decode()
    links = re.findall(r'<td class="numeric"><a class="nl-link" href="([^"]+)">(\d+)</a>', text)
    assert len(links) >= 12
    for address, number in links:
        page = visitor.get(unescape(address)).context["page"]
        assert (address, page.paginator.count) == (address, int(number))


def test_page_opens_without_anything(visitor):
    assert visitor.get("/impact/").status_code == 200
