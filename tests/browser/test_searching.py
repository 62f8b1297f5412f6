"""Searching with the keyboard, back and forward through what was narrowed, and without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.axe import violations


@pytest.fixture
def practices(transactional_db):
    """Two about sensors, of which one in a pilot."""
    factories.PracticeFactory(
        title="Sensoren tellen fietsen", slug="fietsen", phase="pilot", summary="Met sensoren."
    )
    factories.PracticeFactory(
        title="Sensoren in containers", slug="containers", phase="in_use", summary="Met sensoren."
    )


def opened(person, address: str) -> Page:
    """The page at this address, as somebody sees it."""
    somebody = person()
    somebody.open(address)
    return somebody.page


def test_suggestion_is_chosen_with_the_keyboard(person, practices):
    page = opened(person, "/kennisbank/")
    field = page.get_by_role("combobox", name="Zoek in praktijkvoorbeelden")
    field.press_sequentially("sens")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("oren cont")
    expect(options.first).to_have_text("Sensoren in containers")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/kennisbank/containers/")


def test_back_and_forward_go_through_searches(person, practices):
    page = opened(person, "/kennisbank/?q=sensoren")
    expect(page.locator("mark").first).to_be_visible()
    page.goto(f"{page.url}&phase=pilot")
    expect(page.locator(".cards > li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".cards > li")).to_have_count(2)
    page.go_forward()
    expect(page.locator(".cards > li")).to_have_count(1)


@pytest.mark.parametrize("address", ["/kennisbank/?q=sensor", "/zoeken/?q=sensor", "/zoeken/?q=qqqqq"])
def test_results_have_no_faults_that_axe_sees(person, practices, address):
    page = opened(person, address)
    assert violations(page) == []


def test_search_works_without_a_script(person, practices, browser, base_url):
    page = browser.new_context(java_script_enabled=False, base_url=base_url, locale="nl-NL").new_page()
    page.goto("/kennisbank/")
    page.get_by_label("Zoek in praktijkvoorbeelden").fill("sensroen")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.locator(".cards > li")).to_have_count(2)
    page.get_by_role("link", name="sensoren", exact=True).click()
    expect(page.locator("mark").first).to_be_visible()
