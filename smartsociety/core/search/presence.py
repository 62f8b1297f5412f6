"""Which words stand in which entries, for whoever explains a ranking."""

import math
from collections import defaultdict
from collections.abc import Collection

from smartsociety.core.search.expansion import Sought
from smartsociety.core.search.kinds import row_of
from smartsociety.core.search.postings import of_entries, read


def weights_in(entries: list[int], words: Collection[int]) -> dict[int, dict[int, float]]:
    """Per entry those of `words` that it has, with their weights."""
    return {
        entry: {word: weight for word, weight in weights.items() if word in words}
        for entry, weights in of_entries(entries).items()
    }


def rarities(groups: list[dict[int, Sought]], kinds: list[int], entries: int) -> dict[int, float]:
    """Per group that is found at all how rare it is; as in `ranking`."""
    postings = read({word for group in groups for word in group})
    found = {}
    for number, group in enumerate(groups):
        nearest: defaultdict[int, float] = defaultdict(float)
        for word in group.keys() & postings.keys():
            for entry in postings[word].entries.tolist():
                if row_of(entry)[0] in kinds:
                    nearest[entry] = max(nearest[entry], group[word].weight)
        if nearest:
            having = min(sum(likeness**2 for likeness in nearest.values()), entries)
            found[number] = math.log(1 + (entries - having + 0.5) / (having + 0.5))
    return found
