"""What staff say about words: what means the same, says nothing, or means only itself. Read once per change."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction

from smartsociety.core.search.analysis import words
from smartsociety.core.search.models import SpecialWord, Synonym
from smartsociety.core.search.pins import Pins
from smartsociety.core.search.state import State
from smartsociety.core.search.synonyms import Synonyms, table_of

Line = tuple[str, str]
ARROW = re.compile(r"\s*(?:=>|->|→)\s*")


@dataclass
class Rules:
    """In force for one search; a preview makes its own."""

    synonyms: Synonyms = field(default_factory=Synonyms)
    stop: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()
    pins: Pins = field(default_factory=Pins)

    @classmethod
    def of(cls, lines: Iterable[Line], stop: Iterable[str], protected: Iterable[str]) -> "Rules":
        """From what staff typed, with the pins that are kept."""
        sides = (Synonym(left=left, right=right).sides for left, right in lines)
        folded = [frozenset(word for text in texts for word in words(text)) for texts in (stop, protected)]
        return cls(table_of(sides), *folded, Pins.kept(folded[0]))

    def with_pins(self, pins: Pins) -> "Rules":
        """The same words with other pins."""
        return replace(self, pins=pins)


_known: dict[tuple[str, str], Rules] = {}


def rules_of(state: State) -> Rules:
    """The rules as they are at this state; read once per change."""
    version = state.rules, state.pins
    if version not in _known:
        _known.clear()
        _known[version] = Rules.of(Synonym.objects.values_list("left", "right"), *_special_words())
    return _known[version]


def _special_words() -> tuple[list[str], list[str]]:
    rows = list(SpecialWord.objects.values_list("kind", "word"))
    stop, protected = ([word for kind, word in rows if kind == wanted] for wanted in ("stop", "protected"))
    return stop, protected


def read_lines(text: str) -> list[Line]:
    """Synonyms as typed: `fiets, rijwiel` both ways, `ov => bus, tram` one way; empty lines are nothing."""
    found = []
    for line in text.splitlines():
        if line.strip():
            left, *right = ARROW.split(line.strip(), maxsplit=1)
            found.append((left.strip(" ,"), right[0].strip(" ,") if right else ""))
    return found


def written_lines() -> str:
    """The synonyms as they would be typed."""
    rows = Synonym.objects.order_by("left", "pk")
    return "\n".join(f"{row.left} => {row.right}" if row.right else row.left for row in rows)


def written_words(kind: str) -> str:
    """The special words of a kind, one a line."""
    return "\n".join(SpecialWord.objects.filter(kind=kind).order_by("word").values_list("word", flat=True))


@transaction.atomic
def keep_rules(*, lines: list[Line], stop: list[str], protected: list[str]) -> None:
    """From the next question on these are in force, and no others."""
    Synonym.objects.all().delete()
    SpecialWord.objects.all().delete()
    Synonym.objects.bulk_create(Synonym(left=left, right=right) for left, right in lines)
    kinds = [*((word, "protected") for word in protected), *((word, "stop") for word in stop)]
    SpecialWord.objects.bulk_create(SpecialWord(word=word, kind=kind) for word, kind in dict(kinds).items())
