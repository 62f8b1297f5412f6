"""Passkeys under the strict Content-Security-Policy, with a device that Chromium pretends to have."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def passkey_device(page, watch):
    """A device with a passkey store; gives a function that says whether its owner is recognised."""
    watch.over(page.context)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    number = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def recognise(owner: bool) -> None:
        options = {"authenticatorId": number, "isUserVerified": owner}
        devtools.send("WebAuthn.setUserVerified", options)

    return recognise


@pytest.fixture
def member(page, live_server, client):
    """Staff without a second step, signed in."""
    user = factories.UserFactory(is_staff=True, roles=["secretariat"], password="!")  # signs in by code
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return user


def test_staff_adds_a_passkey_and_signs_in_with_it(page, live_server, member, passkey_device):
    page.goto(f"{live_server.url}/en/beheer/mail/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add passkey").click()
    page.get_by_role("link", name="Go on to the workspace").click()
    expect(page).to_have_url(f"{live_server.url}/en/beheer/mail/")

    page.locator("summary", has_text="Account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/en/account/login/?next=/en/beheer/mail/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{live_server.url}/en/beheer/mail/")


def test_passkey_is_the_second_step_after_a_code(page, live_server, member, passkey_device):
    page.goto(f"{live_server.url}/en/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Add passkey").click()
    expect(page).to_have_url(re.compile("recovery-codes"))

    page.goto(f"{live_server.url}/en/account/2fa/webauthn/reauthenticate/?next=/en/beheer/mail/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{live_server.url}/en/beheer/mail/")


def test_device_that_does_not_know_its_owner_is_told_in_words(page, live_server, member, passkey_device):
    passkey_device(owner=False)
    page.goto(f"{live_server.url}/en/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Add passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work")


def test_without_scripts_the_page_says_so(browser, live_server, member, page):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/en/account/2fa/webauthn/add/")

    expect(plain.get_by_text("Your browser does not support passkeys")).to_be_visible()
    expect(plain.get_by_role("button", name="Add passkey")).to_be_hidden()
    context.close()
