"""What a search has to know before it starts, read afresh in one question; what follows from it stays in memory."""

import time
from dataclasses import dataclass

from django.db import connection

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

    @property
    def vocabulary(self) -> tuple[int, int]:
        """What variants of words depend on."""
        return self.newest_word, self.packed_words


def current_state() -> State:
    """One question to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce((SELECT max(id) FROM search_word), 0),
                   coalesce((SELECT max(last) FROM search_packedwords), 0),
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_synonym) || ' ' ||
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_specialword),
                   (SELECT count(*) || ' ' || coalesce(max(changed_at)::text, '') FROM search_pinnedsearch),
                   EXISTS (SELECT FROM search_pending)
            """
        )
        return State(*cursor.fetchone())


_size: dict[str, tuple[float, tuple[int, float]]] = {}


def index_size() -> tuple[int, float]:
    """How many entries there are, and how many words one has on average."""
    name = connection.settings_dict["NAME"]
    counted_at, size = _size.get(name, (0.0, (0, 1.0)))
    if size[0] > LARGE and time.monotonic() - counted_at < COUNT_SECONDS:
        return size
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(avg(length), 1) FROM search_entry")
        entries, average = cursor.fetchone()
    _size[name] = (time.monotonic(), (entries, max(float(average), 1.0)))
    return _size[name][1]
