"""Bringing the index up to date: one row or a thousand, by the same statements."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction

from smartsociety.core.search.analysis import LONGEST, composed, words
from smartsociety.core.search.kinds import TITLE, Document, entry_id, kind_of
from smartsociety.core.search.postings import NUMBER, WEIGHT
from smartsociety.core.search.special import stop_words
from smartsociety.core.search.stems import stems_of

# How many changes one question indexes before it is answered; the rest is for the queue.
AT_ONCE = 50
# Positions of a tsvector end at 16,383; so much of a text counts for phrases and nearness.
LONGEST_ORDER = 12_000
# Signs of Markdown that a reader does not want to see in a passage.
_MARKDOWN = re.compile(r"[*`]+|^[ \t]*(?:#+|>+|[-+])[ \t]+|(?<!\w)_|_(?!\w)|!?\[|\]\([^)\s]*\)", re.MULTILINE)
# Long texts have more words by nature: a word counts less there.
LENGTH_POWER = 0.5
_NEW_WORDS = 1_917_017  # any number that no other advisory lock has


@dataclass(frozen=True)
class Analysed:
    """A document as the tables hold it."""

    id: int
    document: Document
    weights: dict[str, float]
    length: int
    order: str

    @property
    def passages(self) -> str:
        """What is shown with its hits marked."""
        texts = (part.text for part in self.document.parts if part.is_passage and part.text)
        return "\n".join(_MARKDOWN.sub("", composed(text)) for text in texts)

    @property
    def labels(self) -> str:
        """Themes, tags and names, one a line."""
        return "\n".join(
            composed(part.text) for part in self.document.parts if not part.is_passage and part.text
        )

    @property
    def digest(self) -> str:
        """Tells whether the document has changed since."""
        known = repr((self.document, sorted(self.weights.items())))
        return hashlib.blake2b(known.encode(errors="replace"), digest_size=16).hexdigest()


def analyse(kind: int, document: Document) -> Analysed:
    """Count the words of `document`, each as heavy as the part where it stands."""
    stop = stop_words(document.language)
    weights: defaultdict[str, float] = defaultdict(float)
    length, order = 0, []
    for text, weight in [(document.title, TITLE), *((part.text, part.weight) for part in document.parts)]:
        found = words(text)
        order += [*found, "|"]
        for word, count in Counter(found).items():
            if word not in stop:
                weights[word] += weight * count
                length += count
    norm = max(length, 1) ** LENGTH_POWER
    return Analysed(
        id=entry_id(kind, document.object_id),
        document=document,
        weights={word: weight / norm for word, weight in weights.items()},
        length=length,
        order=" ".join(order[:LONGEST_ORDER]),
    )


def index_rows(kind: int, ids: Iterable[int]) -> int:
    """Index these rows anew, and take out those that may no longer be found. Returns how many are in."""
    wanted = sorted(set(ids))
    documents = [analyse(kind, document) for document in kind_of(kind).documents(wanted)]
    with transaction.atomic(), connection.cursor() as cursor:
        _remove(cursor, [entry_id(kind, number) for number in wanted])
        if documents:
            _add(cursor, documents)
    return len(documents)


def _remove(cursor, entries: Sequence[int]) -> None:
    # In order, so that two who index the same rows wait for each other instead of deadlocking.
    cursor.execute("SELECT id FROM search_entry WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(entries)])
    cursor.execute(
        "INSERT INTO search_outdated (entry_id, words) SELECT id, words FROM search_entry "
        "WHERE id = ANY(%s) AND is_packed ON CONFLICT DO NOTHING",
        [list(entries)],
    )
    cursor.execute("DELETE FROM search_entry WHERE id = ANY(%s)", [list(entries)])


def _add(cursor, documents: list[Analysed]) -> None:
    numbers = _numbers_of_words(cursor, documents)
    cursor.execute(
        """
        INSERT INTO search_entry
               (id, language, title, passages, labels, "order", length, prior, digest, words, weights, is_packed)
        SELECT id, language, title, passages, labels, to_tsvector('simple', text), length, prior, digest,
               words, weights, false
          FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::float[],
                      %s::text[], %s::bytea[], %s::bytea[])
            AS new(id, language, title, passages, labels, text, length, prior, digest, words, weights)
            ON CONFLICT (id) DO NOTHING
        """,
        _columns(
            (d.id, d.document.language, composed(d.document.title), d.passages, d.labels, d.order, d.length,
             d.document.prior, d.digest, *_as_bytes({numbers[d.document.language, w]: d.weights[w] for w in d.weights}))
            for d in documents
        ),
    )  # fmt: skip


def _as_bytes(weights: dict[int, float]) -> tuple[bytes, bytes]:
    """Numbers of words, in order, and what each weighs."""
    numbers = sorted(weights)
    return (
        np.array(numbers, NUMBER).tobytes(),
        np.array([weights[number] for number in numbers], WEIGHT).tobytes(),
    )


def _columns(rows: Iterable[tuple]) -> list[list]:
    return [list(column) for column in zip(*rows, strict=True)]


def _numbers_of_words(cursor, documents: list[Analysed]) -> dict[tuple[str, str], int]:
    """The number of every word, by language; new words are added with their stem."""
    wanted = sorted({(d.document.language, word) for d in documents for word in d.weights})
    if not wanted:
        return {}
    columns = _columns(wanted)
    known = _known_words(cursor, columns)
    new = [pair for pair in wanted if pair not in known]
    if not new:
        return known
    # One at a time, so that words become visible in the order of their numbers: `state` relies on it.
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NEW_WORDS])
    cursor.execute(
        """
        INSERT INTO search_word (language, text, stem, entries)
        SELECT language, text, stem, 0 FROM unnest(%s::text[], %s::text[], %s::text[]) AS new(language, text, stem)
            ON CONFLICT DO NOTHING
        """,
        _columns(_stemmed(new)),
    )
    return _known_words(cursor, columns)


def _stemmed(pairs: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    found = []
    for language in sorted({language for language, _word in pairs}):
        words_of_it = [word for given, word in pairs if given == language]
        stems = stems_of(words_of_it, language)
        found += [(language, word, stem[:LONGEST]) for word, stem in zip(words_of_it, stems, strict=True)]
    return sorted(found)


def _known_words(cursor, columns: list[list[str]]) -> dict[tuple[str, str], int]:
    cursor.execute(
        "SELECT language, text, id FROM search_word JOIN unnest(%s::text[], %s::text[]) AS wanted(l, t) "
        "ON language = l AND text = t",
        columns,
    )
    return {(language, text): number for language, text, number in cursor.fetchall()}


def index_pending(limit: int = AT_ONCE) -> int:
    """Index rows that changed. Returns how many changes were dealt with; fewer than `limit` means all.

    Changes that others are writing are not visible yet and cost nothing; who indexes at the same time waits, so that
    each question sees every change committed before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM search_pending LIMIT 1")
        if cursor.fetchone() is None:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, object_id FROM search_pending ORDER BY id LIMIT %s FOR UPDATE", [limit]
        )
        rows = cursor.fetchall()
        by_kind = defaultdict(set)
        for _id, kind, object_id in rows:
            by_kind[kind].add(object_id)
        for kind, ids in sorted(by_kind.items()):
            index_rows(kind, ids)
        cursor.execute("DELETE FROM search_pending WHERE id = ANY(%s)", [[row[0] for row in rows]])
    return len(rows)
