"""Numbers of rows as they come in an address or a hidden field, where anybody can write anything."""

LARGEST = 2**63 - 1  # of a bigint


def number_of(text: str) -> int | None:
    """The number that `text` is; None when it is none, or one that no row can have."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= LARGEST else None
