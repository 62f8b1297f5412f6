"""What staff say about words: synonyms, words that say nothing, words that always count. Read once per change."""

from dataclasses import dataclass, field

from smartsociety.core.search.models import Synonym
from smartsociety.core.search.synonyms import Synonyms, table_of


@dataclass
class Rules:
    """In force for one search; a preview makes its own."""

    synonyms: Synonyms = field(default_factory=Synonyms)


_known: dict[str, Rules] = {}


def rules_of(version: str) -> Rules:
    """The rules at this version; see `State.rules`."""
    if version not in _known:
        _known.clear()
        _known[version] = Rules(synonyms=table_of(line.sides for line in Synonym.objects.all()))
    return _known[version]
