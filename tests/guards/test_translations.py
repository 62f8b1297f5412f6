from smartsociety.core import messages


def test_every_text_is_translated_to_dutch():
    assert messages.problems() == []
