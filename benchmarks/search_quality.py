"""How well search finds: nDCG@10, recall@10, MRR and the share of questions without result, beside plain PostgreSQL.

    python benchmarks/search_quality.py --docs FILE --queries FILE [--synonyms FILE] [--rankings OUT]

Documents are `{"id", "title", "text"}`, optionally with `owner`, `tags` and `language`; queries are
`{"id", "q", "rel": {document: grade}}`, optionally with `kind`. They go through the real import into a throw-away
database, and the real search answers. `--extra N` puts N generated practices around them. A file of synonyms has a line
for each group: `fiets, rijwiel`, or one way `ov => openbaar vervoer`; JSON (a list of lists) and tabs or semicolons will do.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from measures import mean, measures
from stage import set_environment, throw_away_database
from synonym_file import synonyms_in
from texts import practices


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
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
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        load(documents, asked.extra, Path(folder))
        keep_synonyms(asked.synonyms)
        rankings = {name: ask(queries, method) for name, method in methods().items()}
    if asked.rankings:
        ours = {str(number): found for number, found in rankings["portal"].items()}
        asked.rankings.write_text(json.dumps(ours, ensure_ascii=False), encoding="utf-8")
    report(queries, rankings)


ADDRESS = "https://www.example.org/"


def load(documents: list[dict], extra: int, folder: Path) -> None:
    """Import the documents, and the generated ones, as anybody would."""
    from alliance.models import Organisation
    from alliance.register import load_register
    from django.core.management import call_command
    from django.utils.text import slugify
    from knowledgebase.importing import Owners

    load_register()
    known = Owners()
    for number, name in enumerate(sorted({d["owner"] for d in documents if d.get("owner")})):
        if known.named(name) is None:
            slug = f"{slugify(name)[:60] or 'x'}-{number}"
            Organisation.objects.create(kind="partnership", name=name[:120], slug=slug, is_example=True)
    file = folder / "practices.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(line_of(document)) + "\n")
        for number, practice in enumerate(practices(extra)):
            lines.write(json.dumps({**practice, "source": f"{ADDRESS}extra/{number}"}) + "\n")
    call_command("import_practices", str(file))


def line_of(document: dict) -> dict:
    """A document as a line of the import; its number is in the address."""
    line = {
        "title": document["title"],
        "summary": document.get("summary", ""),
        "body": document.get("text", ""),
        "source": f"{ADDRESS}document/{document['id']}",
    }
    if not line["body"] and not line["summary"]:
        line["body"] = document["title"]
    for key in ("owner", "tags", "language", "published_on"):
        if document.get(key):
            line[key] = document[key]
    return line


def keep_synonyms(file: Path | None) -> None:
    """As an editor would have typed them."""
    from smartsociety.core.search.models import Synonym

    for left, right in synonyms_in(file.read_text(encoding="utf-8")) if file else ():
        Synonym.objects.create(left=", ".join(left), right=", ".join(right))


def methods() -> dict:
    """Ways to answer a question with document ids."""
    from knowledgebase.models import Practice

    def portal(text: str) -> list:
        return numbers(Practice.objects.published().search(text).values_list("origin_url", flat=True)[:100])

    return {
        "portal": portal,
        "PostgreSQL AND": lambda text: numbers(plain(text, strict=True)),
        "PostgreSQL AND, then OR": lambda text: numbers(plain(text, strict=True) or plain(text, strict=False)),
    }


def numbers(addresses) -> list:
    """Document ids of addresses."""
    return [address.rpartition("/")[2] if "/document/" in address else f"extra {address}" for address in addresses]


PLAIN = """
SELECT origin_url FROM knowledgebase_practice,
       LATERAL (SELECT setweight(to_tsvector('dutch', title), 'A') || to_tsvector('dutch', body) AS words) AS text,
       LATERAL (SELECT {question} AS asked) AS question
 WHERE status = 'published' AND words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT 100
"""


def plain(text: str, *, strict: bool) -> list[str]:
    """What PostgreSQL finds by itself."""
    from django.db import connection

    every = "websearch_to_tsquery('dutch', %s)"
    anyone = "replace(plainto_tsquery('dutch', %s)::text, '&', '|')::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(PLAIN.format(question=every if strict else anyone), [text])
        return [row[0] for row in cursor.fetchall()]


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
