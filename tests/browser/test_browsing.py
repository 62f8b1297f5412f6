"""Browsing the knowledge base, and from a number on /impact/ to the practices behind it; with and without scripts."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from knowledgebase.models import Practice
from tests import factories
from tests.browser.person import Person

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
WINDOWS = pytest.mark.parametrize(
    ("scripts", "window"),
    [(True, DESK), (True, PHONE), (False, DESK), (False, PHONE)],
    ids=["scripts-desk", "scripts-phone", "no-scripts-desk", "no-scripts-phone"],
)
A_PAGE = 24
PILOTS, STOPPED = 26, 3


@pytest.fixture
def practices(transactional_db):
    """More than a page in a pilot, a few that stopped; one of them is a year old and travelled."""
    ede = factories.OrganisationFactory(
        name="Ede", province="gelderland", latitude="52.040", longitude="5.670"
    )
    epe = factories.OrganisationFactory(name="Epe", latitude="52.350", longitude="5.980")
    moments = [timezone.now() - timedelta(days=day) for day in range(1, PILOTS + STOPPED)]
    for number, moment in enumerate(moments[:PILOTS], 1):
        factories.PracticeFactory(
            title=f"Proef {number:02}", phase="pilot", published_at=moment, language="nl"
        )
    for number, moment in enumerate(moments[PILOTS:], 1):
        factories.PracticeFactory(
            title=f"Gestopt {number}", phase="stopped", stop_reason="Te duur.", published_at=moment
        )
    travelled = factories.PracticeFactory(
        title="Gereisd",
        slug="gereisd",
        owner=ede,
        phase="stopped",
        stop_reason="Overgedragen.",
        published_at=timezone.now() - timedelta(days=400),
    )
    factories.AdoptionFactory(practice=travelled, organisation=epe)


class Finder(Person):
    """Somebody who looks through the list."""

    @property
    def cards(self) -> Locator:
        """The practices on this page."""
        return self.main.locator("#results .card__link")

    @property
    def count(self) -> Locator:
        """How many practices there are."""
        return self.main.locator("#results-count")

    @property
    def chosen(self) -> Locator:
        """What narrows the list, each to take away."""
        return self.main.get_by_role("list", name=self.text("Chosen filters")).get_by_role("link")

    def choose(self, facet: str, value: str) -> None:
        """A choice in the panel; without a script the button does it."""
        panel = self.main.locator("details.filter")
        if self.main.locator(".filter__summary").is_visible() and not panel.evaluate("panel => panel.open"):
            self.main.locator(".filter__summary").click()
        fold = self.main.locator(f"#facet-{facet}")
        if not fold.evaluate("fold => fold.open"):
            fold.locator("summary").click()
        self.main.locator(f"#{facet}-{value}").check()
        if not self.page.evaluate("typeof htmx === 'object'"):
            self.press("Show results")

    def is_at(self, *parts: str) -> None:
        """The address of the list says what was chosen, and nothing else."""

        def says_so(url: str) -> bool:
            address = urlsplit(url)
            said = sorted(f"{name}={value}" for name, value in parse_qsl(address.query))
            return (address.path.removeprefix("/en"), said) == ("/kennisbank/", sorted(parts))

        self.page.wait_for_url(says_so, wait_until="commit")


@pytest.fixture
def finder(person, practices):
    """`finder(scripts=…, window=…)` before the list."""

    def begin(*, scripts: bool = True, window: dict = DESK, language: str = "nl") -> Finder:
        somebody = person(language=language, java_script_enabled=scripts, viewport=window)
        found = Finder(somebody.page, somebody.language)
        found.open("/kennisbank/")
        return found

    return begin


@WINDOWS
def test_choices_narrow_are_counted_and_go_one_by_one(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    expect(visitor.cards).to_have_count(A_PAGE)
    visitor.check()
    visitor.choose("phase", "stopped")
    visitor.is_at("phase=stopped")
    expect(visitor.cards).to_have_text(["Gestopt 1", "Gestopt 2", "Gereisd"])
    expect(visitor.count).to_have_text("3 praktijkvoorbeelden")
    # What else gives something, with how many; what gives nothing is no choice.
    expect(visitor.main.locator('label[for="spread-adopted"]')).to_have_text(re.compile(r"\(1\)$"))
    expect(visitor.main.locator('label[for="phase-pilot"]')).to_have_text(re.compile(rf"\({PILOTS}\)$"))
    visitor.choose("spread", "adopted")
    visitor.is_at("phase=stopped", "spread=adopted")
    expect(visitor.cards).to_have_text(["Gereisd"])
    visitor.check()

    expect(visitor.chosen).to_have_count(2)
    visitor.chosen.first.click()
    visitor.is_at("spread=adopted")
    expect(visitor.cards).to_have_text(["Gereisd"])
    visitor.chosen.first.click()
    visitor.is_at()
    expect(visitor.cards).to_have_count(A_PAGE)
    expect(visitor.main.locator("#phase-stopped")).not_to_be_checked()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_other_words_take_the_place_of_the_first(finder, scripts):
    visitor = finder(scripts=scripts)
    visitor.choose("phase", "stopped")
    visitor.is_at("phase=stopped")
    for words in ("gestopt", "gereisd"):
        field = visitor.main.locator("#search-q")
        field.fill(words)
        field.press("Enter")
        visitor.is_at("phase=stopped", f"q={words}")
    expect(visitor.cards.first).to_have_text("Gereisd")
    expect(visitor.chosen).to_have_count(2)


@WINDOWS
def test_back_and_forward_show_what_was_chosen_then(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    visitor.choose("phase", "stopped")
    expect(visitor.cards).to_have_count(STOPPED)
    visitor.choose("spread", "adopted")
    expect(visitor.cards).to_have_count(1)
    for go, choices, number in (
        (visitor.page.go_back, ["phase=stopped"], STOPPED),
        (visitor.page.go_back, [], A_PAGE),
        (visitor.page.go_forward, ["phase=stopped"], STOPPED),
    ):
        go()
        visitor.is_at(*choices)
        expect(visitor.cards).to_have_count(number)
        expect(visitor.main.locator("#phase-stopped")).to_be_checked(checked=bool(choices))
        expect(visitor.main.locator("#spread-adopted")).not_to_be_checked()
        expect(visitor.chosen).to_have_count(len(choices))
    # From a practice one comes back to the same list.
    visitor.cards.last.click()
    visitor.page.wait_for_url("**/gereisd/")
    visitor.page.go_back()
    visitor.is_at("phase=stopped")
    expect(visitor.cards).to_have_count(STOPPED)


@WINDOWS
def test_order_and_page_are_links_that_keep_the_choices(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    visitor.follow("Most adopted")
    visitor.is_at("sort=adopted")
    expect(visitor.cards.first).to_have_text("Gereisd")
    visitor.choose("phase", "pilot")
    visitor.is_at("sort=adopted", "phase=pilot")
    expect(visitor.cards).to_have_count(A_PAGE)
    visitor.follow("Next")
    visitor.is_at("sort=adopted", "phase=pilot", "page=2")
    expect(visitor.cards).to_have_text(["Proef 25", "Proef 26"])
    visitor.check()
    # Narrowing goes back to the first page, or there would be nothing to see.
    visitor.choose("phase", "stopped")
    visitor.is_at("sort=adopted", "phase=pilot", "phase=stopped")
    expect(visitor.cards.first).to_have_text("Gereisd")


@WINDOWS
def test_map_shows_the_same_practices_and_keeps_the_choices(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    visitor.choose("spread", "adopted")
    visitor.is_at("spread=adopted")
    visitor.follow("Map")
    visitor.is_at("spread=adopted", "view=map")
    rows = visitor.main.get_by_role("table").get_by_role("rowheader")
    expect(rows).to_have_text(["Ede", "Epe"])
    for mark in ("origin", "spread"):
        expect(visitor.main.locator(f".map__picture use[href='#m-{mark}']")).to_have_count(1)
    visitor.check()
    visitor.choose("phase", "stopped")
    visitor.is_at("spread=adopted", "view=map", "phase=stopped")
    expect(rows).to_have_text(["Ede", "Epe"])
    visitor.follow("List")
    visitor.is_at("spread=adopted", "phase=stopped")
    expect(visitor.cards).to_have_text(["Gereisd"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_nothing_found_leads_on(finder, scripts):
    visitor = finder(scripts=scripts)
    visitor.open("/kennisbank/?phase=pilot&spread=adopted")
    visitor.sees("No practice matches")
    visitor.check()
    with visitor.page.expect_navigation():
        visitor.main.locator("#results").get_by_role("link", name=re.compile("^Zonder ‘Fase’")).click()
    visitor.is_at("spread=adopted")
    expect(visitor.cards).to_have_text(["Gereisd"])


def test_keyboard_is_enough_to_narrow_and_to_widen(finder):
    visitor = finder()
    keyboard = visitor.page.keyboard
    _tab_to(visitor, visitor.main.locator("#facet-ended > summary"))
    keyboard.press("Enter")
    _tab_to(visitor, visitor.main.locator("#ended-stopped"))
    keyboard.press("Space")
    visitor.is_at("ended=stopped")
    expect(visitor.cards).to_have_count(STOPPED)
    # The fold stays open and the focus where it was, although the panel is a new one.
    expect(visitor.main.locator("#ended-stopped")).to_be_focused()
    keyboard.press("Space")
    visitor.is_at()
    expect(visitor.cards).to_have_count(A_PAGE)
    keyboard.press("Space")
    expect(visitor.cards).to_have_count(STOPPED)
    _tab_to(visitor, visitor.chosen.first)
    keyboard.press("Enter")
    visitor.is_at()
    expect(visitor.cards).to_have_count(A_PAGE)


def _tab_to(visitor: Finder, wanted: Locator) -> None:
    for _stop in range(60):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not lead to {wanted}")


@WINDOWS
def test_number_on_the_impact_page_leads_to_the_practices_behind_it(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    visitor.open("/impact/")
    visitor.check()
    row = visitor.main.get_by_role("table", name=visitor.text("By province of the owner")).get_by_role(
        "row", name=re.compile("^Gelderland")
    )
    expect(row.get_by_role("link")).to_have_text(["1", "1", "0"])
    row.get_by_role("link").first.click()
    visitor.is_at("province=gelderland", "origin=own")
    expect(visitor.cards).to_have_text(["Gereisd"])


@WINDOWS
def test_curve_of_adoptions_has_its_table(finder, scripts, window):
    visitor = finder(scripts=scripts, window=window)
    visitor.open("/impact/")
    table = visitor.main.get_by_role(
        "table", name=visitor.text("Adoptions by another organisation than the owner")
    )
    expect(table).to_be_hidden()
    visitor.main.locator("summary").filter(has_text=visitor.text("The numbers as a table")).first.click()
    expect(table.get_by_role("row").last.get_by_role("cell")).to_have_text("1")
    visitor.check()


def test_list_is_browsed_in_english_too(finder):
    visitor = finder(language="en")
    visitor.choose("phase", "stopped")
    expect(visitor.count).to_have_text("3 practices")
    visitor.check()
    assert Practice.objects.published().count() == PILOTS + STOPPED
