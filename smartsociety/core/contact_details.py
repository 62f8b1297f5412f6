"""E-mail addresses and telephone numbers in a text, as one expression that Python and PostgreSQL both read alike.

Meant for what people let everybody read. It knows how Dutch and international numbers are written; amounts, years,
dates and postcodes are none. It does not find who hides a number on purpose: people do that knowingly.
"""

import re

EMAIL = r"[^@\s]+ ?@ ?[^@\s]+[.][0-9A-Za-z]+"
# What stands between the digits of a number.
_GAP = r"[ ()./-]*"
_NUMBERS = (
    rf"([+]|00)[1-9]({_GAP}[0-9]){{8,13}}",  # +31 6 12345678
    # 06-12345678, but not the sixth of a month
    rf"06(?![-./ ]?[0-9]{{1,2}}[-./ ](19|20)[0-9]{{2}}([^0-9]|$))({_GAP}[0-9]){{8}}",
    rf"0[1-9][0-9]({_GAP}[0-9]){{7}}",  # 070-3738393, (0318) 68 09 11, 088 1234567
    r"0[89]00[ -]{0,3}[0-9]{4}",  # 0800-1234
)
TELEPHONE = rf"(^|[^0-9A-Za-z])[(]?({'|'.join(_NUMBERS)})"
PATTERN = f"({EMAIL})|({TELEPHONE})"
_SEARCH = re.compile(PATTERN)


def contact_in(text: str) -> str:
    """The first e-mail address or telephone number in a text; empty when there is none."""
    found = _SEARCH.search(text)
    return found[0].strip(" \n\t,;:") if found else ""
