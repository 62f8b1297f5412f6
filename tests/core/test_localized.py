"""Text of staff in two languages."""

import pytest
from django.utils.translation import override

from smartsociety.core.localized import Localized


class Thing:
    title = Localized("title")

    def __init__(self, nl, en):
        self.title_nl, self.title_en = nl, en


@pytest.mark.parametrize(
    ("language", "english", "shown"),
    [("nl", "Water", "Het water"), ("en", "Water", "Water"), ("en", "", "Het water")],
)
def test_english_is_shown_on_english_pages_when_there_is_any(language, english, shown):
    with override(language):
        assert Thing("Het water", english).title == shown


def test_class_gives_the_descriptor():
    assert isinstance(Thing.title, Localized)
