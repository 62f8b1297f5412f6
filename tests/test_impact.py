"""What spread and what is stuck: each number is the number of practices on the list that it links to."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from knowledgebase.spreading import adoption_curve
from smartsociety import impact
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db


def practice(days: int, **fields) -> Practice:
    """Published so many days ago."""
    return factories.PracticeFactory(published_at=timezone.now() - timedelta(days=days), **fields)


def adopted(practice: Practice, days: int, *, stage: str = "in_use", **fields):
    """At this stage since so many days ago; told today."""
    day = timezone.localdate() - timedelta(days=days)
    return taken_over(practice, {stage: day}, **fields)


def taken_over(practice: Practice, steps: dict[str, date], **fields):
    """Through these stages, each from its day; told today."""
    adoption = factories.AdoptionFactory(
        practice=practice,
        stage=list(steps)[-1],
        stop_reason="Te duur." if "stopped" in steps else "",
        **fields,
    )
    for stage, day in steps.items():
        reason = "Te duur." if stage == "stopped" else ""
        factories.AdoptionStepFactory(adoption=adoption, stage=stage, reached_on=day, stop_reason=reason)
    return adoption


def external(days: int, **fields) -> Practice:
    """From another source, published there so many days ago."""
    return practice(days, external=True, **fields)


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


def points() -> list[tuple[str, int]]:
    """Of the curve, without the addresses."""
    return [(moment.date().isoformat(), number) for moment, number, _url in impact.adoptions_over_time()]


@pytest.fixture
def history():
    """Seen on 10 July 2026: one began with a trial and goes on, one stopped, one was never more than interested."""
    with time_machine.travel(datetime(2026, 7, 10, 12, tzinfo=UTC)):
        made = practice(500)
        taken_over(
            made, {"interested": date(2026, 1, 5), "piloting": date(2026, 3, 1), "in_use": date(2026, 5, 3)}
        )
        taken_over(made, {"in_use": date(2026, 3, 20), "stopped": date(2026, 6, 2)})
        taken_over(made, {"interested": date(2026, 2, 2)})
        taken_over(external(4000), {"adapted": date(2026, 7, 9)})
        yield made


def test_curve_counts_from_the_day_of_use_until_it_stops(history):
    assert points() == [
        ("2026-02-01", 0),
        ("2026-03-01", 1),
        ("2026-04-01", 2),
        ("2026-05-01", 2),
        ("2026-06-01", 2),
        ("2026-07-01", 1),
        ("2026-07-10", 2),
    ]


def test_curve_of_a_practice_has_the_same_days(history):
    assert [(moment.date().isoformat(), number) for moment, number in adoption_curve(history)] == [
        ("2026-03-01", 1),
        ("2026-03-20", 2),
        ("2026-05-03", 2),
        ("2026-06-02", 1),
        ("2026-07-10", 1),
    ]


def test_each_number_of_the_curve_is_that_of_its_list(visitor, history):
    text = visitor.get("/en/impact/").content.decode()
    links = re.findall(r'href="([^"]*on=[^"]*)">(\d+)</a>', text)
    assert [number for _address, number in links] == ["1", "2", "2", "2", "1", "2"]  # none for 0
    for address, number in links:
        assert (address, behind(visitor, address)) == (address, int(number))


def test_curve_ends_with_all_that_is_in_use_now(visitor, history):
    assert points()[-1][1] == behind(visitor, "/en/impact/overnames/")


def test_adoption_without_steps_counts_from_the_day_it_was_told(visitor):
    factories.AdoptionFactory(claimed_at=datetime(2026, 3, 20, 12, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 5, 10, 12, tzinfo=UTC)):
        assert points() == [("2026-03-01", 0), ("2026-04-01", 1), ("2026-05-01", 1), ("2026-05-10", 1)]
        days = ("2026-03-19", "2026-03-20")
        assert [behind(visitor, f"/en/impact/overnames/?on={day}") for day in days] == [0, 1]


@pytest.mark.parametrize("today", ["2026-07-01", "2026-07-02"])
def test_adoption_of_today_has_a_curve(today):
    with time_machine.travel(datetime.fromisoformat(f"{today}T12:00Z")):
        adopted(practice(500), 0)
        assert [number for _day, number in points()] == [0, 1]


def test_curve_of_many_years_has_few_points(django_assert_num_queries):
    adopted(practice(9000), 6000)
    with django_assert_num_queries(1):
        found = points()
    assert (len(found) <= 26, found[-1][1]) == (True, 1)


def test_no_adoptions_have_no_curve():
    adopted(practice(10), 5, stage="interested")
    assert impact.adoptions_over_time() == []


def from_fieldlab(days: int, **fields) -> Practice:
    """Published so many days after a fieldlab of 200 days ago."""
    ended = timezone.now() - timedelta(days=200)
    fieldlab = factories.FieldlabFactory(held=True, starts_at=ended - timedelta(hours=4), ends_at=ended)
    return practice(200 - days, outcome=factories.OutcomeFactory(fieldlab=fieldlab), **fields)


def days_on_the_way() -> impact.Days:
    """Of all practices."""
    return impact.days_on_the_way(empty().rows())


def test_days_are_the_median_of_practices_from_fieldlabs(visitor):
    for to_practice, to_adoption in ((10, 30), (20, None), (60, 50)):
        made = from_fieldlab(to_practice)
        adopted(made, 150, stage="interested")
        if to_adoption:
            adopted(made, 200 - to_practice - to_adoption)
    practice(500)  # of no fieldlab
    from_fieldlab(1, external=True)
    from_fieldlab(1, asked_at=timezone.now() - timedelta(days=150))  # nobody answers for it any more
    assert days_on_the_way() == impact.Days(20, 40, 3, 2)
    address = "/kennisbank/?origin=fieldlab"
    assert [behind(visitor, address), behind(visitor, f"{address}&spread=adopted")] == [3, 2]


def test_first_adoption_is_the_first_day_of_use_also_of_one_who_stopped():
    made, today = from_fieldlab(50), timezone.localdate()
    taken_over(
        made,
        {
            "interested": today - timedelta(days=149),
            "piloting": today - timedelta(days=140),
            "stopped": today - timedelta(days=100),
        },
    )
    assert days_on_the_way() == impact.Days(50, None, 1, 0)  # nobody uses it now
    taken_over(made, {"piloting": today - timedelta(days=90), "in_use": today - timedelta(days=20)})
    assert days_on_the_way() == impact.Days(50, 10, 1, 1)


def test_what_came_too_early_took_no_days():
    adopted(from_fieldlab(-30), 300)
    assert days_on_the_way() == impact.Days(0, 0, 1, 1)


def test_days_are_unknown_without_practices_from_fieldlabs():
    practice(10)
    assert days_on_the_way() == impact.Days(None, None, 0, 0)


def test_practices_of_another_source_are_told_apart(visitor, spread):
    """However old they are, they are none of ours: not stuck, no practice of a year, theme or province."""
    of_zeeland = spread[1].parts.get().organisation
    old = external(4000, owner=of_zeeland)
    old.themes.add(*spread[1].themes.all())
    external(3000, owner=False)
    before = impact.whole(empty())
    adopted(old, 30)
    assert impact.whole(empty()) == before
    assert [part.number for part in (before.total, before.adopted, before.stuck)] == [3, 1, 1]
    rows = {
        row.label: row.total.number for facet in ("theme", "year") for row in impact.rows_of(empty(), facet)
    }
    assert (rows["Water"], sum(rows.values())) == (2, 2 + 3)
    assert impact.taken_over(empty()) == impact.Part(2, "origin=external")
    page = visitor.get("/en/impact/")
    assert "Taken over from other sources: 2" in shown(page)
    assert (
        behind(visitor, "/kennisbank/?origin=external"),
        behind(visitor, "/kennisbank/?spread=stuck"),
    ) == (2, 1)


def test_without_other_sources_nothing_is_said_of_them(visitor, spread):
    assert "Taken over from other sources" not in shown(visitor.get("/en/impact/"))


def test_who_takes_over_from_another_source_is_reached_its_owner_is_not():
    mentioned, adopter = factories.OrganisationFactory.create_batch(2)
    made = external(4000, owner=mentioned)
    assert impact.reach() == {"total": 2, "reached": 0, "examples": 0, "share": 0}
    adopted(made, 30, organisation=adopter)
    assert impact.reach() == {"total": 2, "reached": 1, "examples": 0, "share": 50}


def test_reach_counts_municipalities_once(spread):
    factories.OrganisationFactory()  # has nothing
    factories.PracticeFactory(draft=True)
    adopted(spread[1], 20, stage="interested")
    found = impact.reach()
    owners_and_adopter = 3
    assert (found["reached"], found["total"]) == (owners_and_adopter, 7)


def behind(visitor, address: str) -> int:
    """How many things the list at this address has."""
    return visitor.get(unescape(address)).context["page"].paginator.count


def test_every_number_is_that_of_the_list_behind_it(visitor, spread):
    for owner in (spread[1].parts.get().organisation, False):
        adopted(external(4000, owner=owner), 30)
    from_fieldlab(20)
    text = visitor.get("/en/impact/").content.decode()
    cells = re.findall(r'<td class="numeric"><a class="nl-link" href="([^"]+)">(\d+)</a>', text)
    heads = re.findall(
        r'<strong class="number__value">(\d+)</strong>\s*<a class="nl-link number__label" href="([^"]+)">',
        text,
    )
    sentences = re.findall(
        r'<a class="nl-link" href="(/en/(?:impact|kennisbank)/[^"]*)">(\d+) (?:adop|went|of)', text
    )
    links = [*cells, *sentences, *((address, number) for number, address in heads)]
    assert (len(heads), len(sentences), len(links) >= 40) == (4, 3, True)
    for address, number in links:
        assert (address, behind(visitor, address)) == (address, int(number))


def test_page_opens_without_anything(visitor):
    assert visitor.get("/impact/").status_code == 200
