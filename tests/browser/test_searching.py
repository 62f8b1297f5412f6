"""Searching with the keyboard, back and forward through what was narrowed, and without a script."""

import re

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


def test_suggestions_close_when_the_search_is_sent(person, practices):
    page = opened(person, "/kennisbank/")
    field = page.get_by_role("combobox", name="Zoek in praktijkvoorbeelden")
    field.press_sequentially("sens")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("Enter")
    page.wait_for_url("**/kennisbank/?q=sens")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)


def test_suggestions_are_groups_that_are_named_and_counted(person, practices):
    factories.TagFactory(name="Sensor", slug="sensor", is_curated=True)
    factories.OrganisationFactory(name="Sensorstad", slug="sensorstad")
    page = opened(person, "/zoeken/")
    field = page.get_by_role("combobox", name="Doorzoek het hele portaal")
    field.press_sequentially("sens")
    for name, number in (("Praktijkvoorbeelden", 2), ("Trefwoorden", 1), ("Organisaties", 1)):
        expect(page.get_by_role("group", name=name).get_by_role("option")).to_have_count(number)
    expect(page.get_by_role("listbox")).to_have_accessible_name("Doorzoek het hele portaal")
    expect(page.get_by_role("status").filter(has_text="4 suggesties")).to_have_count(1)
    assert violations(page) == []


def test_arrows_go_round_and_open_what_was_closed(person, practices):
    page = opened(person, "/zoeken/")
    field = page.get_by_role("combobox")
    field.press_sequentially("sens")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")  # past the last one is the field itself
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("sens")
    field.press("ArrowDown")
    expect(options).to_have_count(2)
    field.press("Tab")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches(person, practices):
    page = opened(person, "/zoeken/")
    field = page.get_by_role("combobox")
    field.press_sequentially("sens")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("Enter")
    page.wait_for_url("**/zoeken/?q=sens")


def test_back_and_forward_go_through_searches(person, practices):
    page = opened(person, "/kennisbank/?q=sensoren")
    expect(page.locator("mark").first).to_be_visible()
    page.goto(f"{page.url}&phase=pilot")
    expect(page.locator(".cards > li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".cards > li")).to_have_count(2)
    page.go_forward()
    expect(page.locator(".cards > li")).to_have_count(1)


@pytest.mark.parametrize(
    "address",
    [
        "/kennisbank/?q=sensor",
        "/zoeken/?q=sensor",
        "/zoeken/?q=qqqqq",
        "/kennisbank/?q=qqqqq",
        "/zoeken/?q=sensroen",
    ],
)
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


def test_editor_pins_a_result_by_keyboard_and_visitors_see_it(person, practices):
    editor = factories.UserFactory(is_staff=True, roles=["editor"])
    factories.give_second_factor(editor)
    somebody = person(editor)
    somebody.open("/beheer/zoekwoorden/uitgelicht/nieuw/?q=sensoren")
    page = somebody.page
    page.get_by_role("button", name=re.compile("Zet bovenaan.*containers")).press("Enter")
    page.get_by_role("button", name="Uitproberen zonder opslaan").press("Enter")
    expect(page.locator("#effects")).to_contain_text("Sensoren in containers")
    assert violations(page) == []
    page.get_by_role("button", name="Opslaan", exact=True).press("Enter")
    page.wait_for_url("**/uitgelicht/")
    visitor = opened(person, "/kennisbank/?q=sensor")
    expect(visitor.locator(".cards > li").first).to_contain_text("Uitgelicht door de redactie")
    expect(visitor.locator(".cards > li").first).to_contain_text("Sensoren in containers")
