"""Signing as it goes: left and gone on with, pressed twice, somebody was first, a partnership and its municipality."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alliance.models import Signature
from tests import factories
from tests.browser.person import Person
from tests.browser.post import links
from tests.browser.signing import step

LANGUAGES = [("nl", True), ("en", False)]
MAILBOX = "vera@amersfoort.example"
DECIDED_ON = (timezone.localdate() - timedelta(days=14)).isoformat()


@pytest.fixture
def register(transactional_db):
    """A text in force and three municipalities, one of which is also called otherwise."""
    factories.ThemeFactory.create_batch(2)
    for name in ("Amersfoort", "Baarn"):
        factories.OrganisationFactory(name=name, slug=name.lower(), email_domains=[f"{name.lower()}.example"])
    factories.OrganisationFactory(
        name="'s-Hertogenbosch",
        slug="s-hertogenbosch",
        aliases=["Den Bosch"],
        email_domains=["bosch.example"],
    )
    return factories.DeclarationFactory()


@pytest.fixture(params=LANGUAGES, ids=["with-scripts", "without"])
def at_browser(request, person, register):
    """Opens a browser in both languages, with and without scripts."""
    language, scripts = request.param
    return lambda **options: person(language=language, java_script_enabled=scripts, **options)


def begin(aide: Person) -> None:
    aide.open("/steunverklaring/ondertekenen/")
    aide.press("Begin signing")


def about_me(aide: Person, mailbox: str = MAILBOX) -> None:
    step(aide, "About you", signer_name="Vera Vermeer", signer_function="Wethouder", signer_email=mailbox)


def to_the_end(aide: Person) -> None:
    step(aide, "The decision to sign", mandate_by="College", mandate_on=DECIDED_ON)
    step(aide, "What your organisation brings", contributes=["knowledge"])
    aide.sees_heading("Check and sign")
    aide.fill(accepts=True)


def test_signing_is_left_and_gone_on_with_on_a_phone(at_browser, postman):
    aide = at_browser()
    begin(aide)
    step(aide, "Your organisation", organisation_name="den bosch")
    about_me(aide)
    aide.fill(mandate_by="College van B en W", mandate_on="2999-01-01")
    aide.press("Save and go on later")
    aide.sees_heading("Go on later")
    aide.check()
    expect(aide.main.locator("[name=email]")).to_have_value(MAILBOX)
    aide.press("Mail me the link")
    aide.check()
    (link,) = links(postman.deliver_to(MAILBOX))

    phone = at_browser(viewport={"width": 360, "height": 740})
    phone.page.goto(link)
    phone.sees_heading("The decision to sign")
    expect(phone.main.locator("[name=mandate_by]")).to_have_value("College van B en W")
    phone.press("Next")
    phone.sees("The date of the decision cannot be in the future.")
    phone.check()
    phone.fill(mandate_on=DECIDED_ON)
    phone.press("Next")
    phone.press("Next")
    phone.sees("'s-Hertogenbosch")
    phone.check()
    phone.fill(accepts=True)
    phone.press("Sign the declaration of support")
    phone.sees_heading("Look in your mailbox")
    signature = Signature.objects.get()
    assert (signature.organisation.name, signature.mandate_by) == ("'s-Hertogenbosch", "College van B en W")
    aide.page.goto(link)  # the first screen, still open
    aide.sees_heading("Look in your mailbox")


def test_signing_with_the_session_gone_and_pressed_twice_is_one_signature(at_browser, postman):
    aide = at_browser()
    begin(aide)
    step(aide, "Your organisation", organisation_name="Amersfoort")
    aide.page.context.clear_cookies()
    aide.page.reload()
    about_me(aide)
    to_the_end(aide)
    button = aide.main.get_by_role("button", name=aide.text("Sign the declaration of support"))
    button.dblclick()
    aide.sees_heading("Look in your mailbox")
    aide.page.go_back()
    if aide.main.locator("[name=accepts]").count():  # as the browser kept it
        aide.fill(accepts=True)
        aide.press("Sign the declaration of support")
    aide.sees_heading("Look in your mailbox")
    assert Signature.objects.count() == 1
    assert len(postman.deliver()) == 1
    aide.press("Mail me again")
    aide.sees_heading("Look in your mailbox")
    aide.check()
    first, second = Signature.objects.get(), postman.deliver_to(MAILBOX)
    aide.page.goto(links(second)[0])
    aide.press("Confirm my signature")
    first.refresh_from_db()
    assert first.status == "submitted"


def test_second_signer_of_an_organisation_is_shown_the_other_ways(at_browser):
    amersfoort = factories.Organisation.objects.get(name="Amersfoort")
    factories.SignatureFactory(organisation=amersfoort, published=True)
    aide = at_browser()
    begin(aide)
    step(aide, "Your organisation", organisation_name="Gemeente Amersfoort")
    aide.sees_heading("Your organisation already signed")
    aide.check()
    aide.follow("Back to the name of the organisation")
    expect(aide.main.locator("[name=organisation_name]")).to_have_value(re.compile("Amersfoort"))
    aide.press("Next")
    aide.follow("See what the organisation signed")
    aide.sees_heading("Amersfoort")
    aide.page.go_back()
    aide.follow("Become co-signer or representative")
    aide.sees_heading("Sign in")  # and then the request for access
    aide.check()
    assert Signature.objects.count() == 1


def test_organisation_that_looks_like_a_signatory_may_go_on(at_browser):
    alike = factories.OrganisationFactory(name="Lantaarnwerk", kind="company", place="Ede", in_register=False)
    factories.SignatureFactory(organisation=alike, published=True)
    aide = at_browser()
    begin(aide)
    aide.fill(organisation_name="Lantaarnwrek")
    aide.press("Next")
    aide.sees("We do not know this organisation. Did you mean %(name)s?", name="Lantaarnwerk")
    aide.check()
    aide.fill(kind="company", place="Epe")
    aide.press("Next")
    aide.sees_heading("Has your organisation already signed?")
    aide.check()
    aide.press("Ours is another organisation")
    about_me(aide, "vera@lantaarnwrek.example")
    to_the_end(aide)
    aide.check()
    aide.press("Sign the declaration of support")
    aide.sees_heading("Look in your mailbox")
    names = Signature.objects.order_by("pk").values_list("organisation__name", flat=True)
    assert list(names) == ["Lantaarnwerk", "Lantaarnwrek"]


def test_free_mail_asks_for_the_document_and_nothing_typed_is_lost(at_browser, tmp_path):
    aide = at_browser()
    begin(aide)
    step(aide, "Your organisation", organisation_name="Amersfoort")
    about_me(aide, "vera@gmail.com")
    aide.sees("Please add the document of the decision")
    aide.fill(mandate_by="College", mandate_on=DECIDED_ON)
    aide.press("Next")
    aide.sees("Something is not right yet")
    aide.check()
    wrong, right = tmp_path / "besluit.pdf", tmp_path / "goed.pdf"
    wrong.write_bytes(b"<html>geen pdf</html>")
    right.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    aide.main.locator("[name=document]").set_input_files(wrong)
    aide.press("Next")
    aide.sees("Something is not right yet")
    expect(aide.main.locator("[name=mandate_by]")).to_have_value("College")
    aide.main.locator("[name=document]").set_input_files(right)
    aide.press("Next")
    aide.sees_heading("What your organisation brings")
    aide.press("Back")
    aide.sees("A document is kept")
    aide.check()


def test_partnership_signs_and_its_municipality_joins(at_browser, postman):
    aide = at_browser()
    begin(aide)
    aide.unfold("My organisation is not in the list")
    aide.fill(organisation_name="De Drie Torens", kind="partnership", place="Baarn", province="utrecht")
    aide.press("Next")
    aide.sees_heading("Municipalities")
    aide.fill(**{"form-0-name": "Baarn", "form-0-email": "geen adres"})
    aide.press("Next")
    aide.check()
    aide.fill(**{"form-0-email": "griffie@baarn.example"})
    aide.press("Next")
    about_me(aide, "vera@drietorens.example")
    to_the_end(aide)
    aide.sees("griffie@baarn.example")
    aide.press("Sign the declaration of support")
    aide.page.goto(links(postman.deliver_to("vera@drietorens.example"))[0])
    aide.press("Confirm my signature")

    clerk = at_browser()
    (link,) = links(postman.deliver_to("griffie@baarn.example"))
    clerk.page.goto(link)
    clerk.sees_heading("Does your municipality join?")
    clerk.press("Join and sign")
    clerk.sees("Something is not right yet")
    clerk.check()
    clerk.fill(
        signer_name="Bas Bakker",
        signer_function="Burgemeester",
        mandate_by="College",
        mandate_on=DECIDED_ON,
        accepts=True,
    )
    clerk.press("Join and sign")
    clerk.check()
    clerk.page.goto(link)  # pressed again: the same
    clerk.check()
    assert set(Signature.objects.values_list("organisation__name", "status")) == {
        ("De Drie Torens", "submitted"),
        ("Baarn", "submitted"),
    }
