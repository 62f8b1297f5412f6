"""What a search has to know before it starts, read afresh in one question; what follows from it stays in memory."""

import time
from dataclasses import dataclass

from django.db import connection

from smartsociety.core.search.indexing import index_pending

# A large index is counted anew after so many seconds: one row more or less changes no order.
COUNT_SECONDS = 600
LARGE = 2_000


@dataclass(frozen=True)
class State:
    """Changes with the vocabulary, with how far that is packed, with what staff say about words and put on top."""

    newest_word: int
    packed_words: int
    rules: str
    pins: str
    is_pending: bool
    size: tuple[int, float]  # how many entries there are, and how many words one has on average

    @property
    def vocabulary(self) -> tuple[int, int]:
        """What variants of words depend on."""
        return self.newest_word, self.packed_words


_counted: dict[str, tuple[float, tuple[int, float]]] = {}  # by database: when, and the size


def current_state() -> State:
    """One question to the database."""
    name = connection.settings_dict["NAME"]
    counted_at, size = _counted.get(name, (0.0, (0, 1.0)))
    is_counted = size[0] > LARGE and time.monotonic() - counted_at < COUNT_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce((SELECT max(id) FROM search_word), 0),
                   coalesce((SELECT max(last) FROM search_packedwords), 0),
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_synonym) || ' ' ||
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_specialword),
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_pinnedsearch),
                   EXISTS (SELECT FROM search_pending),
                   CASE WHEN %s THEN NULL
                        ELSE (SELECT ARRAY[count(*), coalesce(sum(length), 0)] FROM search_entry) END
            """,
            [is_counted],
        )
        *known, counted = cursor.fetchone()
    if counted:
        entries, words = counted
        size = entries, max(words / max(entries, 1), 1.0)
        _counted[name] = time.monotonic(), size
    return State(*known, size)


def state_now() -> State:
    """The state after what changed has been indexed, as far as a question has time for that."""
    state = current_state()
    return current_state() if state.is_pending and index_pending() else state
