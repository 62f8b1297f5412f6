"""The rhythm of the quarters in the Netherlands: which days are free for a fieldlab, and which are not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Quarter(NamedTuple):
    """Three months."""

    year: int
    number: int  # 1 to 4

    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after(1).first - timedelta(days=1)

    def after(self, number: int) -> "Quarter":
        """The one so many quarters later."""
        year, place = divmod(self.year * 4 + self.number - 1 + number, 4)
        return Quarter(year, place + 1)


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    days = epact - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def holidays(year: int) -> dict[date, str]:
    """Public holidays in the Netherlands, with Good Friday, on which governments are closed."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= timedelta(days=1)
    fixed = {
        date(year, 1, 1): _("New Year's Day"),
        kings_day: _("King's Day"),
        date(year, 5, 5): _("Liberation Day"),
        date(year, 12, 25): _("Christmas Day"),
        date(year, 12, 26): _("Second day of Christmas"),
    }
    moving = {
        -2: _("Good Friday"),
        0: _("Easter"),
        1: _("Easter Monday"),
        39: _("Ascension Day"),
        40: _("the day after Ascension Day"),
        49: _("Whit Sunday"),
        50: _("Whit Monday"),
    }
    return {**{sunday + timedelta(days=days): name for days, name in moving.items()}, **fixed}


# The first and the last day on which a school somewhere in the country is closed: the regions together. Set by the
# ministry of education, so they cannot be computed; add a school year when it is known.
SCHOOL_HOLIDAYS = (
    (date(2025, 10, 11), date(2025, 10, 26)),
    (date(2025, 12, 20), date(2026, 1, 4)),
    (date(2026, 2, 14), date(2026, 3, 1)),
    (date(2026, 4, 18), date(2026, 5, 3)),
    (date(2026, 7, 4), date(2026, 8, 30)),
    (date(2026, 10, 10), date(2026, 10, 25)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 13), date(2027, 2, 28)),
    (date(2027, 4, 24), date(2027, 5, 9)),
    (date(2027, 7, 10), date(2027, 9, 5)),
)
SCHOOL_HOLIDAYS_KNOWN_UNTIL = SCHOOL_HOLIDAYS[-1][1]
# Every year about then, as long as nothing is known: July and August, and the weeks around Christmas.
ALWAYS_FREE = (((7, 8), (8, 31)), ((12, 19), (12, 31)), ((1, 1), (1, 5)))


def in_school_holidays(day: date) -> bool:
    """Whether a school somewhere is closed, as far as is known."""
    if day <= SCHOOL_HOLIDAYS_KNOWN_UNTIL:
        return any(first <= day <= last for first, last in SCHOOL_HOLIDAYS)
    return any(first <= (day.month, day.day) <= last for first, last in ALWAYS_FREE)


def why_not(day: date) -> str:
    """What stands in the way of a fieldlab on this day; empty when nothing does."""
    if day.weekday() >= 5:
        return str(_("weekend"))
    if name := holidays(day.year).get(day):
        return str(name)
    return str(_("school holidays")) if in_school_holidays(day) else ""


def proposed_day(quarter: Quarter, *, days: int = 1, after: date = date.min) -> date | None:
    """The day nearest to the middle of the quarter from which `days` in a row are free, Tuesday to Thursday.

    When every school week is taken, a day without public holidays will do. None when the quarter has no day left
    `after` that one.
    """
    candidates = [day for day in _by_nearness(quarter, days) if day > after]
    for reason in (why_not, lambda day: day in holidays(day.year)):
        for first in candidates:
            if not any(reason(first + timedelta(days=number)) for number in range(days)):
                return first
    return candidates[0] if candidates else None


def _by_nearness(quarter: Quarter, days: int) -> Iterator[date]:
    length = (quarter.last - quarter.first).days
    middle = quarter.first + timedelta(days=length // 2)
    all_days = (quarter.first + timedelta(days=number) for number in range(length + 1))
    # Tuesday to Thursday, the last day too.
    starts = (
        day for day in all_days if day.weekday() >= 1 and day.weekday() + days - 1 <= 3 + max(0, days - 3)
    )
    return iter(sorted(starts, key=lambda day: (abs((day - middle).days), day)))
