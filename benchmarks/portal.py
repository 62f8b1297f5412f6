"""The portal inside this process: fill its database, count its queries. Import it once the environment is set."""

import sys

from data import Maker
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from stage import HEADERS

from knowledgebase.models import Practice

SEED = 2019
OTHER_ORGANISATIONS = 300


def fill(*, practices: int) -> None:
    """The tables, and the same data every time."""
    call_command("migrate", verbosity=0)
    Maker(SEED).fill(organisations=OTHER_ORGANISATIONS, practices=practices)


def busiest_practice() -> str:
    """The address of the practice that most others adopted."""
    return Practice.objects.with_card_data().order_by("-adoption_count", "pk")[0].get_absolute_url()


def queries_of(path: str) -> list[dict[str, str]]:
    """What the page asks the database, the second time: then nothing is done for the first time."""
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = Client(headers=HEADERS).get(path, secure=True)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code} in this process.")
    return captured.captured_queries


def postgresql_version() -> int:
    return connection.pg_version // 10_000


def close() -> None:
    connection.close()
