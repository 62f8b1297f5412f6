"""How well search finds: nDCG@10, recall@10, MRR and the share of questions without result, beside plain PostgreSQL.

    python benchmarks/search_quality.py --docs FILE --queries FILE [--synonyms FILE] [--rankings OUT]

Documents are `{"id", "title", "text"}`, optionally with `owner`, `tags` and `language`; queries are
`{"id", "q", "rel": {document: grade}}`, optionally with `kind`. They go through the real import into a throw-away
database, and the real search answers. `--extra N` puts N generated practices around them. A file of synonyms has a line
for each group: `fiets, rijwiel`, or one way `ov => openbaar vervoer`;
JSON (a list of lists) and tabs or semicolons will do.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections import defaultdict
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from measures import mean, measures
from stage import set_environment, throw_away_database


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--synonyms", type=Path)
    parser.add_argument("--rankings", type=Path, help="write {query: [document, …]} to this file")
    parser.add_argument("--extra", type=int, default=0, help="generated practices around the documents")
    return parser.parse_args()


def main() -> None:
    """Load, ask, print."""
    asked = arguments()
    documents = json.loads(asked.docs.read_text(encoding="utf-8"))
    queries = json.loads(asked.queries.read_text(encoding="utf-8"))
    with throw_away_database() as url, tempfile.TemporaryDirectory() as folder:
        set_environment(url, Path(folder))
        django.setup()
        logging.disable(logging.WARNING)
        portal = import_module("search_portal")
        portal.migrate()
        portal.load(documents, asked.extra, Path(folder))
        portal.keep_synonyms(asked.synonyms)
        rankings = {name: ask(queries, method) for name, method in portal.METHODS.items()}
    if asked.rankings:
        ours = {str(number): found for number, found in rankings["portal"].items()}
        asked.rankings.write_text(json.dumps(ours, ensure_ascii=False), encoding="utf-8")
    report(queries, rankings)


def ask(queries: list[dict], method) -> dict:
    """The answers to every question."""
    return {query["id"]: method(query["q"]) for query in queries}


def report(queries: list[dict], rankings: dict[str, dict]) -> None:
    """A table over all questions, and ours per kind of question."""
    print(f"{'':<26}{'nDCG@10':>9}{'recall@10':>11}{'MRR':>8}{'nothing':>9}")
    for name, found in rankings.items():
        row(name, [measures(found[query["id"]], query["rel"]) for query in queries])
    kinds = defaultdict(list)
    for query in queries:
        kinds[query.get("kind", "")].append(measures(rankings["portal"][query["id"]], query["rel"]))
    for kind, values in sorted(kinds.items()) if len(kinds) > 1 else ():
        row(f"  {kind} ({len(values)})", values)


def row(name: str, values: list) -> None:
    """One line of the table."""
    ndcg, recall, mrr, nothing = (mean(column) for column in zip(*values, strict=True))
    print(f"{name:<26}{ndcg:>9.3f}{recall:>11.3f}{mrr:>8.3f}{nothing:>8.1%}", flush=True)


if __name__ == "__main__":
    main()
