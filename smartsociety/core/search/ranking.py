"""Which entries answer a question, and in which order: BM25 over groups of variants, in one statement.

Within a group the forms of the word itself are counted together, as BM25 counts one word; of what is only like it the
best counts, and of the rest a part. A group is as rare as all its variants together. Entries that have more of the
groups gain, and of the best hundred those whose words stand together, and a little those with a better prior.
"""

from dataclasses import dataclass, field

from django.db import connection

from smartsociety.core.search.expansion import Expanded
from smartsociety.core.search.indexing import LENGTH_POWER
from smartsociety.core.search.kinds import KIND_BITS
from smartsociety.core.search.vocabulary import EXACT

SATURATION = 1.6  # k1 of BM25
REST = 0.7  # what the other variants of a group add
COVERAGE = 0.6  # how much of the score depends on the share of the groups that an entry has
CUT = 0.12  # an entry below this share of the best score is no answer,
CUT_OF_FEW = 0.04  # except among the first ten: there a weak one is better than none
FEW = 10
NEARNESS = 0.15
PRIOR = 0.06
RERANKED = 100

_RANK = """
WITH sought AS MATERIALIZED (
    SELECT * FROM unnest(%(words)s::int[], %(groups)s::int[], %(weights)s::float[]) AS given(word, grp, likeness)
), part AS MATERIALIZED (
    SELECT p.entry_id AS entry, s.grp, max(s.likeness) AS nearest,
           coalesce(sum(s.likeness * p.weight) FILTER (WHERE s.likeness >= %(exact)s), 0) * %(norm)s AS own,
           coalesce(max(s.likeness * p.weight * %(norm)s / (p.weight * %(norm)s + %(k1)s))
                    FILTER (WHERE s.likeness < %(exact)s), 0) AS best,
           coalesce(sum(s.likeness * p.weight * %(norm)s / (p.weight * %(norm)s + %(k1)s))
                    FILTER (WHERE s.likeness < %(exact)s), 0) AS all_like
      FROM sought s JOIN search_posting p ON p.word_id = s.word
     WHERE p.entry_id & %(mask)s = ANY(%(kinds)s)
     GROUP BY p.entry_id, s.grp
), rarity AS MATERIALIZED (
    SELECT grp, ln(1 + (%(entries)s - found + 0.5) / (found + 0.5)) AS idf
      FROM (SELECT grp, least(sum(nearest * nearest), %(entries)s) AS found FROM part GROUP BY grp) AS counted
), total AS (
    SELECT entry,
           sum((greatest(own / (own + %(k1)s), best)
                + %(rest)s * (own / (own + %(k1)s) + all_like - greatest(own / (own + %(k1)s), best))) * idf)
           * CASE WHEN %(many)s THEN 1 - %(coverage)s + %(coverage)s * sum(least(1, nearest) * idf)
                  / (SELECT sum(idf) FROM rarity) ELSE 1 END AS score
      FROM part JOIN rarity USING (grp)
     GROUP BY entry
), kept AS (
    SELECT entry, score FROM total
     WHERE NOT EXISTS (SELECT FROM search_posting p
                        WHERE p.entry_id = total.entry AND p.word_id = ANY(%(without)s::int[]))
       AND (%(must)s::text IS NULL
            OR EXISTS (SELECT FROM search_entry e WHERE e.id = total.entry AND e."order" @@ %(must)s::tsquery))
), answer AS (
    SELECT * FROM (SELECT entry, score, row_number() OVER (ORDER BY score DESC, entry DESC) AS place,
                          max(score) OVER () AS top FROM kept) AS placed
     WHERE score >= CASE WHEN place <= %(few)s THEN %(cut_of_few)s ELSE %(cut)s END * top
), polished AS (
    SELECT a.entry, a.place, a.score * (
               1 + CASE WHEN a.place <= %(reranked)s THEN
                   %(prior)s * e.prior + CASE WHEN %(many)s
                       THEN %(nearness)s * ts_rank_cd('{1, 1, 1, 1}', e."order", %(near)s::tsquery, 32) ELSE 0 END
               ELSE 0 END) AS score
      FROM answer a LEFT JOIN search_entry e ON a.place <= %(reranked)s AND e.id = a.entry
)
SELECT coalesce(array_agg(entry ORDER BY score DESC, place), '{}'),
       coalesce(array_agg(score ORDER BY score DESC, place) FILTER (WHERE place <= %(reranked)s), '{}')
  FROM polished
"""


@dataclass
class Ranked:
    """Numbers of entries, the best first, and the scores of the first hundred."""

    entries: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


def rank(expanded: Expanded, kinds: list[int], size: tuple[int, float], *, phrases: bool = True) -> Ranked:
    """Every entry of `kinds` that answers; with `phrases` off it need not hold what stood in quotes."""
    rows = [
        (number, group, sought.weight)
        for group, words in enumerate(expanded.groups)
        for number, sought in words.items()
    ]
    if not rows:
        return Ranked()
    words, groups, weights = (list(column) for column in zip(*rows, strict=True))
    entries, average = size
    values = {
        "words": words, "groups": groups, "weights": weights, "kinds": kinds, "entries": entries,
        "norm": average ** LENGTH_POWER, "mask": (1 << KIND_BITS) - 1, "exact": EXACT, "k1": SATURATION, "rest": REST,
        "coverage": COVERAGE, "many": len(set(groups)) > 1, "cut": CUT, "cut_of_few": CUT_OF_FEW, "few": FEW,
        "nearness": NEARNESS, "prior": PRIOR,
        "reranked": RERANKED, "near": _near(expanded), "without": [n for found in expanded.without for n in found],
        "must": _must(expanded, phrases=phrases),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RANK, values)
        found, scores = cursor.fetchone()
    return Ranked(found, scores)


def _near(expanded: Expanded) -> str:
    """All groups, each by its best words, as a tsquery: how close together they stand is ranked with it."""
    groups = (
        " | ".join(f"'{sought.variant.text}'" for sought in list(group.values())[:6])
        for group in expanded.groups
        if group
    )
    return " & ".join(f"({group})" for group in groups)


def _must(expanded: Expanded, *, phrases: bool) -> str | None:
    """Phrases that an entry has to hold, and those that it may not hold, as a tsquery."""
    question = expanded.question
    wanted = [_phrase(words) for words in question.phrases] if phrases else []
    unwanted = [f"!{_phrase(words)}" for words in question.without if len(words) > 1]
    return " & ".join([*wanted, *unwanted]) or None


def _phrase(words: list[str]) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"
