"""Pages from memory: the same bytes while nothing changed, the new ones right after any change."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin import ModelAdmin, site
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smartsociety.core import content
from smartsociety.core.content import Version
from smartsociety.core.memory import Memory
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/kennisbank/"
CHANGE_TITLE = "UPDATE knowledgebase_practice SET title = 'Nieuwe titel' WHERE id = %s"


@pytest.fixture
def visitor(settings):
    """Nobody is signed in, and pages are kept."""
    settings.PAGE_CACHE_MB = 1
    return Client()


def asked(client, address: str = LIST, **headers) -> tuple[int, bytes]:
    """How many questions the page asked the database, and its text."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return len(captured), response.content


def titles(client, address: str = LIST) -> list[bool]:
    """Which of the two titles the page shows."""
    text = client.get(address).content.decode()
    return [title in text for title in ("Oude titel", "Nieuwe titel")]


def test_second_visitor_gets_the_same_page_for_one_question(visitor):
    factories.PracticeFactory()
    first, page = asked(visitor)
    assert first > 1
    assert asked(visitor) == (1, page)


def by_admin(practice) -> None:
    """Through the forms of the administration."""
    user = factories.UserFactory(is_staff=True, is_superuser=True)
    practice.title = "Nieuwe titel"
    request = type("Request", (), {"user": user})()
    ModelAdmin(type(practice), site).save_model(request, practice, form=None, change=True)


def by_sql(practice) -> None:
    """At the prompt of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE knowledgebase_practice SET title = 'Nieuwe titel' WHERE id = %s", [practice.pk]
        )


def by_another_process(practice) -> None:
    """Over a connection of its own."""

    def work() -> None:
        type(practice).objects.filter(pk=practice.pk).update(title="Nieuwe titel")
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


@pytest.mark.parametrize("page", [LIST, "/kennisbank/laadpalen/", "/"])
@pytest.mark.parametrize("reader", ["visitor", "visitor without pages in memory", "stranger"])
@pytest.mark.parametrize("change", [by_admin, by_sql, by_another_process])
def test_page_is_new_right_after_a_change(visitor, settings, change, reader, page):
    practice = factories.PracticeFactory(title="Oude titel", slug="laadpalen")
    if reader != "visitor":
        settings.PAGE_CACHE_MB = 0
    client = signed_in(factories.UserFactory()) if reader == "stranger" else visitor
    assert titles(client, page) == titles(client, page) == [True, False]
    change(practice)
    assert titles(client, page) == [False, True]


def test_page_is_new_right_after_a_change_through_the_site(visitor):
    practice = factories.PracticeFactory(slug="laadpalen")
    membership = factories.MembershipFactory(role="representative")
    before = visitor.get("/kennisbank/laadpalen/").content
    assert membership.organisation.name.encode() not in before

    answer = signed_in(membership.user).post(
        "/kennisbank/laadpalen/overnemen/",
        {"organisation": membership.organisation.pk, "stage": "in_use", "since_year": 2025},
    )

    assert (answer.status_code, practice.adoptions.count()) == (302, 1)
    assert membership.organisation.name.encode() in visitor.get("/kennisbank/laadpalen/").content


def test_change_between_the_version_and_the_page_is_not_lost(visitor, settings, monkeypatch):
    """What is read later than its version may be newer, never older: so the next page is made anew."""
    settings.PAGE_CACHE_MB = 0
    practice = factories.PracticeFactory(title="Oude titel", slug="laadpalen")
    known = content.version

    def asked_before_somebody_writes():
        version = known()
        monkeypatch.setattr(content, "version", known)
        by_another_process(practice)
        return version

    monkeypatch.setattr(content, "version", asked_before_somebody_writes)
    assert [titles(visitor, "/kennisbank/laadpalen/") for _time in range(2)] == [[False, True]] * 2


@pytest.mark.parametrize("megabytes", [0, 1])
def test_change_that_is_not_committed_yet_is_not_kept(visitor, settings, megabytes):
    """Whoever looks while a change is on its way keeps the old page only until it is there."""
    settings.PAGE_CACHE_MB = megabytes
    practice = factories.PracticeFactory(title="Oude titel")
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(CHANGE_TITLE, [practice.pk])
        during = [titles(visitor), titles(visitor)]
        other.commit()
    finally:
        other.close()
    assert (during, titles(visitor)) == ([[True, False]] * 2, [False, True])


def test_page_is_new_when_a_moment_has_come(visitor):
    now = timezone.now().replace(microsecond=0)
    ends_at = now + timedelta(seconds=30)
    factories.FieldlabFactory(title_nl="Bijna voorbij", starts_at=now - timedelta(hours=2), ends_at=ends_at)
    with time_machine.travel(now, tick=False) as clock:
        _first, before = asked(visitor, "/fieldlabs/")
        clock.move_to(ends_at - timedelta(seconds=1))
        assert asked(visitor, "/fieldlabs/") == (1, before)
        clock.move_to(ends_at + timedelta(seconds=1))
        assert asked(visitor, "/fieldlabs/")[0] > 1


def test_reader_who_has_the_page_is_told_so(visitor):
    practice = factories.PracticeFactory()
    first = visitor.get(LIST)
    assert first.headers["Cache-Control"] == "no-cache"

    again = visitor.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]

    type(practice).objects.update(title="Anders")
    changed = visitor.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)


def test_mark_of_a_page_is_the_same_compressed_or_not(visitor):
    factories.PracticeFactory()
    plain = visitor.get(LIST)
    packed = visitor.get(LIST, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/en/kennisbank/"},
        {"path": "/kennisbank/?phase=pilot"},
        {"path": LIST, "headers": {"Host": "127.0.0.1"}},
    ],
    ids=["language", "filter", "host"],
)
def test_other_page_is_made_by_itself(visitor, other):
    factories.PracticeFactory()
    assert [bool(visitor.get(LIST).templates) for _time in range(2)] == [True, False]
    response = visitor.get(**other)
    assert (response.status_code, bool(response.templates)) == (200, True)


def test_who_is_signed_in_gets_a_page_of_their_own(visitor, settings):
    settings.PAGE_CACHE_MB = 1
    factories.PracticeFactory()
    visitor.get(LIST)
    client = signed_in(factories.UserFactory(email="iemand@organisatie.example", name="Iemand"))
    for _time in range(2):
        response = client.get(LIST)
        assert ("Uitloggen" in response.content.decode(), "ETag" in response.headers) == (True, False)


def test_page_with_a_form_is_not_kept(visitor):
    """Its token is of one reader alone."""
    factories.DeclarationFactory()
    first = visitor.get("/contact/")
    assert first.cookies["csrftoken"].value
    assert "ETag" not in first.headers
    assert visitor.get("/contact/").cookies["csrftoken"].value


def test_error_is_not_kept(visitor):
    assert visitor.get("/kennisbank/laadpalen/").status_code == 404
    factories.PracticeFactory(slug="laadpalen")
    assert visitor.get("/kennisbank/laadpalen/").status_code == 200


def test_nothing_is_kept_when_the_setting_says_so(settings):
    settings.PAGE_CACHE_MB = 0
    factories.FieldlabFactory()
    client = Client()
    assert [bool(client.get("/fieldlabs/").templates) for _time in range(2)] == [True, True]


def test_health_and_files_are_answered_without_the_database(visitor, monkeypatch):
    def refuse():
        raise OperationalError("the database is away")

    monkeypatch.setattr(content, "version", refuse)
    assert visitor.get("/-/live").status_code == 200
    with closing(visitor.get("/static/img/favicon.svg")) as file:
        assert (file.status_code, b"".join(file).startswith(b"<svg")) == (200, True)


def of(number: int, *, minutes: int = 1) -> Version:
    """A version that lasts an hour and is trusted some minutes."""
    now = timezone.now()
    return Version(number, now + timedelta(hours=1), now + timedelta(minutes=minutes))


def test_memory_trusts_what_lasts_longer():
    memory = Memory(10)
    kept = [
        memory.remembered(lasts, of(1, minutes=-1), lambda: "eerste", lasts=lasts) for lasts in (True, False)
    ]
    later = [memory.remembered(lasts, of(1), lambda: "tweede", lasts=lasts) for lasts in (True, False)]
    assert (kept, later) == (["eerste", "eerste"], ["eerste", "tweede"])


def test_memory_forgets_what_was_not_asked_for_longest():
    version = of(1)
    memory = Memory(10)
    for key in ("een", "twee"):
        memory.keep(key, version, key, weight=4)
    assert memory.get("een", version) == "een"
    memory.keep("drie", version, "drie", weight=4)
    memory.keep("te zwaar", version, "te zwaar", weight=11)
    kept = [key for key in ("een", "twee", "drie", "te zwaar") if memory.get(key, version)]
    assert (kept, memory.weight) == (["een", "drie"], 8)


def test_memory_knows_one_version():
    memory = Memory(10)
    memory.keep("een", of(1), "oud")
    memory.keep("een", of(2), "nieuw")
    assert (memory.get("een", of(1)), memory.get("een", of(2))) == (None, "nieuw")
    assert len(memory) == 1


def test_memory_makes_what_it_does_not_have():
    version = of(1)
    memory, made = Memory(10), []

    def make() -> str:
        made.append(1)
        return "waarde"

    assert [memory.remembered("een", each, make) for each in (version, version, None)] == ["waarde"] * 3
    assert len(made) == 2
