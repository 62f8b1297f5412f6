"""How each result got its place: how the question was understood, and what every step of ranking gave each result.

The steps are done anew here, one at a time; a test holds them against the scores that ranking gave.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from smartsociety.core.search.expansion import Sought
from smartsociety.core.search.finding import Found
from smartsociety.core.search.indexing import LENGTH_POWER
from smartsociety.core.search.kinds import Document, Kind, kind_of, row_of
from smartsociety.core.search.models import Entry
from smartsociety.core.search.places import documents_of, places_in
from smartsociety.core.search.presence import rarities, weights_in
from smartsociety.core.search.ranking import COVERAGE, PRIOR, TITLED, likest_of, titled, worth
from smartsociety.core.search.reasons import Why, why
from smartsociety.core.search.special import stop_words

RESULTS = 20
MOST_WORDS = 12  # of a group that are told


@dataclass(frozen=True)
class WordSought:
    """A word that was looked for in the name of a word of the question."""

    text: str
    weight: float
    why: Why
    because: str  # the synonym it came by
    entries: int  # that have it, at the last count


@dataclass(frozen=True)
class GroupSought:
    """A word of the question, or several of which one is enough, with everything looked for in its name."""

    asked: list[str]
    rarity: float
    words: list[WordSought]
    others: int  # that are not told


@dataclass(frozen=True)
class WordFound:
    """One of those words, in a result."""

    text: str
    why: Why
    because: str
    places: list[str]


@dataclass(frozen=True)
class GroupFound:
    """What a result has of a group, and what that is worth."""

    asked: list[str]
    words: list[WordFound]
    score: float


@dataclass(frozen=True)
class ResultExplained:
    """A result with what each step gave it: `total` is groups together × coverage × (1 + nearness + title + prior)."""

    place: int
    entry: int
    kind: Kind
    title: str
    language: str
    length: int
    groups: list[GroupFound]
    coverage: float
    nearness: float
    titled: float
    prior: float
    given: float  # of which by staff
    total: float
    is_pinned: bool

    @property
    def by_words(self) -> float:
        """What its words are worth."""
        return sum(group.score for group in self.groups)


@dataclass(frozen=True)
class Explanation:
    """Everything about one question."""

    found: Found
    left_out: list[str]
    groups: list[GroupSought]
    results: list[ResultExplained]

    @property
    def phrases(self) -> list[str]:
        """What stood in quotes."""
        return [" ".join(words) for words in self.found.question.phrases]

    @property
    def without(self) -> list[str]:
        """What may not be there."""
        return [" ".join(words) for words in self.found.question.without]


def explanation(found: Found, kinds: list[int], results: int = RESULTS) -> Explanation:
    """Of the answer to a question over these kinds."""
    groups, asked = found.expanded.groups, found.question.groups
    rarity = rarities(groups, kinds, found.size[0])
    told = [
        GroupSought(words, rarity.get(number, 0.0), sought[:MOST_WORDS], len(sought[MOST_WORDS:]))
        for number, (words, sought) in enumerate(zip(asked, map(_sought, groups), strict=True))
    ]
    return Explanation(found, _left_out(found), told, _results(found, rarity, results))


def _left_out(found: Found) -> list[str]:
    """Words that say nothing by themselves; the rest of what is missing was too much."""
    asked = set(found.question.words)
    known = stop_words("nl") | stop_words("en") | found.stop
    return list(
        dict.fromkeys(word for word in found.question.sequence if word not in asked and word in known)
    )


def _sought(group: dict[int, Sought]) -> list[WordSought]:
    """The best first; what is written alike in both languages is one word to who reads this."""
    best: dict[str, Sought] = {}
    for sought in group.values():
        best.setdefault(sought.variant.text, sought)
    return [WordSought(s.variant.text, s.weight, why(s), s.because, s.variant.entries) for s in best.values()]


def _results(found: Found, rarity: dict[int, float], number: int) -> list[ResultExplained]:
    entries = found.ranked.first(number)
    scores = found.ranked.scores[:number]
    sought = {word for group in found.expanded.groups for word in group}
    weights, rows = weights_in(entries, sought), Entry.objects.in_bulk(entries)
    documents = documents_of(entries)
    return [
        _result(place, rows[entry], score, weights.get(entry, {}), documents[entry], rarity, found)
        for place, (entry, score) in enumerate(zip(entries, scores, strict=False), 1)
        if entry in rows and entry in documents
    ]


def _result(
    place: int,
    entry: Entry,
    total: float,
    weights: dict[int, float],
    document: Document,
    rarity: dict,
    found: Found,
) -> ResultExplained:
    norm = found.size[1] ** LENGTH_POWER
    groups, covered, places = [], 0.0, places_in(document)
    for number, (asked, group) in enumerate(zip(found.question.groups, found.expanded.groups, strict=True)):
        there = [(each, weights[word] * norm) for word, each in group.items() if word in weights]
        rare = rarity.get(number, 0.0)
        covered += min(1.0, max((each.weight for each, _weight in there), default=0.0)) * rare
        words = [
            WordFound(each.variant.text, why(each), each.because, places.get(each.variant.text, []))
            for each, _weight in sorted(there, key=lambda item: -item[0].weight)
        ]
        groups.append(GroupFound(asked, words, score_of(there) * rare))
    several = sum(bool(group) for group in found.expanded.groups) > 1
    coverage = 1 - COVERAGE + COVERAGE * covered / (sum(rarity.values()) or 1) if several else 1.0
    by_words = sum(group.score for group in groups) * coverage
    prior = PRIOR * entry.prior
    by_title = TITLED * titled(entry.title, likest_of(found.expanded.groups))
    return ResultExplained(
        place=place, entry=entry.pk, kind=kind_of(row_of(entry.pk)[0]), title=entry.title, language=entry.language,
        length=entry.length, groups=groups, coverage=coverage, prior=prior, titled=by_title, total=total,
        nearness=max(total / by_words - 1 - prior - by_title, 0.0) if by_words and total else 0.0,
        is_pinned=entry.pk in found.pinned, given=PRIOR * document.given,
    )  # fmt: skip


def score_of(there: list[tuple[Sought, float]]) -> float:
    """What the words of one group are worth in one entry, each with its weight there; before rarity."""
    together = sum(each.weight * weight for each, weight in there)
    return worth(together, max((each.weight for each, _weight in there), default=0.0))


def lines(told: Explanation) -> Iterator[str]:
    """The same as plain text, for the command."""
    question = told.found.question
    yield f"asked: {' + '.join(' OR '.join(group) for group in question.groups) or 'nothing'}"
    for name, value in [
        ("left out", told.left_out),
        ("phrases", told.phrases),
        ("without", told.without),
        ("synonyms", [f"{asked} → {other}" for asked, other in told.found.expanded.synonyms]),
        ("meant", [told.found.meant] if told.found.meant else []),
    ]:
        if value:
            yield f"{name}: {', '.join(value)}"
    for group in told.groups:
        yield f"for {' OR '.join(group.asked)}, rarity {group.rarity:.2f}:"
        for word in group.words:
            because = f" ({word.because})" if word.because else ""
            yield f"  {word.weight:.2f} {word.text}: {word.why.value}{because}, in {word.entries} at the last count"
    yield f"found: {len(told.found.ranked)}"
    for result in told.results:
        yield from _lines_of(result)


def _lines_of(result: ResultExplained) -> Iterator[str]:
    pinned = ", pinned" if result.is_pinned else ""
    yield f"{result.place}. {result.total:.3f} {result.title} ({result.kind.name}, {result.length} words{pinned})"
    yield (
        f"     words {result.by_words:.3f} × coverage {result.coverage:.2f} × "
        f"(1 + nearness {result.nearness:.3f} + title {result.titled:.3f} + prior {result.prior:.3f}, "
        f"of which given {result.given:.3f})"
    )
    for group in result.groups:
        found = "; ".join(
            f"{word.text} ({word.why.value}) in {', '.join(word.places)}" for word in group.words
        )
        yield f"     {' OR '.join(group.asked)} {group.score:.3f}: {found or 'nothing'}"
