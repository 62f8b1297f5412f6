"""The cast and the stage of all tests. Fixtures that one folder needs live in that folder."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import translation

from smartsociety.core.memory import forget
from smartsociety.core.second_factor import SHOWN_KEY
from tests import factories
from tests.strict_templates import unknown_variables


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages render without collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def plain_http(settings):
    """The test client and the live server speak HTTP; one test proves that production redirects to HTTPS."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SECURE_HSTS_SECONDS = 0


@pytest.fixture(autouse=True)
def known_variables():
    """Whatever a test renders: each variable in a template of ours exists."""
    with unknown_variables() as unknown:
        yield
    assert unknown == []


@pytest.fixture(autouse=True)
def nothing_remembered():
    """The tables begin anew with each test, and so do the versions of their content."""
    forget()


@pytest.fixture(autouse=True)
def dutch():
    """Each test starts in Dutch, whatever the request before it spoke."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def empty_queue(request, django_db_blocker):
    """Django empties the tables of its own models after a test with real transactions; the queue is not among them."""
    yield
    marker = request.node.get_closest_marker("django_db")
    committed = marker and marker.kwargs.get("transaction")
    if committed or {"transactional_db", "live_server"} & set(request.fixturenames):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def signed_in(user) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def visitor(db) -> Client:
    """Nobody is signed in."""
    return Client()


@pytest.fixture
def stranger(db) -> Client:
    """Signed in, and nothing more."""
    return signed_in(factories.UserFactory())


@pytest.fixture
def representative(db) -> Client:
    """Represents the municipality `client.organisation`, which signed."""
    return _member("representative")


@pytest.fixture
def editor(db) -> Client:
    """Writes for the municipality `client.organisation`, but does not speak for it."""
    return _member("editor")


def _member(role: str) -> Client:
    organisation = factories.SignatureFactory(published=True).organisation
    membership = factories.MembershipFactory(organisation=organisation, role=role)
    client = signed_in(membership.user)
    client.organisation, client.user = organisation, membership.user
    return client


@pytest.fixture
def secretariat(db) -> Client:
    """VNG: verifies signatures."""
    return _staff(roles=["secretariat"])


@pytest.fixture
def programme(db) -> Client:
    """VNG: plans fieldlabs, records outcomes."""
    return _staff(roles=["programme"])


@pytest.fixture
def reviewer(db) -> Client:
    """VNG: reviews and publishes practices."""
    return _staff(roles=["editor"])


@pytest.fixture
def administrator(db) -> Client:
    """VNG: may do everything."""
    return _staff(is_superuser=True)


def _staff(**rights) -> Client:
    user = factories.UserFactory(is_staff=True, **rights)
    factories.give_second_factor(user)
    client = signed_in(user)
    session = client.session
    session[SHOWN_KEY] = user.pk
    session.save()
    client.user = user
    return client


@pytest.fixture
def everyone(
    visitor, stranger, representative, editor, secretariat, programme, reviewer, administrator
) -> dict:
    """The whole cast by name, for tables of who may do what."""
    return {
        "visitor": visitor,
        "stranger": stranger,
        "representative": representative,
        "editor": editor,
        "secretariat": secretariat,
        "programme": programme,
        "reviewer": reviewer,
        "administrator": administrator,
    }


@pytest.fixture
def files(monkeypatch, tmp_path):
    """Uploads of one test, in a folder of its own."""
    from alliance.models import Signature

    (tmp_path / "mandates").mkdir()
    storage = Signature._meta.get_field("mandate_document").storage
    for name in ("base_location", "location"):
        monkeypatch.setitem(storage.__dict__, name, str(tmp_path))
    return tmp_path


@pytest.fixture
def run_jobs(transactional_db):
    """Run the worker until the queue is empty, as `manage.py procrastinate worker` does."""
    from procrastinate.contrib.django import app

    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    def run() -> None:
        # In a thread of its own: once a browser test ran, Playwright's event loop runs in this one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(work).result()

    return run
