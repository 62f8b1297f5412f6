"""What is timed: the list, search and suggestions over generated practices. Imported once Django is set up."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from search_tantivy import Tantivy, installed
from texts import practices, words

from alliance.models import Organisation, Theme
from alliance.register import load_register
from alliance.sample import load_themes
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice, PracticeOrganisation
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.content import version
from smartsociety.core.search import packing, upkeep
from smartsociety.core.search.completion import complete
from smartsociety.core.search.finding import find
from smartsociety.core.search.indexing import index_pending
from smartsociety.core.search.passages import passages

SHOWN = 20
# Places in the list of words by how common they are: broad, middle and narrow questions.
BREADTH = {"broad": (5, 60), "middle": (60, 1_000), "narrow": (1_000, 4_000)}
VOCABULARY = 200_000


def migrate() -> None:
    """An empty database becomes that of the portal."""
    call_command("migrate", verbosity=0)
    load_themes()
    load_register()


def load(first: int, last: int) -> float:
    """Rows up to `last`, indexed; how long indexing took."""
    rows = []
    for number, text in enumerate(practices(last, vocabulary=VOCABULARY)):
        if number >= first:
            rows.append(_row(number, text))
        if len(rows) == 2_000 or (rows and number == last - 1):
            _link(Practice.objects.bulk_create(rows))
            rows = []
    began = time.perf_counter()
    while index_pending(1_000):
        pass
    packing.pack()
    upkeep.vacuum()
    return time.perf_counter() - began


def _link(rows: list[Practice]) -> None:
    """Each to an owner and a theme."""
    owners, themes = list(Organisation.objects.order_by("pk")), list(Theme.objects.all())
    PracticeOrganisation.objects.bulk_create(
        PracticeOrganisation(practice=row, organisation=owners[row.pk % len(owners)], role="owner")
        for row in rows
    )
    through = Practice.themes.through
    through.objects.bulk_create(through(practice=row, theme=themes[row.pk % len(themes)]) for row in rows)


def _row(number: int, text: dict) -> Practice:
    phases = ("idea", "pilot", "in_use", "scaled")
    return Practice(
        slug=f"p{number}", is_external=True, origin_url=f"https://www.example.org/{number}", status="published",
        published_at=timezone.now(), phase=phases[number % 4], cost_once=("none", "lt_5k", "unknown")[number % 3],
        **text,
    )  # fmt: skip


def index_mb() -> float:
    """Of all tables of the index and their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relname ~ '^search_' AND relkind = 'r'"
        )
        return float(cursor.fetchone()[0]) / 1e6


def questions(breadth: str, rounds: int) -> list[str]:
    """One to three words, each as common as `breadth` says."""
    known, rnd = words(VOCABULARY), random.Random(breadth)
    low, high = BREADTH[breadth]
    return [" ".join(rnd.sample(known[low:high], 1 + number % 3)) for number in range(rounds)]


def measure(size: int, rounds: int, folder: Path) -> Iterator[tuple[str, list[float]]]:
    """Name and times of each thing, in seconds."""
    answer("q=opwarmen")
    beside = tantivy(folder / f"tantivy-{size}")
    for breadth in BREADTH:
        asked = questions(breadth, rounds)
        yield f"{breadth}", [timed(lambda q=q: answer(f"q={q}")) for q in asked]
        yield (
            f"{breadth}, filtered by phase and costs",
            [timed(lambda q=q: answer(f"q={q}&phase=pilot&cost=none")) for q in asked],
        )
        if size <= 10_000:
            yield f"  naive PostgreSQL, {breadth}", [timed(lambda q=q: naive(q)) for q in asked]
        if beside:
            yield f"  tantivy, {breadth}", [timed(lambda q=q: beside.answer(q, SHOWN)) for q in asked]
    starts = [word[:length] for word in words(VOCABULARY)[:2_000:50] for length in (2, 3, 5)]
    yield "suggestions", [timed(lambda s=s: complete(s, PRACTICE_KIND)) for s in starts]
    yield "saving one practice", [timed(lambda n=n: touch(n)) for n in range(rounds)]
    with without_trigger():
        yield "  the same, unknown to search", [timed(lambda n=n: touch(n)) for n in range(rounds)]
    yield (
        "search right after a write",
        [timed(lambda q=q: find(q), touch) for q in questions("middle", rounds)],
    )


def timed(work: Callable, before: Callable | None = None) -> float:
    """Seconds that `work` takes."""
    if before:
        before()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Request:
    """As much of a request as a filter asks for."""

    def __init__(self) -> None:
        self.content_version = version()


def answer(query: str) -> int:
    """A whole answer, as the list page makes it."""
    chosen = PracticeFilter(QueryDict(query), queryset=Practice.objects.published(), request=Request())
    shown = chosen.found[:SHOWN]
    passages(chosen.answer, PRACTICE_KIND, shown)
    list(Practice.objects.published().with_card_data().filter(pk__in=shown))
    list(chosen.groups)
    return len(chosen.found)


def touch(number: int = 1) -> None:
    """Somebody saves a practice."""
    practice = Practice.objects.order_by("pk")[number]
    practice.approach = f"{practice.approach[:100]} opnieuw{time.perf_counter_ns()}"
    practice.save()


@contextmanager
def without_trigger() -> Iterator[None]:
    """What saving costs when nothing is noted for the index."""
    command = "ALTER TABLE knowledgebase_practice {} TRIGGER search_notes_1_knowledgebase_practice"
    with connection.cursor() as cursor:
        cursor.execute(command.format("DISABLE"))
        yield
        cursor.execute(command.format("ENABLE"))


NAIVE = """
WITH found AS MATERIALIZED (
    SELECT id, phase, cost_once, ts_rank_cd(words, asked) AS rank
      FROM knowledgebase_practice, to_tsvector('dutch', title || ' ' || summary || ' ' || body) AS words,
           websearch_to_tsquery('dutch', %s) AS asked
     WHERE status = 'published' AND words @@ asked
)
SELECT (SELECT count(*) FROM found), (SELECT array_agg(phase) FROM (SELECT DISTINCT phase FROM found) AS p),
       (SELECT array_agg(id) FROM (SELECT id FROM found ORDER BY rank DESC LIMIT 20) AS best)
"""


def naive(text: str) -> None:
    """What one would write in an afternoon."""
    with connection.cursor() as cursor:
        cursor.execute(NAIVE, [text])
        cursor.fetchone()


def tantivy(folder: Path) -> Tantivy | None:
    """An index of the same practices in tantivy; nothing when it is not installed."""
    engine = installed()
    if engine is None:
        return None
    folder.mkdir()
    rows = Practice.objects.values_list("pk", "title", "summary", "body").iterator()
    beside = Tantivy(engine, folder, ((pk, title, f"{summary} {body}") for pk, title, summary, body in rows))
    print(f"{engine.__version__}: index in {beside.seconds:.0f} s, {beside.megabytes:.0f} MB")
    return beside
