"""Practices that nobody wrote: Dutch-like words by Zipf's law, compounds among them."""

import itertools
import random
from collections.abc import Iterator
from functools import lru_cache

STARTS = [
    "b",
    "bl",
    "br",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "kn",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "r",
    "s",
    "sch",
    "sl",
    "sn",
    "sp",
    "st",
    "str",
    "t",
    "tr",
    "v",
    "vl",
    "vr",
    "w",
    "wr",
    "z",
    "zw",
]
MIDDLES = ["a", "aa", "e", "ee", "i", "ie", "o", "oe", "oo", "u", "ui", "uu", "ei", "ou", "eu", "ij"]
ENDS = [
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "d",
    "g",
    "f",
    "ng",
    "nk",
    "nt",
    "rt",
    "st",
    "cht",
    "ls",
    "ps",
    "rk",
    "lm",
    "rd",
    "ns",
    "ft",
]
TAILS = ["", "", "", "en", "er", "ing", "heid", "je", "en", "s"]
JOINS = ["", "", "s", "en", "e"]


@lru_cache
def words(count: int, seed: int = 1) -> list[str]:
    """That many different words, the commonest first; a third of the rarer ones are compounds of others."""
    rnd = random.Random(seed)
    found: dict[str, None] = {}
    common: list[str] = []
    while len(found) < count:
        common = common or list(found)[:400] if len(found) > 400 else []
        if common and rnd.random() < 0.35:
            one, other = rnd.choices(common, k=2)
            found.setdefault(one + rnd.choice(JOINS) + other)
        else:
            syllables = rnd.choice((1, 1, 2, 2, 3))
            stem = "".join(
                rnd.choice(STARTS) + rnd.choice(MIDDLES) + (rnd.choice(ENDS) if last else "")
                for last in [False] * (syllables - 1) + [True]
            )
            found.setdefault(stem + rnd.choice(TAILS))
    return list(found)


def practices(
    count: int, *, length: int = 120, vocabulary: int | None = None, seed: int = 7
) -> Iterator[dict]:
    """`count` objects of the import, without their source."""
    if not count:
        return
    rnd = random.Random(seed)
    known = words(vocabulary or min(200_000, 4_000 + 20 * count))
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(known))))
    for _number in range(count):
        drawn = rnd.choices(known, cum_weights=weights, k=length)
        title = " ".join(drawn[:6])[:80].capitalize()
        sentences = (" ".join(drawn[at : at + 12]).capitalize() + "." for at in range(6, length, 12))
        yield {"title": title, "summary": f"{' '.join(drawn[6:22])}."[:300], "body": " ".join(sentences)}
