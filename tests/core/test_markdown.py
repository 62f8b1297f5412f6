"""Markdown of people: useful, and never dangerous."""

import re

import pytest
from django.utils.safestring import SafeString

from smartsociety.core.markdown import plain, render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="#" onclick="alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "![x](https://elsewhere.example/pixel.png)",
        "<iframe src='//evil.example'></iframe>",
    ],
)
def test_nothing_dangerous_survives(text):
    tags = re.findall(r"<(\w+)([^>]*)>", render(text))

    assert {name for name, _attributes in tags} <= {"p", "a"}
    assert [
        attributes for _name, attributes in tags if re.search(r"on\w+=|style=|javascript:|data:", attributes)
    ] == []


def test_markup_has_the_classes_of_the_design_system():
    assert render("Lees [dit](https://gemeente.example/).\n\n* een") == (
        '<p class="nl-paragraph">Lees '
        '<a href="https://gemeente.example/" class="nl-link" rel="noopener noreferrer">dit</a>.</p>\n'
        '<ul class="utrecht-unordered-list">\n<li>een</li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    ("text", "top", "levels"),
    [("# a\n## b", 2, ["h2", "h3"]), ("### a\n#### b", 2, ["h2", "h3"]), ("# a\n###### b", 4, ["h4", "h5"])],
)
def test_headings_fit_the_page(text, top, levels):
    html = render(text, top_heading=top)

    assert [level for level in ("h1", "h2", "h3", "h4", "h5", "h6") if f"<{level}" in html] == levels


def test_text_without_markup_is_a_paragraph():
    html = render("Hallo & welkom")

    assert html == '<p class="nl-paragraph">Hallo &amp; welkom</p>\n'
    assert isinstance(html, SafeString)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Het bord “*Deze **sensor** telt*” hangt [hier](https://x.example).",
            "Het bord “Deze sensor telt” hangt hier.",
        ),
        ("# Kop\n\nEen regel\nnog een.\n\n* eerst\n* dan `zo`", "Kop Een regel nog een. eerst dan zo"),
        ("| a | b |\n|---|---|\n| c | d |\n\n    code", "a b c d code"),
        ("2 * 3 <b>&amp;", "2 * 3 <b>&"),
        ("", ""),
    ],
)
def test_words_alone_have_no_marks(text, words):
    assert plain(text) == words
