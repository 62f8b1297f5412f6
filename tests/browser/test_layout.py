"""Without scripts, on a phone and on paper."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS
from knowledgebase.models import Practice
from tests import factories

KNOWLEDGE = HELIX_KINDS["knowledge"]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def reader(person, transactional_db):
    """A visitor of the sample alliance whose browser runs no scripts."""
    call_command("load_sample", verbosity=0)
    call_command("rebuild_search", stdout=StringIO())  # no worker runs here
    return person(java_script_enabled=False)


def test_menu_of_a_phone_opens_without_scripts(reader):
    reader.page.set_viewport_size(PHONE)
    reader.open("/")
    link = reader.page.locator(".main-nav").get_by_role("link", name=reader.text("Fieldlabs"))
    expect(link).to_be_hidden()
    reader.page.locator(".site-menu__summary").click()
    expect(link).to_be_visible()
    reader.check()
    link.click()
    reader.sees_heading("Fieldlabs")
    expect(reader.page.locator(".main-nav [aria-current]")).to_have_text(reader.text("Fieldlabs"))


def test_menu_of_a_desk_stands_open(reader):
    reader.open("/")
    expect(reader.page.locator(".main-nav").get_by_role("link")).to_have_count(5)
    expect(reader.page.locator(".site-menu__summary")).to_be_hidden()
    expect(reader.page.locator(".main-nav").get_by_role("link").first).to_be_visible()


def test_header_of_who_may_do_everything_is_one_row(person):
    administrator = person(factories.UserFactory(is_superuser=True, is_staff=True), java_script_enabled=False)
    administrator.open("/beheer/logboek/")
    tops = "links => new Set(links.map(link => Math.round(link.getBoundingClientRect().bottom / 20))).size"
    shown = ":is(a, summary):visible"
    assert administrator.page.locator(f".site-header__content {shown}").evaluate_all(tops) == 1
    assert administrator.page.locator(f".section-nav {shown}").evaluate_all(tops) == 1
    expect(administrator.page.get_by_role("button", name=administrator.text("Sign out"))).to_be_hidden()
    for _open_and_close in range(2):
        administrator.page.locator(".account-menu__summary").click()
    administrator.page.locator(".section-nav__more summary").click()
    administrator.check()
    administrator.page.set_viewport_size(PHONE)
    tabs = administrator.page.locator(".section-nav__list").get_by_role("link")
    expect(tabs.first).to_be_hidden()
    administrator.page.locator(".section-nav__summary").click()
    expect(tabs.first).to_be_visible()
    expect(tabs.last).to_be_visible()
    administrator.check()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 360)], ids=["with-scripts", "without"])
def test_filters_narrow_the_list_and_keep_the_search(person, reader, scripts, width):
    practices = Practice.objects.published()
    finder = person(java_script_enabled=scripts, viewport={"width": width, "height": 800})
    finder.open("/kennisbank/?q=gemeente")
    if width == 360:
        finder.main.locator(".filter__summary").click()
    finder.main.locator("#facet-phase > summary").click()
    finder.fill(phase=["stopped"])
    if not scripts:  # with scripts the list follows each choice
        finder.press("Show results")
    expect(finder.page).to_have_url(re.compile(r"\?(?=.*\bq=gemeente\b)(?=.*\bphase=stopped\b)"))
    found = set(practices.filter(phase="stopped").search("gemeente").values_list("title", flat=True))
    assert 0 < len(found) < practices.search("gemeente").count()
    cards = finder.main.locator("#results .card__link")
    expect(cards).to_have_count(len(found))
    assert set(cards.all_inner_texts()) == found
    finder.check()
    finder.page.reload()
    expect(cards).to_have_count(len(found))


def test_signatories_are_filtered_without_scripts(reader):
    reader.open("/ondertekenaars/")
    reader.fill(helix=["knowledge"])
    reader.press("Show results")
    names = {
        organisation.name for organisation in Organisation.objects.signatories().filter(kind__in=KNOWLEDGE)
    }
    assert set(reader.main.locator(".card__link").all_inner_texts()) == names


def test_language_switch_keeps_the_page(reader):
    switch = reader.page.locator(".language-switch")
    for path in ("/kennisbank/?q=laden&phase=pilot", "/organisaties/duinbeek/", "/steunverklaring/"):
        reader.open(path)
        switch.get_by_role("link", name="EN").click()
        expect(reader.page).to_have_url(re.compile(rf"/en{re.escape(path)}$"))
        expect(reader.page.locator("html")).to_have_attribute("lang", "en")
        switch.get_by_role("link", name="NL").click()
        expect(reader.page).to_have_url(re.compile(rf"(?<!/en){re.escape(path)}$"))
        expect(reader.page.locator("html")).to_have_attribute("lang", "nl")


def test_language_switch_keeps_the_person(person):
    user = factories.UserFactory()
    member = person(user, java_script_enabled=False)
    member.open("/mijn/")
    member.page.locator(".language-switch").get_by_role("link", name="EN").click()
    expect(member.page).to_have_url(re.compile(r"/en/mijn/$"))
    expect(member.main).to_contain_text(user.email)


def test_paper_shows_the_practice_and_not_the_site(reader):
    reader.page.emulate_media(media="print", color_scheme="dark")
    reader.open("/kennisbank/parkeersensoren-laadplekken/")
    practice = Practice.objects.get(slug="parkeersensoren-laadplekken")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(practice.title)
    for shown in ("h1", "main .nl-paragraph--lead", ".thread", "#cost", "#shortfall", "#adoptions"):
        expect(reader.page.locator(shown)).to_be_visible()
    for hidden in (".site-menu", ".site-footer", ".utrecht-breadcrumb-nav", ".nl-skip-link"):
        expect(reader.page.locator(hidden)).to_be_hidden()
    style = "getComputedStyle(document.body)"
    assert reader.page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    ink = re.findall(r"\d+", reader.page.evaluate(f"{style}.color"))
    assert max(map(int, ink)) < 96  # dark, also for who reads in the dark
    assert len(reader.page.pdf()) > 10_000
