"""E-mail addresses and telephone numbers are found in a text, by Python and PostgreSQL alike, and nothing else is."""

import pytest
from django.db import connection

from smartsociety.core.contact_details import PATTERN, contact_in

pytestmark = pytest.mark.django_db
CONTACTS = [
    ("Bel 06-12345678.", "06-12345678"),
    ("06 12 34 56 78", "06 12 34 56 78"),
    ("(06) 12345678", "(06) 12345678"),
    ("tel:0612345678", "0612345678"),
    ("of +31 6 12345678 graag", "+31 6 12345678"),
    ("+31 (0)6 12345678", "+31 (0)6 12345678"),
    ("0031612345678", "0031612345678"),
    ("070-3738393", "070-3738393"),
    ("(0318) 68 09 11", "(0318) 68 09 11"),
    ("088 1234567", "088 1234567"),
    ("0800 - 1234", "0800 - 1234"),
    ("Mail: Bas.Bakker@gemeente.ede.example.", "Bas.Bakker@gemeente.ede.example"),
    ("bas @ ede.example", "bas @ ede.example"),
    ("Een regel\nbas@ede.example", "bas@ede.example"),
]
NO_CONTACTS = [
    "",
    "€ 1.250.000 in 2023-2024",
    "op 06-01-2024 10:00 uur",
    "01-01-2024 10:00",
    "2019, 2020, 2021, 2022",
    "50.000 inwoners, 12.000 huizen",
    "Zaaknummer 2024-0012345",
    "https://voorbeeld.example/zaak/2024/0001234567",
    "@home of @werk",
    "tussen 09.00-17.00 uur",
    "0,5 tot 0,75 procent",
    "0800",
]


def in_database(text: str) -> bool:
    """Whether the rules in the database find it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [text, PATTERN])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("text", "found"), CONTACTS)
def test_contact_is_found(text, found):
    assert (contact_in(text), in_database(text)) == (found, True)


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_number_that_reaches_nobody_is_left(text):
    assert (contact_in(text), in_database(text)) == ("", False)
