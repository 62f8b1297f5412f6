"""tantivy beside our search: the 20 best with their words marked, and the exact number. It counts no filters.

Only for who has it: `pip install tantivy` in an environment of its own, it is no dependency of the portal.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

Text = tuple[int, str, str]  # number, title, everything else
TITLE = 2.5  # as much more as in our own index


def installed() -> ModuleType | None:
    """The package, when it can be imported."""
    with suppress(ImportError):
        return import_module("tantivy")
    return None


class Tantivy:
    """An index of practices on disk, Dutch stems, title before text."""

    def __init__(self, engine: ModuleType, folder: Path, texts: Iterable[Text]) -> None:
        self.engine, self.folder = engine, folder
        dutch = engine.TextAnalyzerBuilder(engine.Tokenizer.simple())
        dutch = dutch.filter(engine.Filter.lowercase()).filter(engine.Filter.stemmer("dutch")).build()
        builder = engine.SchemaBuilder().add_integer_field("id", stored=True)
        for name in ("title", "text"):
            builder.add_text_field(name, stored=True, tokenizer_name="dutch")
        self.schema = builder.build()
        self.index = engine.Index(self.schema, path=str(folder))
        self.index.register_tokenizer("dutch", dutch)
        began = time.perf_counter()
        writer = self.index.writer()
        for number, title, text in texts:
            writer.add_document(engine.Document(id=number, title=title, text=text))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.seconds = time.perf_counter() - began

    @property
    def megabytes(self) -> float:
        """On disk, with the texts that passages are cut from."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / 1e6

    def answer(self, words: str, shown: int) -> tuple[int, list[tuple[Any, str]]]:
        """How many have any of the words, and the best with a passage each."""
        query = self.index.parse_query(words, ["title", "text"], field_boosts={"title": TITLE})
        found = self.searcher.search(query, shown, count=True)
        cut = self.engine.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        documents = [self.searcher.doc(address) for _score, address in found.hits]
        return found.count, [(each["id"][0], cut.snippet_from_doc(each).to_html()) for each in documents]
