"""The portal inside this process: fill its database, count its queries. Import it once the environment is set."""

import sys
from itertools import product
from typing import Any
from urllib.parse import urlencode

from data import Maker
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from stage import HEADERS

from alliance.models.organisation import SIZES, Province
from fieldlabs.models import Registration
from knowledgebase.models import Practice
from knowledgebase.models.choices import Phase
from smartsociety.core.search.tasks import index_rest

SEED = 2019
OTHER_ORGANISATIONS = 300


def fill(*, practices: int) -> None:
    """The tables, and the same data every time; found by searching, as the worker sees to it."""
    call_command("migrate", verbosity=0)
    Maker(SEED).fill(organisations=OTHER_ORGANISATIONS, practices=practices)
    index_rest(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def busiest_practice() -> str:
    """The address of the practice that most others adopted."""
    return Practice.objects.with_card_data().order_by("-adoption_count", "pk")[0].get_absolute_url()


def every_practice(most: int = 1000) -> list[str]:
    """The addresses of so many practices."""
    return [practice.get_absolute_url() for practice in Practice.objects.published()[:most]]


def every_choice(path: str) -> list[str]:
    """Addresses of the list, each with another choice; more than are remembered."""
    parts = product(Phase.values, Province.values, ("newest", "adopted", "checked"), ("", *SIZES))
    return [
        f"{path}?{urlencode({'phase': phase, 'province': province, 'sort': sort, 'size': size})}"
        for phase, province, sort, size in parts
    ]


def as_plain_data() -> list[dict[str, Any]]:
    """What a peer needs to show the same list, the oldest first."""
    published = Practice.objects.published().with_card_data().order_by("published_at", "pk")
    return [
        {
            "slug": practice.slug,
            "title": practice.title,
            "summary": practice.summary,
            "owner_names": practice.owner_names,
            "phase": practice.phase,
            "cost": practice.cost_once,
            "province": practice.owners[0].organisation.province,
            "adopted": practice.adoption_count,
            "published_at": practice.published_at.isoformat(),
            "themes": [theme.slug for theme in practice.themes.all()],
            "body": "".join(
                f"<p>{text}</p>" for text in (practice.problem, practice.approach, practice.result)
            ),
        }
        for practice in published
    ]


def change_something() -> None:
    """A new version of the content: a registration is written, with what was in it."""
    Registration.objects.filter(pk=Registration.objects.first().pk).update(name=F("name"))


def queries_of(path: str, *, after_a_change: bool = False) -> list[dict[str, str]]:
    """What the page asks the database when it was opened before, since the last change or before it."""
    for time in range(2):
        if time and after_a_change:
            change_something()
        with CaptureQueriesContext(connection) as captured:
            answer = Client(headers=HEADERS).get(path, secure=True)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code} in this process.")
    return captured.captured_queries


def postgresql_version() -> int:
    return connection.pg_version // 10_000


def close() -> None:
    connection.close()
