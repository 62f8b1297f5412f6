"""What may stand in a field."""

import pytest
from django.core.exceptions import ValidationError

from smartsociety.core.validators import latin_line, one_line, plain_text, without_hidden


@pytest.mark.parametrize(
    "text",
    ["Anna Aerts", "Súdwest-Fryslân", "’s-Hertogenbosch", "AT&T (2)", "Müller", "Mu\u0308ller", "Łódź", "Ĳ"],
)
def test_line_takes_the_names_that_people_have(text):
    assert latin_line(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Аlmere", "look_alike"), ("Αlmere", "look_alike"), ("Ａlmere", "look_alike"), ("𝐀lmere", "look_alike"),
        ("Almere ١", "look_alike"), ("A\u0300\u0301\u0302lmere", "look_alike"), ("Al\u200bmere", "control_character"),
        ("Al\nmere", "control_character"), ("\u202eAlmere", "control_character"), ("https://x.nl", "address"),
    ],
)  # fmt: skip
def test_line_refuses_what_only_looks_like_it(text, code):
    with pytest.raises(ValidationError) as refusal:
        latin_line(text)
    assert refusal.value.code == code


def test_text_takes_lines_and_refuses_what_cannot_be_seen():
    assert plain_text("Een regel.\r\nNog een.\tEn 👩\u200d💻") is None
    for hidden in ("\u202e", "\x07", "\u200b"):
        with pytest.raises(ValidationError):
            plain_text(f"Een{hidden}regel")


def test_sentence_of_one_line_may_name_an_address_and_breaks_no_line():
    assert one_line("Zie www.bron.example voor de kosten.") is None
    for hidden in ("\n", "\r", "\x0b", "\x85", "\u2028", "\u202e"):
        with pytest.raises(ValidationError):
            one_line(f"Een{hidden}regel")


def test_text_that_nobody_typed_loses_what_cannot_be_seen():
    text = without_hidden("Een\x01 regel\x0bvan\u202e\u00ad 👩\u200d💻\r\n\tmeer\x85.")
    assert (text, plain_text(text)) == ("Een regel van 👩\u200d💻\r\n\tmeer .", None)
