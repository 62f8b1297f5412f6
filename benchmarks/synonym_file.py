"""Synonyms in the ways people write them down."""

import csv
import json
import re
from collections.abc import Iterator

ARROW = re.compile(r"\s*(?:=>|->|→)\s*")


def synonyms_in(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """(words, what they also find); the second is empty when all of them mean the same."""
    text = text.removeprefix("\ufeff")
    try:
        given = json.loads(text)
    except ValueError:
        given = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if isinstance(given, dict):
        given = [[word, *([others] if isinstance(others, str) else others)] for word, others in given.items()]
    for entry in given:
        if isinstance(entry, str):
            left, *right = ARROW.split(entry, maxsplit=1)
            words, others = _split(left), _split(right[0]) if right else []
        else:
            words, others = [str(word).strip() for word in _flat(entry)], []
        if words and (others or len(words) > 1):
            yield words, others


def _flat(entry) -> Iterator:
    values = entry.values() if isinstance(entry, dict) else entry
    for value in values:
        if isinstance(value, list):
            yield from value
        elif isinstance(value, str):
            yield value


def _split(line: str) -> list[str]:
    mark = next((mark for mark in ("\t", ";", "|", ",", "=") if mark in line), ",")
    return [word.strip() for word in next(csv.reader([line], delimiter=mark)) if word.strip()]
