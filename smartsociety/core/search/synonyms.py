"""Synonyms as staff keep them, matched on the stems of what was asked, also over several words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from smartsociety.core.search.analysis import words
from smartsociety.core.search.stems import stems_of

LONGEST = 5  # words of one alternative


@dataclass
class Match:
    """Words that were asked, next to each other, and what they also may be called."""

    asked: tuple[str, ...]
    alternatives: list[tuple[str, ...]]


@dataclass
class Synonyms:
    """Alternatives by the stems of what they stand for."""

    table: dict[tuple[str, ...], list[tuple[str, ...]]] = field(default_factory=dict)

    def matches(self, asked: list[str]) -> list[Match]:
        """The longest runs of `asked` that have alternatives; each word is in one run."""
        if not self.table:
            return []
        stems, found, taken = stems_of(asked), [], set()
        for length in range(min(LONGEST, len(asked)), 0, -1):
            for start in range(len(asked) - length + 1):
                run = range(start, start + length)
                alternatives = self.table.get(tuple(stems[start : start + length]))
                if alternatives and not taken & set(run):
                    taken |= set(run)
                    found.append(Match(tuple(asked[start : start + length]), alternatives))
        return found


def table_of(lines: Iterable[tuple[list[str], list[str]]]) -> Synonyms:
    """From lines of (words, what they also are called); for a two-way line both are the same list."""
    pairs = [
        (tuple(words(one)), tuple(words(other))) for left, right in lines for one in left for other in right
    ]
    pairs = [(one, other) for one, other in pairs if one and other and one != other]
    stems = (
        dict(zip(flat, stems_of(flat), strict=True)) if (flat := [w for one, _ in pairs for w in one]) else {}
    )
    table = defaultdict(list)
    for one, other in pairs:
        key = tuple(stems[word] for word in one)
        if other not in table[key]:
            table[key].append(other)
    return Synonyms(dict(table))
