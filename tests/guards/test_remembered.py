"""What is remembered is the same for everybody: whoever came before, each of us sees their own page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from smartsociety.core.memory import forget
from smartsociety.core.templatetags.remembering import PARTS
from tests.guards.addresses.columns import ROLES
from tests.guards.test_addresses import APPS, TABLE

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
# Who sees most, least, something of their own, and most again.
ONE_AFTER_ANOTHER = ("administrator", "visitor", "representative", "administrator")


@pytest.fixture
def town(transactional_db, everyone) -> dict:
    """As for the addresses, but committed: inside a transaction nothing is remembered."""
    return {key: value for app in APPS for key, value in app.town(everyone).items()}


def public_addresses(town: dict) -> list[str]:
    """All that a visitor may open."""
    column = ROLES.index("visitor")
    return [
        reverse(name, args=[town.get(argument, argument) for argument in arguments])
        for name, (arguments, statuses) in TABLE.items()
        if statuses.split()[column] == "200"
    ]


def seen(client, address: str) -> bytes:
    """The page without what differs at every request."""
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    is_page = response.headers["Content-Type"].startswith("text/html")
    return TOKEN.sub("", content.decode()).encode() if is_page else response.status_code


# What is asked for a page that was shown before: the version, and what decides who may see it.
SHOWN_AGAIN = {
    "/": 1,
    "/ondertekenaars/": 1,
    "/fieldlabs/": 1,
    "/fieldlabs/opbrengsten/": 1,
    "/kennisbank/": 1,
    "/impact/": 1,
    "/kennisbank/laadpalen/": 2,
    "/organisaties/ede/": 2,
}


def test_page_shown_again_asks_almost_nothing(settings, town):
    settings.PAGE_CACHE_MB = 0
    visitor, found = Client(), {}
    for address in SHOWN_AGAIN:
        visitor.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address).status_code == 200
        found[address] = len(captured)
    assert found == SHOWN_AGAIN


def test_page_is_the_same_whoever_came_before(everyone, files, town):
    """What one of them left in memory, the next may not find, be it too much or too little."""
    differs = set()
    for address in public_addresses(town):
        alone = {}
        for role in set(ONE_AFTER_ANOTHER):
            forget()
            alone[role] = seen(everyone[role], address)
        forget()
        found = [seen(everyone[role], address) for role in ONE_AFTER_ANOTHER]
        differs |= {
            (role, address)
            for role, page in zip(ONE_AFTER_ANOTHER, found, strict=True)
            if page != alone[role]
        }
    assert differs == set()
    assert len(PARTS) > 0
