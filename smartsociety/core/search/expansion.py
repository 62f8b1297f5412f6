"""A question with everything that is looked for: variants of each word, and synonyms of words and of runs of words."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from smartsociety.core.search.parsing import Question
from smartsociety.core.search.rules import Rules
from smartsociety.core.search.special import stop_words
from smartsociety.core.search.vocabulary import CONTAINS, EXACT, Variant, variants_of

SYNONYM = 0.8  # a synonym counts so much of the word itself
SYNONYM_LEAST = 0.5  # how near a word must be to a synonym: its forms and compounds, not what looks like it
SYNONYM_COMPOUND = 0.7
MOST_VARIANTS = 80


@dataclass
class Sought:
    """A word to look for, how much it counts, and why: `because` is the synonym it came by, or empty."""

    variant: Variant
    weight: float
    asked: str
    because: str = ""


@dataclass
class Expanded:
    """Per group of the question the words to look for, by their number."""

    question: Question
    groups: list[dict[int, Sought]] = field(default_factory=list)
    synonyms: list[tuple[str, str]] = field(default_factory=list)  # asked, also looked for
    without: list[list[int]] = field(default_factory=list)

    @property
    def postings(self) -> int:
        """How many there are of all words together, when they were last packed."""
        return sum(sought.variant.entries for group in self.groups for sought in group.values())


def expand(question: Question, rules: Rules, vocabulary: tuple[int, int]) -> Expanded:
    """Look up everything in two questions to the database."""
    matches = rules.synonyms.matches(question.sequence)
    others = [word for match in matches for alternative in match.alternatives for word in alternative]
    excluded = [word for found in question.without for word in found]
    known = variants_of([*question.words, *others, *excluded], vocabulary)
    expanded = Expanded(question)
    _leave_out(question, rules.stop)
    for group in question.groups:
        sought: dict[int, Sought] = {}
        for word in group:
            for variant in _allowed(word, known[word], rules.protected):
                _keep(sought, Sought(variant, variant.likeness, word))
        expanded.groups.append(sought)
    for match in matches:
        _add_synonyms(expanded, match, known)
    expanded.groups = [
        dict(sorted(group.items(), key=lambda item: -item[1].weight)[:MOST_VARIANTS])
        for group in expanded.groups
    ]
    expanded.without = [
        [variant.id for variant in known[found[0]] if variant.likeness >= EXACT]
        for found in question.without
        if len(found) == 1
    ]
    return expanded


def _leave_out(question: Question, stop: frozenset[str]) -> None:
    """Words that staff say tell nothing go, unless nothing else was asked."""
    groups = [left for group in question.groups if (left := [word for word in group if word not in stop])]
    question.groups = groups or question.groups


def _allowed(word: str, variants: tuple[Variant, ...], protected: frozenset[str]) -> list[Variant]:
    """A protected word stands for its own forms alone."""
    return [v for v in variants if v.likeness >= EXACT or word not in protected]


def _keep(sought: dict[int, Sought], new: Sought) -> None:
    old = sought.get(new.variant.id)
    if old is None or new.weight > old.weight:
        sought[new.variant.id] = new


def _add_synonyms(expanded: Expanded, match, known: dict[str, tuple[Variant, ...]]) -> None:
    places = [
        number for number, group in enumerate(expanded.question.groups) if set(group) & set(match.asked)
    ]
    for alternative in match.alternatives:
        words = _telling(alternative)
        shares = _shares(words, known)
        found = False
        for word, share in zip(words, shares, strict=True):
            for variant in known[word]:
                weight = _weight(variant, share, alone=len(words) == 1)
                for place in places if weight else ():
                    found = True
                    new = Sought(variant, weight, " ".join(match.asked), " ".join(alternative))
                    _keep(expanded.groups[place], new)
        if found:
            expanded.synonyms.append((" ".join(match.asked), " ".join(alternative)))


def _telling(words: tuple[str, ...]) -> list[str]:
    stop = stop_words("nl") | stop_words("en")
    return [word for word in words if word not in stop] or list(words)


def _shares(words: list[str], known: dict[str, tuple[Variant, ...]]) -> list[float]:
    """How much of an alternative of several words each of them says: a rare one more."""
    rarity = [
        1 / math.log(2.72 + sum(v.entries for v in known[word] if v.likeness >= EXACT))
        if any(v.likeness >= EXACT for v in known[word])
        else 0.0
        for word in words
    ]
    total = sum(rarity)
    return [each / total if total else 0.0 for each in rarity]


def _weight(variant: Variant, share: float, *, alone: bool) -> float:
    if variant.likeness >= EXACT:
        return SYNONYM * variant.likeness * (1.0 if alone else 0.9 * share)
    if alone and variant.likeness >= SYNONYM_LEAST:
        return SYNONYM * SYNONYM_COMPOUND * variant.likeness / CONTAINS
    return 0.0


def by_group(expanded: Expanded) -> dict[int, list[Sought]]:
    """What is sought, by number of the word."""
    found = defaultdict(list)
    for group in expanded.groups:
        for number, sought in group.items():
            found[number].append(sought)
    return found
