"""What people wrote in Markdown, as the blocks of a document."""

import pytest

from smartsociety.core.typesetting import address, blocks


def short(text: str) -> list[tuple]:
    """Per block its kind and words, a link as a pair; of a table its rows instead."""
    found = []
    for block in blocks(text):
        rows = [[words(cell) for cell in row] for row in block["rows"]]
        found.append((block["kind"], rows or words(block["words"])))
    return found


def words(several) -> list:
    return [(each.text, each.url) if each.url else each.text for each in several]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Een\ntwee", [("paragraph", ["Een twee"])]),
        ("# Kop\n\n**Vet** en *schuin*.", [("heading", ["Kop"]), ("paragraph", ["Vet en schuin."])]),
        (
            "Lees [het **rapport**](https://x.example/a) nu.",
            [("paragraph", ["Lees ", ("het rapport", "https://x.example/a"), " nu."])],
        ),
        ("<https://x.example/>", [("paragraph", [("https://x.example/", "https://x.example/")])]),
        ("[onder](#top)", [("paragraph", ["onder"])]),
        ("- een\n- twee", [("item", ["een"]), ("item", ["twee"])]),
        ("- een\n\n  meer", [("item", ["een"]), ("paragraph", ["meer"])]),
        ("```\ncode\n```", [("paragraph", ["code"])]),
        (
            "| Wijk | Bron |\n|---|---|\n| Noord | [data](https://x.example/) |\n| Zuid | |\n\nSlot.",
            [
                (
                    "table",
                    [[["Wijk"], ["Bron"]], [["Noord"], [("data", "https://x.example/")]], [["Zuid"], []]],
                ),
                ("paragraph", ["Slot."]),
            ],
        ),
    ],
)
def test_text_becomes_blocks(text, expected):
    assert short(text) == expected


def test_steps_keep_their_numbers_around_what_stands_between_them():
    found = blocks("4. een\n5. twee\n   - tussendoor\n6. drie")
    assert [(block["kind"], block["number"]) for block in found if block["kind"] == "step"] == [
        ("step", 4),
        ("step", 5),
        ("step", 6),
    ]


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("http://x.example/", "http://x.example/"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("/kennisbank/", "https://portal.example/kennisbank/"),
        ("//x.example/", ""),
        ("kennisbank/", ""),
        ("ftp://x.example/", ""),
        ("https://x.example/" + "a" * 2000, ""),
    ],
)
def test_link_on_paper_leads_somewhere_or_is_no_link(settings, url, leads_to):
    settings.SITE_URL = "https://portal.example"
    assert address(url) == leads_to
