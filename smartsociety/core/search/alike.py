"""More like this: what shares the telling words of an entry, names of themes and tags among them."""

from django.db import connection

from smartsociety.core.search.indexing import index_pending
from smartsociety.core.search.kinds import KIND_BITS, entry_id, row_of
from smartsociety.core.search.state import current_state, index_size

TELLING = 25  # words of the entry that say most
COMMON = 300  # a word in so many entries says nothing, however many there are
COMMON_SHARE = 3  # nor does one in a third of them
LEAST_SHARED = 2

# By stem, so that forms of a word are one. A word is counted no further than where it stops telling anything.
_ALIKE = """
WITH own AS MATERIALIZED (
    SELECT w.stem, sum(p.weight) AS weight
      FROM search_posting p JOIN search_word w ON w.id = p.word_id
     WHERE p.entry_id = %(entry)s AND length(w.text) > 2
     GROUP BY w.stem
), counted AS MATERIALIZED (
    SELECT stem, weight, (SELECT count(*) FROM (
               SELECT FROM search_word v JOIN search_posting q ON q.word_id = v.id
                WHERE v.stem = own.stem LIMIT %(common)s + 1) AS few) AS entries
      FROM own
), telling AS MATERIALIZED (
    SELECT stem, weight, ln(1 + %(all)s::float / entries) AS rarity
      FROM counted WHERE entries BETWEEN 2 AND %(common)s
     ORDER BY weight * ln(1 + %(all)s::float / entries) DESC, stem LIMIT %(telling)s
)
SELECT q.entry_id
  FROM telling t JOIN search_word v ON v.stem = t.stem JOIN search_posting q ON q.word_id = v.id
 WHERE q.entry_id <> %(entry)s AND q.entry_id & %(mask)s = %(kind)s
 GROUP BY q.entry_id HAVING count(DISTINCT t.stem) >= %(least)s
 ORDER BY sum(t.weight * q.weight * t.rarity * t.rarity) DESC, q.entry_id LIMIT %(most)s
"""


def alike(kind: int, object_id: int, most: int) -> list[int]:
    """Numbers of the rows of this kind that are most like this one, at most so many."""
    if current_state().is_pending:
        index_pending()
    entries, _average = index_size()
    values = {
        "entry": entry_id(kind, object_id), "kind": kind, "mask": (1 << KIND_BITS) - 1, "all": entries, "most": most,
        "common": max(LEAST_SHARED, min(COMMON, entries // COMMON_SHARE)), "telling": TELLING, "least": LEAST_SHARED,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, values)
        return [row_of(entry)[1] for (entry,) in cursor.fetchall()]
