"""The portal under measurement: its import, its search, and PostgreSQL without it. Imported once Django is set up."""

import json
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils.text import slugify
from synonym_file import synonyms_in
from texts import practices

from alliance.models import Organisation
from alliance.register import load_register
from knowledgebase.importing import Owners
from knowledgebase.models import Practice
from smartsociety.core.search.models import Synonym

ADDRESS = "https://www.example.org/"


def migrate() -> None:
    """An empty database becomes that of the portal."""
    call_command("migrate", verbosity=0)


def load(documents: list[dict], extra: int, folder: Path) -> None:
    """Import the documents, and the generated ones, as anybody would."""
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
    for left, right in synonyms_in(file.read_text(encoding="utf-8")) if file else ():
        Synonym.objects.create(left=", ".join(left), right=", ".join(right))


def portal(text: str) -> list:
    """What our search finds."""
    return numbers(Practice.objects.published().search(text).values_list("origin_url", flat=True)[:100])


def numbers(addresses) -> list:
    """Document ids of addresses."""
    return [
        address.rpartition("/")[2] if "/document/" in address else f"extra {address}" for address in addresses
    ]


PLAIN = """
SELECT origin_url FROM knowledgebase_practice,
       LATERAL (SELECT setweight(to_tsvector('dutch', title), 'A') || to_tsvector('dutch', body) AS words) AS text,
       LATERAL (SELECT {question} AS asked) AS question
 WHERE status = 'published' AND words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT 100
"""


def plain(text: str, *, strict: bool) -> list[str]:
    """What PostgreSQL finds by itself."""
    every = "websearch_to_tsquery('dutch', %s)"
    anyone = "replace(plainto_tsquery('dutch', %s)::text, '&', '|')::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(PLAIN.format(question=every if strict else anyone), [text])
        return [row[0] for row in cursor.fetchall()]


METHODS = {
    "portal": portal,
    "PostgreSQL AND": lambda text: numbers(plain(text, strict=True)),
    "PostgreSQL AND, then OR": lambda text: numbers(plain(text, strict=True) or plain(text, strict=False)),
}
