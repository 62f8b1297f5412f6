"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Marks at the start of a line of Markdown: of no interest to who compares wording.
_MARKS = re.compile(r"^\s*(#{1,6}|[-*+]|\d+\.|>)\s+")
_EMPHASIS = re.compile(r"(\*\*|__|\*(?=\S)|(?<=\S)\*)")


@dataclass(frozen=True)
class Part:
    """A run of words that stayed ("same"), came ("new") or went ("gone")."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[list[Part]]:
    """Paragraphs of both texts in reading order, each as the runs it is made of; a space belongs between two."""
    olds, news = paragraphs(old), paragraphs(new)
    result = []
    for kind, left, right in _steps(olds, news):
        if kind == "equal":
            result += [[Part("same", text)] for text in right]
        else:
            result += list(_paired(left, right))
    return result


def _paired(left: list[str], right: list[str]) -> Iterator[list[Part]]:
    """Paragraphs that were replaced, each beside its successor as long as there are two."""
    for number in range(max(len(left), len(right))):
        before = left[number] if number < len(left) else ""
        after = right[number] if number < len(right) else ""
        yield _words(before, after)


def _words(old: str, new: str) -> list[Part]:
    parts = []
    for kind, left, right in _steps(old.split(), new.split()):
        if kind == "equal":
            parts.append(Part("same", " ".join(right)))
            continue
        if left:
            parts.append(Part("gone", " ".join(left)))
        if right:
            parts.append(Part("new", " ".join(right)))
    return parts


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, old[a:b], new[c:d]


def paragraphs(text: str) -> list[str]:
    """Lines with words, without the marks of Markdown."""
    lines = (_EMPHASIS.sub("", _MARKS.sub("", line)).strip() for line in text.splitlines())
    return [line for line in lines if line]
