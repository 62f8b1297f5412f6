"""Every page, for everybody: axe finds nothing, whatever the language, the width and the colour scheme."""

from collections import defaultdict
from io import StringIO
from itertools import groupby

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Response
from playwright.sync_api import TimeoutError as TooLong

from smartsociety.core.models import User
from tests.browser import axe, stage
from tests.browser.opened import NOT_PAGES
from tests.browser.pages import PARTS, everything, own_names
from tests.browser.person import Person

WINDOWS = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
    "enlarged": {"width": 320, "height": 225},  # a desk at 400 %
}
# A colour scheme changes nothing but colours.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Pages for when something is wrong are rendered without a request.
PLAIN = ("400.html", "403_csrf.html", "429.html", "500.html", "maintenance.html")


@pytest.fixture
def invented_alliance(transactional_db):
    """The sample data, and what more the pages name."""
    call_command("load_sample", verbosity=0)
    call_command("rebuild_search", stdout=StringIO())  # no worker runs here
    stage.prepare()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_accessible(person, invented_alliance, part, language):
    wrong, titles, secrets = [], defaultdict(set), stage.secrets()
    for who, pages in groupby(PARTS[part](), key=lambda opened: opened.who):
        user = User.objects.filter(email=who).first()
        reader = person(user, language=language, second_factor=who != stage.NEW_COLLEAGUE)
        for opened in pages:
            address = opened.address(language)
            answer = opened_at_last(reader, address)
            assert answer.status == opened.status, opened
            # Version 1 may also be at /steunverklaring/; what stands behind a secret has no name in a title.
            if opened.status == 200 and opened.name != "alliance:declaration_version":
                subject = (opened.name, *(each for each in opened.arguments if each not in secrets))
                titles[reader.page.title()].add(subject)
            wrong += [f"{opened}: {line}" for line in objections(reader)]
    assert wrong == []
    assert {title: subjects for title, subjects in titles.items() if len(subjects) > 1} == {}


def opened_at_last(reader: Person, address: str) -> Response:
    """The page; asked for once more when the browser waits for ever, as it does once in some thousand pages."""
    try:
        return reader.page.goto(address)
    except TooLong:
        return reader.page.goto(address)


def objections(reader: Person) -> list[str]:
    """On a desk and on a phone, in the light and in the dark; and the page enlarged to 400 %."""
    page, found = reader.page, []
    for name, size in WINDOWS.items():
        page.set_viewport_size(size)
        found += [f"{name}: {line}" for line in axe.faults(page, language=reader.language)]
        if name == "enlarged":
            continue
        found += [f"{name}: {line}" for line in axe.violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{name}, dark: {line}" for line in axe.violations(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_for_when_something_is_wrong_are_accessible(person, language):
    reader = person(language=language)
    for template in PLAIN:
        with override(language):
            body = render_to_string(template)
        reader.page.route(f"**/{template}", answering(body))
        reader.page.goto(f"/{template}")
        assert objections(reader) == [], template


def answering(body: str):
    """Plays the server at one address."""
    return lambda route: route.fulfill(body=body, content_type="text/html")


def test_every_page_is_visited(invented_alliance):
    assert own_names() - NOT_PAGES - {opened.name for opened in everything()} == set()
