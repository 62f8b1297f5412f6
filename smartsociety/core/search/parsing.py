"""What somebody typed, understood: words, "phrases", -without, this OR that. Anything at all can be typed."""

import re
from dataclasses import dataclass, field

from smartsociety.core.search.analysis import composed, words
from smartsociety.core.search.special import stop_words

LONGEST_TEXT = 2_000  # characters that are read
MOST_WORDS = 12  # different words that are asked; a question by a person has fewer
_PIECE = re.compile(
    r'(?P<minus>(?:(?<=\s)|^)[-−–])?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]|(?P<word>[^\s"“”„«»]+))'
)
_OR = {"OR", "OF", "|"}


@dataclass
class Question:
    """What is asked. Each group holds words of which one is enough; `without` may not be there at all."""

    text: str
    groups: list[list[str]] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)
    without: list[list[str]] = field(default_factory=list)
    sequence: list[str] = field(
        default_factory=list
    )  # every wanted word in order, for synonyms of several words
    is_cut: bool = False

    @property
    def words(self) -> list[str]:
        """Every wanted word."""
        return list(dict.fromkeys(word for group in self.groups for word in group))

    def __bool__(self) -> bool:
        return bool(self.groups)


def parse(text: str) -> Question:
    """Understand `text`. `OR` counts in capitals, as does Dutch `OF`; an accidental operator is ignored."""
    text = composed(text).strip()
    question = Question(text[:LONGEST_TEXT], is_cut=len(text) > LONGEST_TEXT)
    join = False
    for piece in _PIECE.finditer(question.text):
        raw = piece["word"]
        if raw in _OR:
            join = bool(question.groups)
            continue
        found = words(piece["phrase"] if raw is None else raw)
        if not found:
            continue
        if piece["minus"]:
            question.without.append(found)
            continue
        if raw is None and len(found) > 1:
            question.phrases.append(found)
        _add(question, found, join=join)
        join = False
    _tidy(question)
    return question


def _add(question: Question, found: list[str], *, join: bool) -> None:
    question.sequence += found
    first, *rest = found
    if join:
        question.groups[-1].append(first)
    else:
        question.groups.append([first])
    question.groups += [[word] for word in rest]


def _tidy(question: Question) -> None:
    """Leave out words that say nothing unless nothing else was asked, what was said twice, and what is too much."""
    stop = stop_words("nl") | stop_words("en")
    telling = [[word for word in group if word not in stop] for group in question.groups]
    groups = [group for group in telling if group] or question.groups
    once = list({tuple(dict.fromkeys(group)): None for group in groups})
    question.is_cut = question.is_cut or len(once) > MOST_WORDS
    question.groups = [list(group)[:MOST_WORDS] for group in once[:MOST_WORDS]]
