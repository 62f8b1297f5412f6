"""A real browser before the real server. What goes wrong unseen on a page fails the test: see `Watch`."""

import os
import shutil
import warnings

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

from smartsociety.core.second_factor import SHOWN_KEY, has_second_factor
from tests import factories
from tests.browser.person import Person
from tests.browser.post import Postman

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
HOW_TO_GET_IT = (
    "Browser tests need Chromium or Chrome on PATH. Debian: apt install chromium. Fedora: dnf install chromium. "
    "Ubuntu: snap install chromium. macOS: brew install --cask chromium, and a link to it on PATH."
)
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of this machine. Without one nothing is tested here, which CI may not overlook."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None and os.environ.get("CI"):
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    if executable is None:
        with warnings.catch_warnings():
            # Said once, at the end of the run: a test that is skipped says nothing.
            warnings.simplefilter("default")
            warnings.warn(HOW_TO_GET_IT, stacklevel=1)
        pytest.skip(HOW_TO_GET_IT)
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
    ]
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": executable, "args": [*quiet, *as_root]}


@pytest.fixture(scope="session")
def playwright(playwright):
    """Its event loop runs in this thread, and Django keeps a connection of its own for as long as one does.

    Without this, that connection keeps the test database from being removed.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """Addresses in these tests are paths on the server of the tests."""
    return live_server.url


@pytest.fixture(autouse=True)
def own_address(settings, live_server):
    """Links in mails lead to the server of this test; limits on tries are counted anew."""
    settings.SITE_URL = live_server.url
    cache.clear()


class Watch:
    """Everything that a visitor would not notice and that is wrong all the same, over all windows of a test."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.problems: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch this window too."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # Answers are judged in `_answered`: a page that does not exist is an answer too.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text} ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.problems.append(f"another origin: {request.url}")

    def _failed(self, request: Request) -> None:
        # Aborted: the visitor went on before all had come.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        limit = 500 if response.request.resource_type == "document" else 400
        if response.status >= limit:
            self.problems.append(f"answer {response.status}: {response.url}")


@pytest.fixture
def watch(live_server):
    """No errors in the console (a breach of the security policy is one), no failed request, none to another origin."""
    watch = Watch(live_server.url)
    yield watch
    assert watch.problems == []


@pytest.fixture
def person(new_context, live_server, watch):
    """`person(user, language="en", …)`: somebody with a browser of their own, signed in as `user`, or a visitor.

    Further arguments are those of `browser.new_context`. Nothing moves, so that what is looked at stands still.
    """

    def open_browser(user=None, *, language="nl", second_factor=True, **options) -> Person:
        context = new_context(locale=LOCALES[language], reduced_motion="reduce", **options)
        context.set_default_timeout(20_000)  # a shared machine can stand still for seconds
        watch.over(context)
        if user:
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": session_of(user, second_factor), "url": live_server.url}]
            )
        return Person(context.new_page(), language)

    return open_browser


def session_of(user, second_factor: bool) -> str:
    """A session as after signing in, for staff with the second factor shown."""
    client = Client()
    client.force_login(user)
    if user.is_staff and second_factor:
        if not has_second_factor(user):
            factories.give_second_factor(user)
        session = client.session
        session[SHOWN_KEY] = user.pk
        session.save()
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def postman(run_jobs) -> Postman:
    """The post, with the real worker."""
    return Postman(run_jobs)
