"""How fast search answers at 1,000, 10,000 and 100,000 generated practices, beside naive PostgreSQL and tantivy.

    python benchmarks/search_speed.py [--sizes 1000 10000] [--rounds 40]

Times are of a whole answer: found and ranked, counted exactly, all filter counts, and 20 results with their words
marked. tantivy is measured when it can be imported; it finds, counts and marks 20 results, and counts no filters.
"""

import argparse
import logging
import sys
import tempfile
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from measures import percentile
from stage import set_environment, throw_away_database


def main() -> None:
    """A database per size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=40, help="questions of each kind")
    asked = parser.parse_args()
    with throw_away_database() as url, tempfile.TemporaryDirectory() as folder:
        set_environment(url, Path(folder))
        django.setup()
        logging.disable(logging.WARNING)
        subject = import_module("search_subject")
        subject.migrate()
        loaded = 0
        for size in sorted(asked.sizes):
            seconds = subject.load(loaded, size)
            loaded = size
            print(
                f"\n{size:,} practices; the last {seconds:.0f} s went to loading; index {subject.index_mb():.0f} MB"
            )
            for name, times in subject.measure(size, asked.rounds, Path(folder)):
                row(name, times)


def row(name: str, seconds: list[float]) -> None:
    """One line of the table, in milliseconds."""
    if seconds:
        middle, slow = (percentile(seconds, share) * 1000 for share in (0.5, 0.99))
        print(f"{name:<44} p50 {middle:8.1f}   p99 {slow:8.1f} ms", flush=True)


if __name__ == "__main__":
    main()
