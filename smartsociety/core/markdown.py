"""Markdown of people to HTML that is safe to show."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"}
_TAGS |= {"h2", "h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"}
_CLASSES = {
    "p": "nl-paragraph",
    "a": "nl-link",
    "ul": "utrecht-unordered-list",
    "ol": "utrecht-ordered-list",
    "h2": "nl-heading nl-heading--level-2",
    "h3": "nl-heading nl-heading--level-3",
    "h4": "nl-heading nl-heading--level-4",
    "h5": "nl-heading nl-heading--level-5",
}


def render(text: str, *, top_heading: int = 2) -> SafeString:
    """HTML of `text`, its highest heading at level `top_heading` (2–4), so that a page keeps one outline.

    Raw HTML is shown as text; what is left passes an allow-list, so no script, style, image or event handler survives.
    """
    tokens = _markdown.parse(text)
    shift = top_heading - min(
        (int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1
    )
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + shift, 5)}"
        if token.nesting == 1 and token.tag in _CLASSES:
            token.attrSet("class", _CLASSES[token.tag])
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("class", _CLASSES["a"])
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(  # noqa: S308 nh3 has just cleaned it
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}, "*": {"class"}},
            url_schemes={"http", "https", "mailto"},
        )
    )


def plain(text: str) -> str:
    """The words of `text` alone, in one line: for a card that shows how it begins."""
    breaks = ("softbreak", "hardbreak")
    blocks = [
        "".join(" " if part.type in breaks else part.content for part in block.children or [block])
        for block in _markdown.parse(text)
    ]
    return " ".join(" ".join(blocks).split())
