"""How fast the public pages are, beside a bare Django view in the same run: `make bench`. See README.md."""

import argparse
import gzip
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib import import_module
from itertools import cycle
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import beside
import brotli
import django
import stage
from load import question_for, requests_per_second, seconds_for_one

WARM_SECONDS = 0.3
VISIT_GOALS_KB = (120, 80)
CHANGES = 4  # per round
PEER = "Wagtail's list"
AFTER = ("after a change", "queries")
LIST = "/kennisbank/"
NARROWED = f"{LIST}?phase=pilot&province=utrecht&sort=adopted"


@dataclass
class Page:
    """One row of the table."""

    name: str
    port: int
    path: str
    goal: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)  # addresses of the same kind, asked one after another
    rates: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    changed_ms: list[float] = field(default_factory=list)  # one answer, right after something changed
    queries: list[dict[str, str]] = field(default_factory=list)
    changed_queries: list[dict[str, str]] = field(default_factory=list)

    def questions(self) -> list[bytes]:
        """What is asked, as it goes over the line."""
        return [question_for(path, stage.HEADERS | self.headers) for path in self.others or [self.path]]


class Parts(HTMLParser):
    """What a browser fetches for a page that it never saw before."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paths: dict[str, None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        address = facts.get("href") or facts.get("src") or ""
        fetched = tag in ("use", "script", "img") or facts.get("rel") in ("stylesheet", "preload", "icon")
        if fetched and address.startswith("/"):
            self.paths.setdefault(address.partition("#")[0])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures the public pages against a bare Django view.")
    parser.add_argument(
        "--practices", type=int, default=1000, help="how many practices the knowledge base has (1000)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often every page gets its turn (5)")
    parser.add_argument("--seconds", type=float, default=2, help="how long a turn lasts (2)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes of each server (2)")
    parser.add_argument("--sql", action="store_true", help="also show the queries of each page")
    return parser.parse_args()


def measure(pages: list[Page], change_something: Callable[[], None], *, rounds: int, seconds: float) -> float:
    """Give every page its turn in every round, so that what else the machine does hits all of them alike.

    Nothing changes meanwhile; what the first reader after a change waits for is measured afterwards.

    Returns which part of a core the load generator itself needs for the bare view.
    """
    questions = {page.name: cycle(page.questions()) for page in pages}
    for page in pages:
        requests_per_second(page.port, questions[page.name], seconds=WARM_SECONDS)
    bare, own_time = pages[0], 0.0
    for _round in range(rounds):
        for page in pages:
            before = time.process_time()
            page.rates.append(requests_per_second(page.port, questions[page.name], seconds=seconds))
            page.ratios.append(page.rates[-1] / bare.rates[-1])
            own_time += time.process_time() - before if page is bare else 0
    for page in (page for page in pages if page.queries):
        for _time in range(CHANGES * rounds):
            change_something()
            page.changed_ms.append(1000 * seconds_for_one(page.port, next(questions[page.name])))
    return own_time / (rounds * seconds)


def first_visit(page: Page) -> list[tuple[str, int]]:
    """What the page and each of its parts weigh, as they are sent to a browser that takes gzip and brotli."""
    sent, encoding = stage.get(page.port, page.path)
    html = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(sent)
    parts = [("HTML", encoding, len(sent))]
    for path in Parts(html.decode()).paths:
        body, encoding = stage.get(page.port, path)
        parts.append((Path(path).name, encoding, len(body)))
    return [(f"{name}, {encoding or 'as it is'}", weight) for name, encoding, weight in parts]


def show(pages: list[Page]) -> None:
    row = "{:<18}{:>10}  {:<14}{:>8}  {:<13}{:>8}{:>9}{:>15}{:>9}"
    print(
        row.format("", "requests/s", "lowest–highest", "of bare", "lowest–highest", "goal", "queries", *AFTER)
    )
    for page in pages:
        changed = f"{median(page.changed_ms):.0f} ms" if page.changed_ms else ""
        print(
            row.format(
                page.name,
                f"{median(page.rates):,.0f}",
                f"{min(page.rates):,.0f}–{max(page.rates):,.0f}",
                f"{median(page.ratios):.1%}",
                f"{min(page.ratios):.1%}–{max(page.ratios):.1%}",
                page.goal,
                len(page.queries) or "",
                changed,
                len(page.changed_queries) or "",
            )
        )


def show_peer(pages: dict[str, Page]) -> None:
    if PEER not in pages:
        print(f"\n{beside.HOW}")
        return
    for name in ("knowledge base", "… another choice"):
        ratio = median(
            ours / theirs for ours, theirs in zip(pages[name].rates, pages[PEER].rates, strict=True)
        )
        print(f"\n{name}: {ratio:.0f} times as many requests/s as Wagtail's list")


def show_weight(page: Page) -> None:
    parts = first_visit(page)
    reach, beyond = VISIT_GOALS_KB
    total = sum(size for _name, size in parts) / 1000
    print(f"\nFirst visit to {page.name}: {total:.1f} KB; goal {reach}, beyond {beyond}")
    for name, size in parts:
        print(f"{size:>9,}  {name}")


def show_queries(page: Page) -> None:
    print(f"\n{page.name}, after a change: {page.path}")
    for query in page.changed_queries:
        print(f"{float(query['time']) * 1000:6.0f} ms  {query['sql'][:400]}")


def run(options: argparse.Namespace, stack: ExitStack) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
    stage.set_environment(stack.enter_context(stage.throw_away_database()), folder)
    with stage.static_files():
        django.setup()
        portal = import_module("portal")  # only now: its models need the settings
        stack.callback(portal.close)
        portal.fill(practices=options.practices)
    of_size = {"folder": folder, "workers": options.workers}
    bare = stack.enter_context(stage.server("bare:application", ready_path="/", **of_size))
    portal_server = ("smartsociety.wsgi:application",)
    ours = stack.enter_context(stage.server(*portal_server, ready_path="/-/live", **of_size))
    kept = stack.enter_context(
        stage.server(*portal_server, ready_path="/-/live", page_cache_mb=32, **of_size)
    )
    known = {"If-None-Match": stage.etag(kept, LIST)}
    pages = [
        Page("bare view", bare, "/"),
        Page("home", ours, "/", "5–12 %"),
        Page("signatories", ours, "/ondertekenaars/", "5–12 %"),
        Page("fieldlabs", ours, "/fieldlabs/", "5–12 %"),
        Page("knowledge base", ours, LIST, "5–12 %"),
        Page("… another choice", ours, NARROWED, others=portal.every_choice(LIST)),
        Page("one practice", ours, portal.busiest_practice(), "5–10 %"),
        Page("… another one", ours, portal.busiest_practice(), others=portal.every_practice()),
        Page("list, kept", kept, LIST, "25–40 %"),
        Page("list, 304", kept, LIST, "25–35 %", known),
    ]
    if beside.is_there():
        peer = stack.enter_context(beside.wagtail(portal.as_plain_data(), **of_size))
        pages.append(Page(PEER, peer, LIST))
    for page in (page for page in pages if page.port == ours):
        page.queries = portal.queries_of(page.path)
        page.changed_queries = portal.queries_of(page.path, after_a_change=True)
    print(
        f"{options.practices:,} practices, {options.rounds} rounds of {options.seconds:g} s, "
        f"{options.workers} worker(s), {os.cpu_count()} cores,\n"
        f"Python {sys.version.split()[0]}, PostgreSQL {portal.postgresql_version()}\n",
        flush=True,
    )
    share = measure(pages, portal.change_something, rounds=options.rounds, seconds=options.seconds)
    show(pages)
    show_peer({page.name: page for page in pages})
    print(f"\nFor the bare view the load generator itself needed {share:.0%} of a core.")
    for page in (pages[1], pages[4]):
        show_weight(page)
    if options.sql:
        for page in pages[1:]:
            show_queries(page)


def main() -> None:
    options = arguments()
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_arguments: sys.exit("Stopped."))
    with ExitStack() as stack:
        run(options, stack)
    print(f"\nDone in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
