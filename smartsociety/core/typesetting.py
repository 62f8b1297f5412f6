"""Markdown of people for a typeset document: plain blocks of words, never code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
# What reads a PDF takes no longer address.
LONGEST_URL = 2000


class Words(NamedTuple):
    """Words in a row; with an address when they are a link."""

    text: str
    url: str = ""


class Block(NamedTuple):
    """A part of a text.

    `kind` is "paragraph", "heading", "item" (of a list), "step" (of a numbered one, with its `number`) or "table": that
    has `rows` of cells, the first with the heads of its columns.
    """

    kind: str
    words: Sequence[Words] = ()
    rows: Sequence[Any] = ()
    number: int = 0


@dataclass
class _List:
    """A list that goes on; only the first words of an item make it one."""

    kind: str
    number: int
    is_begun: bool = False

    def block(self, words: Sequence[Words]) -> Block:
        """The next words in it."""
        begins, self.is_begun = not self.is_begun, True
        return Block(self.kind, words, number=self.number) if begins else Block("paragraph", words)


class _Reader:
    """Takes the tokens in order: for each kind that matters a method of its name."""

    def __init__(self) -> None:
        self.made: list[Block] = []
        self.lists: list[_List] = []
        self.kind = "paragraph"

    def read(self, token: Token) -> None:
        if take := getattr(self, token.type, None):
            take(token)

    def bullet_list_open(self, token: Token) -> None:
        self.lists.append(_List("item", 0))

    def ordered_list_open(self, token: Token) -> None:
        self.lists.append(_List("step", int(token.attrs.get("start", 1)) - 1))

    def list_item_open(self, token: Token) -> None:
        self.lists[-1].number, self.lists[-1].is_begun = self.lists[-1].number + 1, False

    def bullet_list_close(self, token: Token) -> None:
        self.lists.pop()

    def heading_open(self, token: Token) -> None:
        self.kind = "heading"

    def heading_close(self, token: Token) -> None:
        self.kind = "paragraph"

    def table_open(self, token: Token) -> None:
        self.kind = "cell"
        self.made.append(Block("table", rows=[]))

    def tr_open(self, token: Token) -> None:
        self.made[-1].rows.append([])

    def inline(self, token: Token) -> None:
        words = _words(token.children or ())
        if self.kind == "cell":
            self.made[-1].rows[-1].append(words)
        elif words:
            self.made.append(self.lists[-1].block(words) if self.lists else Block(self.kind, words))

    def fence(self, token: Token) -> None:
        self.made.append(Block("paragraph", [Words(token.content.strip())]))

    ordered_list_close, table_close, code_block = bullet_list_close, heading_close, fence


def blocks(text: str) -> list[dict[str, Any]]:
    """The blocks of `text` in reading order; marks for emphasis go, links and tables stay."""
    reader = _Reader()
    for token in _markdown.parse(text):
        reader.read(token)
    return [block._asdict() for block in reader.made]


def _words(tokens: Iterable[Token]) -> list[Words]:
    made, url = [], ""
    for token in tokens:
        if token.type == "link_open":
            url = address(str(token.attrs["href"]))
        elif token.type == "link_close":
            url = ""
        text = " " if token.type in ("softbreak", "hardbreak") else token.content
        if text and made and made[-1].url == url:
            made[-1] = Words(made[-1].text + text, url)
        elif text:
            made.append(Words(text, url))
    return made if any(words.text.strip() for words in made) else []


def address(url: str) -> str:
    """Where a link leads from paper: in full, and empty when it leads nowhere from there."""
    if url.startswith("/") and not url.startswith("//"):
        url = settings.SITE_URL + url
    known = url.startswith(("https://", "http://", "mailto:"))
    return url if known and len(url) <= LONGEST_URL else ""
