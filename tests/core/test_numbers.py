"""Numbers of rows as they come in an address."""

import pytest

from smartsociety.core.numbers import LARGEST, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        (str(LARGEST), LARGEST),
        *((wrong, None) for wrong in ("", "-1", "1.0", "abc", "١٢", "²", " 7", str(LARGEST + 1), "9" * 5000)),
    ],
)
def test_only_what_a_row_can_have_is_a_number(text, number):
    assert number_of(text) == number
