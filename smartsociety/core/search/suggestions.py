"""*Bedoelde u …?*: a word that nobody wrote, and one that is nearly the same and that somebody did write."""

from smartsociety.core.search.expansion import Expanded
from smartsociety.core.search.parsing import Question
from smartsociety.core.search.vocabulary import EXACT, Variant

SHORTEST = 4
SHORT = 5  # up to so many letters one may be wrong, in a longer word two


def meant(question: Question, expanded: Expanded) -> str:
    """`question` with its unknown words set right; empty when all are known or nothing is near."""
    better = {}
    for group, words in zip(expanded.groups, question.groups, strict=True):
        variants = [sought for sought in group.values() if not sought.because]
        for word in words:
            own = [sought.variant for sought in variants if sought.asked == word]
            if not any(v.likeness >= EXACT for v in own) and (near := nearest(word, own)):
                better[word] = near
    if not better:
        return ""
    return " ".join(better.get(word, word) for word in question.sequence)


def nearest(word: str, variants: list[Variant]) -> str:
    """The known word with the fewest letters wrong, of those the commonest; empty when none is near enough."""
    if len(word) < SHORTEST:
        return ""
    allowed = 1 if len(word) <= SHORT else 2
    near = [(distance(word, v.text, allowed), -v.entries, v.text) for v in variants]
    near = [each for each in near if 0 < each[0] <= allowed]
    return min(near)[2] if near else ""


def distance(one: str, other: str, allowed: int) -> int:
    """How many letters were left out, added, changed or swapped; anything above `allowed` is `allowed + 1`."""
    if abs(len(one) - len(other)) > allowed:
        return allowed + 1
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return min(last[-1], allowed + 1)
