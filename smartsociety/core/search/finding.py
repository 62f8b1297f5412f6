"""Find: from what somebody typed to what answers it. Everything else asks for results here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import OperationalError, connection, transaction
from django.utils.http import urlencode
from psycopg.errors import QueryCanceled

from smartsociety.core.search import suggestions
from smartsociety.core.search.expansion import Expanded, expand
from smartsociety.core.search.kinds import KIND_BITS, all_kinds, entry_id, row_of
from smartsociety.core.search.parsing import Question, parse
from smartsociety.core.search.pins import put_on_top
from smartsociety.core.search.ranking import Ranked, postings_of, rank
from smartsociety.core.search.rules import Rules, rules_of
from smartsociety.core.search.state import state_now
from smartsociety.core.search.vocabulary import EXACT

# What ranking may take; a question that needs more is asked again in a simpler way, with a notice.
TIME_LIMIT_MS = 1_500
MOST_READ = 3_000_000  # postings of all words together
# From here on a word answers what was asked: its forms and compounds, not what shares a few letters.
ANSWER = 0.5
# A row that has less of what was asked only comes near it: of 54 questions nine in ten that have so much answer them,
# and less than half of all that was found (docs/search.md).
ENOUGH = 0.5


@dataclass
class Found:
    """What was found, and what to tell about how."""

    question: Question
    expanded: Expanded
    ranked: Ranked = field(default_factory=Ranked)
    apart: dict[int, Ranked] = field(default_factory=dict)  # of kinds that are ranked among themselves too
    size: tuple[int, float] = (0, 1.0)  # of the index, as `State` has it
    without_phrase: bool = False  # nothing holds the words in quotes next to each other
    is_simplified: bool = False  # it took too long
    meant: str = ""  # the same question with a misspelled word set right
    stop: frozenset[str] = frozenset()  # words that staff say tell nothing
    pinned: list[int] = field(default_factory=list)  # entries that editors put on top, before all others

    @property
    def rows(self) -> list[tuple[int, int]]:
        """Kind and number of each row, the best first."""
        return [row_of(entry) for entry in self.ranked.entries.tolist()]

    def numbers(self, kind: int) -> np.ndarray:
        """Numbers of the rows of one kind, the best first."""
        entries = self.apart.get(kind, self.ranked).entries
        return entries[entries & (1 << KIND_BITS) - 1 == kind] >> KIND_BITS

    def ids(self, kind: int) -> list[int]:
        """The same as a list."""
        return self.numbers(kind).tolist()

    def answers(self, kind: int, *, share: float = ENOUGH) -> list[int]:
        """Of these only the ones that have so much of what was asked, or that editors put on top."""
        ranked = self.apart.get(kind, self.ranked)
        answering = {*ranked.answering(ANSWER, share).tolist(), *self.pinned}
        return [number for number in self.ids(kind) if entry_id(kind, number) in answering]

    @property
    def has_answer(self) -> bool:
        """Whether anything found has what was asked, or a synonym of it, and not only what looks like it."""
        return bool(self.pinned) or self.ranked.nearest >= ANSWER

    @property
    def only_near(self) -> bool:
        """Whether something was found, but nothing with any of the words themselves."""
        return bool(self.ranked) and self.ranked.nearest < EXACT

    @property
    def meant_query(self) -> str:
        """A query string that asks what was probably meant."""
        return urlencode({"q": self.meant})

    @property
    def synonyms(self) -> list[str]:
        """What was looked for too."""
        return list(dict.fromkeys(other for _asked, other in self.expanded.synonyms))


def find(
    text: str, kinds: Iterable[int] | None = None, rules: Rules | None = None, *, apart: Iterable[int] = ()
) -> Found:
    """Answer `text` from the index, which is brought up to date first.

    The kinds in `apart` are ranked among themselves too, so that `ids` gives of them what their own list shows.
    """
    question = parse(text)
    if not question:
        return Found(question, Expanded(question))
    state = state_now()
    rules = rules or rules_of(state)
    pinned = rules.pins.on_top(question, rules.stop)
    expanded = expand(question, rules, state.vocabulary)
    found = Found(question, expanded, stop=rules.stop, size=state.size)
    wanted = list(kinds) if kinds is not None else [kind.number for kind in all_kinds()]
    apart = list(apart)
    found.ranked, *rest = _rank(found, [wanted, *([kind] for kind in apart)])
    found.apart = dict(zip(apart, rest, strict=True))
    found.pinned = put_on_top(found.ranked, pinned, wanted)
    found.meant = suggestions.meant(question, expanded)
    return found


def _rank(found: Found, several: list[list[int]]) -> list[Ranked]:
    """Rank among each of these lists of kinds, in a simpler way when it is too much."""
    expanded = found.expanded
    if expanded.postings > MOST_READ:
        found.is_simplified, expanded = True, simpler(expanded)
    try:
        ranked = _in_time(expanded, several, found.size)
        if found.question.phrases and not ranked[0]:
            ranked = _in_time(expanded, several, found.size, phrases=False)
            found.without_phrase = bool(ranked[0])
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        found.is_simplified = True
        ranked = [rank(simpler(expanded), kinds, found.size, phrases=False) for kinds in several]
    return ranked


def _in_time(
    expanded: Expanded, several: list[list[int]], size: tuple[int, float], *, phrases: bool = True
) -> list[Ranked]:
    is_inside = connection.in_atomic_block  # then the limit would outlive what it is for
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(TIME_LIMIT_MS)])
        postings = postings_of(expanded)
        ranked = [rank(expanded, kinds, size, phrases=phrases, postings=postings) for kinds in several]
        if is_inside:
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    return ranked


def simpler(expanded: Expanded) -> Expanded:
    """The three rarest groups, and of each only the five best words."""
    groups = [dict(list(group.items())[:5]) for group in expanded.groups if group]
    groups.sort(key=lambda group: sum(sought.variant.entries for sought in group.values()))
    return replace(expanded, groups=groups[:3])
