"""Which entries answer a question, and in which order: BM25 over groups of variants.

Within a group all variants are counted together as if they were one word, each as often as it is like the word that was
asked; an entry that has nothing nearer than a likeness gets no more than the root of that. A group is as rare as all
its variants together. Entries that have more of the groups gain, and of the best hundred those whose words stand
together, those whose title is what was asked, and a little those with a better prior.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
from django.db import connection

from smartsociety.core.search.analysis import words
from smartsociety.core.search.expansion import Expanded, Sought
from smartsociety.core.search.indexing import LENGTH_POWER
from smartsociety.core.search.kinds import KIND_BITS
from smartsociety.core.search.postings import Postings, read
from smartsociety.core.search.special import stop_words

SATURATION = 1.6  # k1 of BM25
COVERAGE = 0.5  # how much of the score depends on the share of the groups that an entry has
CUT = 0.12  # an entry below this share of the best score is no answer,
CUT_OF_FEW = 0.04  # except among the first ten: there a weak one is better than none
FEW = 10
NEARNESS = 0.3
TITLED = 0.4
PRIOR = 0.06
RERANKED = 100

Groups = list[dict[int, Sought]]
_STOP = stop_words("nl") | stop_words("en")


@dataclass
class Asked:
    """What was looked for: words in groups, where each stands, and how many entries there are at all."""

    groups: Groups
    postings: dict[int, Postings]
    total: int

    def covered_by(self, entries: np.ndarray, likeness: float) -> np.ndarray:
        """From 0 to 1: how much of it each of `entries` has, in words at least so like what was asked.

        A rare word is more of it than a common one; what nothing has is the rarest.
        """
        covered, whole = np.zeros(entries.size), 0.0
        for group in self.groups:
            lists = [
                self.postings[number].entries
                for number, sought in group.items()
                if sought.weight >= likeness and number in self.postings
            ]
            having = np.unique(np.concatenate(lists)) if lists else np.empty(0, int)
            rarity = log(1 + (max(self.total - having.size, 0) + 0.5) / (having.size + 0.5))
            covered += rarity * np.isin(entries, having)
            whole += rarity
        return covered / (whole or 1.0)


@dataclass
class Ranked:
    """Numbers of entries, the best first, and the scores of the first hundred."""

    entries: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    scores: list[float] = field(default_factory=list)
    nearest: float = (
        0.0  # how like what was asked the nearest word is that any of them has; 1 for a synonym too
    )
    asked: "Asked | None" = field(default=None, repr=False)

    def answering(self, likeness: float, share: float) -> np.ndarray:
        """Those that have at least `share` of what was asked, in words that are so like it; in the same order."""
        if self.asked is None:
            return self.entries[:0]
        return self.entries[self.asked.covered_by(self.entries, likeness) >= share]

    def __len__(self) -> int:
        return self.entries.size

    def first(self, number: int) -> list[int]:
        """The best ones."""
        return self.entries[:number].tolist()


def postings_of(expanded: Expanded) -> dict[int, Postings]:
    """Of all words that are looked for, and of those that may not be there."""
    sought = {number for group in expanded.groups for number in group}
    return read(sought.union(*expanded.without))


def rank(
    expanded: Expanded,
    kinds: Sequence[int],
    size: tuple[int, float],
    *,
    phrases: bool = True,
    postings: dict[int, Postings] | None = None,
) -> Ranked:
    """Every entry of `kinds` that answers; with `phrases` off it need not hold what stood in quotes."""
    groups = [group for group in expanded.groups if group]
    unwanted = {number for found in expanded.without for number in found}
    postings = postings_of(expanded) if postings is None else postings
    entries, scores = _scored(groups, postings, kinds, size)
    allowed = ~_having(entries, unwanted, postings)
    if must := _must(expanded, phrases=phrases):
        for word in {word for phrase in expanded.question.phrases for word in phrase} if phrases else ():
            if numbers := {n for group in groups for n, each in group.items() if each.variant.text == word}:
                allowed &= _having(entries, numbers, postings)
        allowed &= np.isin(entries, _holding(entries[allowed], must))
    ranked = _polished(*_best(entries[allowed], scores[allowed]), groups)
    ranked.nearest = _nearest(ranked.entries, groups, postings)
    ranked.asked = Asked(expanded.groups, postings, size[0])
    return ranked


def _nearest(entries: np.ndarray, groups: Groups, postings: dict[int, Postings]) -> float:
    """The greatest likeness of a word that one of the entries has. For a synonym the editors answer."""
    likenesses = {
        number: 1.0 if each.because else each.weight for group in groups for number, each in group.items()
    }
    for number, likeness in sorted(likenesses.items(), key=lambda item: -item[1]):
        if number in postings and np.isin(postings[number].entries, entries).any():
            return likeness
    return 0.0


def _scored(
    groups: Groups, postings: dict[int, Postings], kinds: Sequence[int], size: tuple[int, float]
) -> tuple[np.ndarray, np.ndarray]:
    """The entries of these kinds that have any of the words, in no order, and the score of each."""
    total, average = size
    sought = [
        (group, each.weight, postings[number])
        for group, words in enumerate(groups)
        for number, each in words.items()
        if number in postings
    ]
    entries, places = _numbered([found.entries for _group, _weight, found in sought])
    norm = average**LENGTH_POWER
    together, nearest = np.zeros((2, len(groups), entries.size))
    for (group, likeness, found), at in zip(sought, places, strict=True):
        nearest[group, at] = np.maximum(nearest[group, at], likeness)
        together[group, at] += likeness * norm * found.weights
    among = np.isin(entries & (1 << KIND_BITS) - 1, kinds)
    entries, together, nearest = entries[among], together[:, among], nearest[:, among]
    found = np.minimum((nearest**2).sum(axis=1), total)
    rarity = np.where(found > 0, np.log(1 + (total - found + 0.5) / (found + 0.5)), 0.0)
    scores = rarity @ worth(together, nearest)
    if len(groups) > 1:
        scores *= 1 - COVERAGE + COVERAGE * (rarity @ np.minimum(1, nearest)) / (rarity.sum() or 1)
    return entries, scores


def worth(together, nearest):
    """What a group gives before rarity: its words in an entry counted together, and the likeness of the nearest."""
    return together / (together + SATURATION) * nearest**0.5


def _numbered(lists: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """The different numbers in `lists`, and per list where each of its numbers is among those.

    Without sorting: in a table by number, whoever writes last stands for all the same ones.
    """
    if not lists:
        return np.empty(0, int), []
    flat = np.concatenate(lists)
    kinds = flat & (1 << KIND_BITS) - 1
    rows = flat >> KIND_BITS
    keys = rows if (kinds == kinds[0]).all() else rows + kinds * (int(rows.max()) + 1)
    table = np.empty(int(keys.max()) + 1, np.int32)
    places = np.arange(flat.size, dtype=np.int32)
    table[keys] = places
    different = np.flatnonzero(table[keys] == places)
    table[keys[different]] = np.arange(different.size, dtype=np.int32)
    return flat[different], np.split(table[keys], np.cumsum([each.size for each in lists])[:-1])


def _having(entries: np.ndarray, words: Iterable[int], postings: dict[int, Postings]) -> np.ndarray:
    """Of each entry whether it has any of `words`."""
    lists = [postings[word].entries for word in words if word in postings]
    return np.isin(entries, np.concatenate(lists)) if lists else np.zeros(entries.size, bool)


def _holding(entries: np.ndarray, must: str) -> np.ndarray:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id FROM search_entry WHERE id = ANY(%s) AND "order" @@ %s::tsquery',
            [entries.tolist(), must],
        )
        return np.array([row[0] for row in cursor.fetchall()], int)


def _best(entries: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best first, of equals the newest; without those too far below the best."""
    if not entries.size:
        return entries, scores
    order = np.lexsort((-entries, -scores))
    entries, scores = entries[order], scores[order]
    enough = np.count_nonzero(scores >= CUT * scores[0])
    few = np.count_nonzero(scores[:FEW] >= CUT_OF_FEW * scores[0])
    kept = max(enough, few)
    return entries[:kept], scores[:kept]


def _polished(entries: np.ndarray, scores: np.ndarray, groups: Groups) -> Ranked:
    """The first hundred in their final order."""
    first = entries[:RERANKED].tolist()
    near, likest = _near(groups) if len(groups) > 1 else None, likest_of(groups)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, prior, coalesce(ts_rank_cd('{1, 1, 1, 1}', "order", %s::tsquery, 32), 0), title
              FROM search_entry WHERE id = ANY(%s)
            """,
            [near, first],
        )
        lifts = {
            entry: PRIOR * prior + NEARNESS * nearness + TITLED * titled(title, likest)
            for entry, prior, nearness, title in cursor.fetchall()
        }
    final = [
        float(score) * (1 + lifts.get(entry, 0.0))
        for entry, score in zip(first, scores[:RERANKED], strict=True)
    ]
    order = sorted(range(len(first)), key=lambda place: -final[place])
    return Ranked(
        np.concatenate([entries[order].astype(int), entries[RERANKED:]]), [final[place] for place in order]
    )


def titled(title: str, likest: list[dict[str, float]]) -> float:
    """From 0 to 1: how much of the question is in the title, and of the title in the question, whichever is less."""
    telling = set(words(title)) - _STOP
    found = (max((group[word] for word in telling & group.keys()), default=0.0) for group in likest)
    return sum(found) / max(len(telling), len(likest), 1)


def likest_of(groups: Groups) -> list[dict[str, float]]:
    """Per group how well each word stands for it; the best first, so of what is alike in two languages the best."""
    return [{s.variant.text: s.weight for s in reversed(group.values())} for group in groups if group]


def _near(groups: Groups) -> str:
    """All groups, each by its best words, as a tsquery: how close together they stand is ranked with it."""
    best = (" | ".join(f"'{each.variant.text}'" for each in list(group.values())[:6]) for group in groups)
    return " & ".join(f"({words})" for words in best)


def _must(expanded: Expanded, *, phrases: bool) -> str | None:
    """Phrases that an entry has to hold, and those that it may not hold, as a tsquery."""
    question = expanded.question
    wanted = [_phrase(words) for words in question.phrases] if phrases else []
    unwanted = [f"!{_phrase(words)}" for words in question.without if len(words) > 1]
    return " & ".join([*wanted, *unwanted]) or None


def _phrase(words: list[str]) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"
