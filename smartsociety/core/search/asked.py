"""What people search for and do not find, counted by month and by words; of who asked nothing is kept."""

import re
from datetime import timedelta

from django.db import connection
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from smartsociety.core.search.models import AskedCount
from smartsociety.core.search.parsing import parse

KEPT = timedelta(days=365)
# Asked once is nobody's need yet, and may be anything that somebody pasted.
LEAST = 2
LONGEST = 100
# An address, or a row of digits that could be a telephone, account or citizen number: that is never counted.
_PERSONAL = re.compile(r"@|\d(?:[\s.-]?\d){4}")
# One statement: many visitors at the same moment are all counted, and nobody waits long.
_COUNT_ONE = """
    INSERT INTO search_askedcount (asked_on, words, times, empty, opened) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (words, asked_on) DO UPDATE SET times = search_askedcount.times + excluded.times,
        empty = search_askedcount.empty + excluded.empty, opened = search_askedcount.opened + excluded.opened
"""


def normalised(text: str) -> str:
    """The words of a question, small and without accents; empty when it is not to be counted."""
    words = " ".join(parse(text).words)
    return "" if len(words) > LONGEST or _PERSONAL.search(text) else words


def count_search(text: str, *, found: bool = True, opened: bool = False) -> None:
    """One search more; or (`opened`) one of those counted before led somewhere."""
    if words := normalised(text):
        month = timezone.localdate().replace(day=1)
        with connection.cursor() as cursor:
            numbers = [0, 0, 1] if opened else [1, int(not found), 0]
            cursor.execute(_COUNT_ONE, [month, words, *numbers])


def found_nothing() -> QuerySet:
    """Words that found nothing, or only what looks like them, each with `number`, the most often asked first."""
    return _counted(number=Sum("empty"))


def left_alone() -> QuerySet:
    """Words that found something of which nobody opened a thing, with `number`: how often that was."""
    return _counted(number=Sum(F("times") - F("empty") - F("opened")))


def often_asked(number: int) -> list[tuple[str, int]]:
    """The words that are asked most, with how often."""
    rows = AskedCount.objects.order_by().values("words").annotate(number=Sum("times"))
    return list(
        rows.filter(number__gte=LEAST).order_by("-number", "words").values_list("words", "number")[:number]
    )


def _counted(number: Sum) -> QuerySet:
    rows = AskedCount.objects.order_by().values("words").annotate(number=number)
    return rows.filter(number__gte=LEAST).order_by("-number", "words")


def erase_old() -> int:
    """Forget months of long ago. Returns how many rows."""
    return AskedCount.objects.filter(asked_on__lt=timezone.localdate() - KEPT).delete()[0]
