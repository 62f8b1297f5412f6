"""Markdown of people for a typeset document: plain blocks of words, never code."""

from typing import Any

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def blocks(text: str) -> list[dict[str, str]]:
    """Paragraphs, headings and items of `text` in reading order, each as `{"kind": …, "text": …}`.

    `kind` is "paragraph", "heading" or "item"; marks for emphasis go, of a link its words stay.
    """
    made, kind, deep = [], "paragraph", 0
    for token in _markdown.parse(text):
        if token.type == "list_item_open":
            deep += 1
        elif token.type == "list_item_close":
            deep -= 1
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type in ("heading_close", "paragraph_open"):
            kind = "paragraph"
        elif token.type == "inline" and (words := _words(token.children or ())):
            made.append({"kind": "item" if deep else kind, "text": words})
        elif token.type in ("fence", "code_block"):
            made.append({"kind": "paragraph", "text": token.content.strip()})
    return made


def _words(tokens: Any) -> str:
    parts = (" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens)
    return "".join(parts).strip()
