"""Words in a text, and where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartsociety.core.search.analysis import composed, occurrences, tokens


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Sensoren meten; een sensor meet.", ["sensor"], ["sensor"]),
        ("Coöperatie en cooperatie, COÖPERATIE", ["cooperatie"], ["Coöperatie", "cooperatie", "COÖPERATIE"]),
        ("De auto's en de auto", ["auto"], ["auto's", "auto"]),
        ("De auto's", ["s", "auto"], ["auto's"]),
        ("parkeer_sensor", ["sensor"], ["sensor"]),
        ("Straße", ["strasse"], ["Straße"]),
        ("niets", ["sensor"], []),
        ("", ["sensor"], []),
    ],
)
def test_words_are_found_where_they_stand(text, words, found):
    assert [text[hit.start : hit.end] for hit in occurrences(text, words)] == found


def test_words_come_in_the_order_of_the_text():
    hits = occurrences("meten met een sensor die meet, sensor", ["sensor", "meten"])
    assert [hit.word for hit in hits] == ["meten", "sensor", "sensor"]


@given(
    st.text(alphabet=st.sampled_from("abé ß,\u0301ﬁİ’"), max_size=40),
    st.sets(st.sampled_from(["a", "b", "ab", "e", "abe", "ss"])),
)
def test_looking_up_finds_what_going_through_finds(text, words):
    text = composed(unicodedata.normalize("NFC", text))
    assert [hit.start for hit in occurrences(text, words)] == [
        token.start for token in tokens(text) if token.word in words
    ]
