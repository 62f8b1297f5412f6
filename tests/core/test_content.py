"""The version of the content: new with every change, however it is made, and never before it can be seen."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db import connection, transaction
from django.utils import timezone

from knowledgebase.actions.attachment import count_download
from smartsociety.core import content, tasks
from smartsociety.core.models import ContentChange, Mail, User
from tests import factories
from tests.database import at_once, refused_by, rolled_back

committed = pytest.mark.django_db(transaction=True)


def number() -> int:
    """The version as a request of another process reads it."""
    return content.version().number


def by_sql(statement: str) -> None:
    """Somebody at the prompt of the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = {
    "a new row": factories.ThemeFactory,
    "save": lambda: factories.Theme.objects.get(slug="water").save(),
    "update of a queryset": lambda: factories.Theme.objects.update(name_nl="Water"),
    "removal": lambda: factories.Theme.objects.all().delete(),
    "many at once": lambda: factories.Theme.objects.bulk_create(
        [factories.ThemeFactory.build(slug="een"), factories.ThemeFactory.build(slug="twee")]
    ),
    "a link between two": lambda: factories.PracticeFactory(owner=False).themes.add(
        factories.Theme.objects.get()
    ),
    "raw SQL": lambda: by_sql("UPDATE alliance_theme SET name_nl = 'Water'"),
    "truncate": lambda: by_sql("TRUNCATE alliance_theme CASCADE"),
}


@committed
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_version_is_new_after(change):
    factories.ThemeFactory(slug="water")
    before = number()
    change()
    assert number() > before


@committed
def test_version_stays_when_nobody_changes_what_visitors_see():
    factories.ThemeFactory()
    before = number()
    Mail.objects.create(to="a@b.example", subject="Onderwerp", text="Tekst", kind="core/test")
    list(User.objects.all())
    assert number() == before


@committed
def test_signing_in_and_downloading_change_no_content():
    user, attachment = factories.UserFactory(), factories.AttachmentFactory()
    before = number()
    user_logged_in.send(User, user=user, request=None)
    count_download(attachment)
    assert (User.objects.get().last_login is not None, number()) == (True, before)
    User.objects.update(name="Anders")
    assert number() > before


@committed
def test_change_that_fails_changes_no_version():
    before = number()
    with rolled_back():
        factories.ThemeFactory()
    assert number() == before


@committed
def test_many_changes_of_one_transaction_are_one_row():
    before = ContentChange.objects.count()
    with transaction.atomic():
        factories.ThemeFactory.create_batch(3)
    with rolled_back():
        factories.ThemeFactory()
    assert ContentChange.objects.count() == before + 1


def test_database_counts_a_transaction_once(db):
    factories.ThemeFactory()
    known = ContentChange.objects.latest("pk")
    with refused_by("core_contentchange_once_per_transaction"):
        ContentChange.objects.create(transaction=known.transaction, started_at=known.started_at)


@committed
def test_version_is_of_what_can_be_seen_although_an_older_transaction_ends_later():
    """The one that began first commits last: whoever read the version in between gets a new one afterwards."""
    seen, may_end, began = [], Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            factories.ThemeFactory(slug="langzaam")
            began.set()
            may_end.wait(timeout=10)

    def quick() -> None:
        began.wait(timeout=10)
        factories.ThemeFactory(slug="snel")
        seen.append((number(), factories.Theme.objects.count()))
        may_end.set()

    assert at_once(slow, quick) == [None, None]
    assert (seen[0][1], factories.Theme.objects.count()) == (1, 2)
    assert number() > seen[0][0]


@committed
def test_writers_do_not_wait_for_each_other():
    """Both have changed content and not yet committed: neither holds what the other needs."""
    first, second = Event(), Event()

    def write(own: Event, other: Event) -> bool:
        with transaction.atomic():
            factories.ThemeFactory()
            own.set()
            return other.wait(timeout=5)

    assert at_once(lambda: write(first, second), lambda: write(second, first)) == [True, True]


@committed
def test_folding_keeps_the_version():
    for _time in range(3):
        factories.ThemeFactory()
    before = number()

    tasks.fold_content_changes(timestamp=0)
    assert (number(), ContentChange.objects.count()) == (before, 1)
    tasks.fold_content_changes(timestamp=0)
    factories.ThemeFactory()
    tasks.fold_content_changes(timestamp=0)

    assert (number(), ContentChange.objects.count()) == (before + 1, 1)


@committed
def test_version_is_asked_again_when_the_connection_broke():
    before = number()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [backend])
    other.close()
    assert number() == before


def test_inside_a_transaction_there_is_no_version(db):
    assert content.version() is None


def test_every_table_of_content_is_watched(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [content.TRIGGER])
        watched = {name for (name,) in cursor.fetchall()}
    assert watched == {model._meta.db_table for model in content.content_models()}


def test_machinery_is_of_apps_that_are_there():
    assert {config.label for config in apps.get_app_configs()} >= content.MACHINERY


NOON = datetime(2026, 3, 10, 12, tzinfo=timezone.get_default_timezone())


def test_content_changes_by_itself_at_midnight_in_amsterdam(db):
    midnight = datetime(2026, 3, 11, tzinfo=timezone.get_default_timezone())
    assert content.next_moment(NOON) == midnight


def test_content_changes_by_itself_when_a_moment_in_a_row_has_come(db):
    begins = NOON + timedelta(hours=3)
    factories.FieldlabFactory(starts_at=begins, ends_at=begins + timedelta(hours=2))
    factories.FieldlabFactory(starts_at=NOON - timedelta(hours=1), ends_at=NOON + timedelta(hours=1))
    assert content.next_moment(NOON) == NOON + timedelta(hours=1)


@committed
def test_version_is_never_trusted_longer_than_a_minute():
    now = timezone.now()
    assert content.version().until <= timezone.now() + content.LONGEST
    assert content.version().until > now
