"""Signing with the keyboard alone."""

import pytest
from playwright.sync_api import Locator, expect

from alliance.models import Organisation, Signature
from tests import factories
from tests.browser.person import Person

# Where the focus is, whether one sees it, and whether it is on the screen and not under something else.
# A part of a field that the browser draws itself, the calendar of a date, has the browser's own ring.
FOCUS = """() => {
    const focused = document.activeElement;
    const style = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)];
    const above = document.elementFromPoint(x, y);
    return {
        element: focused.outerHTML.slice(0, 120),
        ring: !focused.matches(":focus") || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inView: inside && (focused.contains(above) || above?.contains(focused)),
    };
}"""


@pytest.fixture
def declaration(transactional_db):
    factories.ThemeFactory.create_batch(3)
    factories.OrganisationFactory(name="Amersfoort", slug="amersfoort")
    return factories.DeclarationFactory()


@pytest.fixture
def typist(person, declaration, request) -> Person:
    """Somebody who has no mouse, before the form."""
    typist = person(language=getattr(request, "param", "nl"))
    typist.open("/steunverklaring/ondertekenen/")
    return typist


def tab(typist: Person) -> None:
    """To the next thing, which shows that it has the focus."""
    typist.page.keyboard.press("Tab")
    focus = typist.page.evaluate(FOCUS)
    assert focus["ring"], focus
    assert focus["inView"], focus


def tab_to(typist: Person, wanted: Locator) -> None:
    """On, until there."""
    for _stop in range(80):
        tab(typist)
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not lead to {wanted}")


def field(typist: Person, name: str) -> Locator:
    return typist.main.locator(f'[name="{name}"]').first


def type_in(typist: Person, **fields: str) -> None:
    """Fields in the order in which they come; a space ticks a box."""
    for name, text in fields.items():
        tab_to(typist, field(typist, name))
        typist.page.keyboard.type(text)


def press(typist: Person, label: str) -> None:
    """A button of the page, by the Enter key; the answer has arrived after this."""
    tab_to(typist, typist.main.get_by_role("button", name=typist.text(label), exact=True))
    with typist.page.expect_navigation():
        typist.page.keyboard.press("Enter")


def begin(typist: Person) -> None:
    """From the explanation to the first question."""
    press(typist, "Begin signing")
    typist.sees_heading("Your organisation")


def on(typist: Person, heading: str, **fields: str) -> None:
    """Fill in a step, and on to the next."""
    typist.sees_heading(heading)
    type_in(typist, **fields)
    press(typist, "Next")


@pytest.mark.parametrize("typist", ["nl", "en"], indirect=True)  # a date is typed in another order
def test_keyboard_is_enough_to_sign(typist):
    begin(typist)
    on(typist, "Your organisation", organisation_name="Amersfoort")
    on(
        typist,
        "About you",
        signer_name="Vera Vermeer",
        signer_function="Wethouder",
        signer_email="vera@amersfoort.nl",
    )
    on(
        typist,
        "The decision to sign",
        mandate_by="College van burgemeester en wethouders",
        mandate_on="05052026",  # the same in both orders of day and month
    )
    on(
        typist,
        "What your organisation brings",
        contributes=" ",
        themes=" ",
        statement="Wij willen leren van anderen.",
    )
    typist.sees_heading("Check and sign")
    type_in(typist, publish_name=" ", accepts=" ")
    press(typist, "Sign the declaration of support")
    typist.sees_heading("Look in your mailbox")
    signature = Signature.objects.get()
    assert (signature.organisation.name, str(signature.mandate_on)) == ("Amersfoort", "2026-05-05")
    assert (signature.publish_name, signature.contributes, signature.themes.count()) == (True, ["product"], 1)


def test_keyboard_skips_to_the_content(typist):
    typist.page.keyboard.press("Tab")
    skip = typist.page.get_by_role("link", name=typist.text("Skip to the content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    typist.page.keyboard.press("Enter")
    expect(typist.main).to_be_focused()
    tab(typist)
    assert typist.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_keyboard_reaches_what_is_wrong_and_nothing_typed_is_lost(typist):
    begin(typist)
    type_in(typist, organisation_name="Amersvoort")
    press(typist, "Next")
    summary = typist.main.locator(".error-summary")
    expect(summary).to_be_focused()
    typist.sees("We do not know this organisation. Did you mean %(name)s?", within=summary, name="Amersfoort")
    expect(field(typist, "organisation_name")).to_have_value("Amersvoort")
    summary.locator('a[href="#id_organisation_name"]').press("Enter")
    typist.page.keyboard.press("ControlOrMeta+a")
    typist.page.keyboard.type("Amersfoort")
    press(typist, "Next")

    typist.sees_heading("About you")
    typed = {"signer_name": "Vera Vermeer", "signer_email": "vera"}
    type_in(typist, **typed)
    press(typist, "Next")
    expect(summary).to_be_focused()
    typist.sees("Something is not right yet", within=summary)
    typist.check()
    for name, text in typed.items():
        expect(field(typist, name)).to_have_value(text)
    for name in ("signer_function", "signer_email"):
        link = summary.locator(f'a[href="#id_{name}"]')
        message = typist.main.locator(f"#{field(typist, name).get_attribute('aria-describedby').split()[-1]}")
        assert field(typist, name).get_attribute("aria-invalid") == "true"
        assert message.is_visible()
        link.press("Enter")
        expect(field(typist, name)).to_be_focused()
    assert not Signature.objects.exists()
    assert Organisation.objects.count() == 1


def test_keyboard_opens_and_leaves_the_menu_of_a_phone(person, declaration):
    reader = person(viewport={"width": 360, "height": 740})
    reader.open("/")
    tab_to(reader, reader.page.locator(".site-menu__summary"))
    reader.page.keyboard.press("Enter")
    tab_to(reader, reader.page.locator(".main-nav").get_by_role("link", name=reader.text("Knowledge base")))
    reader.page.keyboard.press("Enter")
    reader.sees_heading("Knowledge base")
