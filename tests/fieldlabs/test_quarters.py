"""The quarter engine: Dutch holidays, free days, and four fieldlabs ahead."""

from datetime import date

import pytest
from django.utils import timezone

from fieldlabs.actions.quarters import plan_ahead
from fieldlabs.models import Fieldlab
from fieldlabs.quarters import Quarter, easter, holidays, proposed_day, quarter_of, why_not
from tests import factories
from tests.pages import messages_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1954, date(1954, 4, 18)), (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25)), (2049, date(2049, 4, 18)),
    ],
)  # fmt: skip
def test_easter_is_computed(year, sunday):
    assert easter(year) == sunday


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 5),
        date(2027, 5, 6), date(2027, 5, 17), date(2027, 12, 25), date(2025, 4, 26),  # King's Day on a Saturday
    ],
)  # fmt: skip
def test_holidays_move_with_easter_and_kings_day_off_a_sunday(day):
    assert day in holidays(day.year)
    assert date(2025, 4, 27) not in holidays(2025) or easter(2025) == date(2025, 4, 27)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2027, 2, 16), False),  # school holidays in the south
        (date(2027, 2, 10), True),
        (date(2027, 5, 17), False),  # Whit Monday
        (date(2027, 5, 18), True),
        (date(2027, 5, 22), False),  # Saturday
        (date(2030, 7, 10), False),  # summer, as far as is known
        (date(2030, 9, 10), True),
    ],
)
def test_day_is_free_or_says_why_not(day, free):
    assert (why_not(day) == "") is free


@pytest.mark.parametrize("days", [1, 2, 3])
@pytest.mark.parametrize("number", range(1, 9))
def test_proposed_days_are_in_the_quarter_and_free(number, days):
    quarter = quarter_of(TODAY).after(number)
    first = proposed_day(quarter, days=days)
    taken = [date.fromordinal(first.toordinal() + after) for after in range(days)]
    assert {quarter_of(day) for day in taken} == {quarter}
    assert [why_not(day) for day in taken] == [""] * days
    assert all(1 <= day.weekday() <= 3 for day in taken)


def test_day_that_is_proposed_is_still_to_come():
    quarter = Quarter(2026, 4)
    usual = proposed_day(quarter)
    later = proposed_day(quarter, after=usual)
    assert (later > usual, quarter_of(later), proposed_day(quarter, after=quarter.last)) == (
        True,
        quarter,
        None,
    )


def test_quarters_follow_each_other_over_the_year():
    last = Quarter(2026, 4)
    assert (str(last.after(1)), last.first, last.last, last.after(-4)) == (
        "Q1 2027", date(2026, 10, 1), date(2026, 12, 31), Quarter(2025, 4)
    )  # fmt: skip


@pytest.mark.django_db
def test_next_four_quarters_each_get_a_draft_once():
    made = plan_ahead(today=TODAY)
    assert [fieldlab.quarter for fieldlab in made] == ["Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027"]
    assert {fieldlab.status for fieldlab in made} == {"draft"}
    assert {timezone.localtime(one.starts_at).time().isoformat("minutes") for one in made} == {"09:30"}
    assert (made[0].title_nl, made[0].title_en, made[0].slug) == (
        "Fieldlab Q1 2027", "Fieldlab Q1 2027", "q1-2027-fieldlab-q1-2027"
    )  # fmt: skip
    assert plan_ahead(today=TODAY) == []
    assert [one.quarter for one in plan_ahead(today=date(2027, 1, 1))] == ["Q1 2028"]


@pytest.mark.django_db
def test_quarter_that_has_one_is_left_alone_and_a_cancelled_one_does_not_count():
    there, cancelled = plan_ahead(today=TODAY)[:2]
    Fieldlab.objects.filter(pk=cancelled.pk).update(status="cancelled")
    (made,) = plan_ahead(today=TODAY)
    assert (made.quarter, Fieldlab.objects.filter(pk=there.pk).exists()) == (cancelled.quarter, True)


def test_board_shows_quarters_with_their_fieldlabs_and_gaps(programme, db):
    theme, other = factories.ThemeFactory.create_batch(2)
    made = plan_ahead(today=TODAY)
    made[0].themes.add(theme)
    Fieldlab.objects.filter(pk=made[1].pk).update(status="cancelled")
    page = programme.get("/beheer/fieldlabs/jaar/2027/")
    rows = page.context["rows"]
    assert [[one.pk for one, _problem in row["fieldlabs"]] for row in rows] == [[one.pk] for one in made]
    assert [row["is_gap"] for row in rows] == [False, True, False, False]
    assert list(page.context["missing_themes"]) == [other]
    assert programme.get("/beheer/fieldlabs/jaar/1999/").status_code == 404


def test_board_fills_the_coming_quarters_on_request(programme):
    answers = [programme.post("/beheer/fieldlabs/jaar/vullen/") for _press in range(2)]
    assert [answer.url for answer in answers] == ["/beheer/fieldlabs/jaar/"] * 2
    assert Fieldlab.objects.filter(status="draft").count() == 4
    assert [level for level, _said in messages_of(answers[1])][-1] == "info"
