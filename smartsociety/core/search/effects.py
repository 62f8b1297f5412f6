"""What a change of the rules would do to searches that people really ask: seen before it is saved."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction

from smartsociety.core.search.asked import often_asked
from smartsociety.core.search.finding import find
from smartsociety.core.search.models import Entry

SHOWN = 10  # results of each search that are compared
MOST_SHOWN = 8  # searches
TRIED = 25  # of the searches that are asked most


@dataclass(frozen=True)
class Place:
    """What stands somewhere now and what will; `before` is where the latter stands now, 0 for not among the first."""

    number: int
    now: str
    then: str
    before: int

    @property
    def is_new(self) -> bool:
        """Not among the first now."""
        return bool(self.then) and not self.before

    @property
    def has_moved(self) -> bool:
        """It stood elsewhere."""
        return bool(self.before) and self.before != self.number


@dataclass(frozen=True)
class Effect:
    """One search: what it finds now, and what it will."""

    words: str
    times: int  # how often it was asked; 0 for what an editor typed
    places: list[Place]
    is_changed: bool


class Preview(NamedTuple):
    """What was typed and what changes; what does not change; and what changes too, but is too much to show."""

    shown: list[Effect]
    unchanged: list[Effect]
    rest: list[Effect]


Answer = Callable[[str], list[int]]  # from words to numbers of entries, the best first


def answers(kinds: Iterable[int], rules=None) -> Answer:
    """As they are found with these rules, or with those in force."""
    kinds = list(kinds)
    return lambda words: find(words, kinds, rules).ranked.first(SHOWN)


def compared(
    asked: dict[str, int], now: Answer, then: Answer, changed: AbstractContextManager | None = None
) -> Preview:
    """For each of these words (with how often they were asked) the effect; inside `changed` the change is made."""
    before = {words: now(words) for words in asked}
    with changed or nullcontext():
        after = {words: then(words) for words in asked}
    numbers = {entry for found in (before, after) for entries in found.values() for entry in entries}
    titles = dict(Entry.objects.filter(pk__in=numbers).values_list("pk", "title"))
    effects = [
        Effect(
            words,
            times,
            _places(before[words], after[words], titles),
            is_changed=before[words] != after[words],
        )
        for words, times in asked.items()
    ]
    shown = [effect for effect in effects if effect.is_changed or not effect.times]
    return Preview(
        shown[:MOST_SHOWN], [effect for effect in effects if effect not in shown], shown[MOST_SHOWN:]
    )


@contextmanager
def with_priors(priors: dict[int, float]) -> Iterator[None]:
    """Inside, these entries have these priors; afterwards what they had. Others see nothing of it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_entry e SET prior = given.prior FROM unnest(%s::int[], %s::float[]) AS given(id, prior) "
                "WHERE e.id = given.id",
                [list(priors), list(priors.values())],
            )
        yield
        transaction.set_rollback(True)


def _places(before: list[int], after: list[int], titles: dict[int, str]) -> list[Place]:
    return [
        Place(
            number=place + 1,
            now=titles.get(before[place], "") if place < len(before) else "",
            then=titles.get(after[place], "") if place < len(after) else "",
            before=before.index(after[place]) + 1 if place < len(after) and after[place] in before else 0,
        )
        for place in range(max(len(before), len(after)))
    ]


def tried(typed: str, concerns: Callable[[str], bool] = lambda _words: True) -> dict[str, int]:
    """What an editor typed, and of the searches that are asked most those that a change `concerns`."""
    asked = {words: times for words, times in often_asked(TRIED) if words != typed and concerns(words)}
    return {typed: 0, **asked} if typed.strip() else asked
