"""A button that is pressed while signed out: back to its page, and told to press it again."""

import pytest
from django.test import Client

from smartsociety.core.models import Mail
from smartsociety.core.second_factor import SHOWN_KEY
from tests import factories
from tests.core.test_accounts import PASSWORD, code_in
from tests.pages import messages_of, shown

BUTTON = "/en/kennisbank/mijn/volgen/1/"  # changes by POST only
PAGE = "/en/kennisbank/?q=water&page=2"
SIGN_IN = "/en/account/login/?next=/en/kennisbank/%3Fq%3Dwater%26page%3D2"
WAITS = "Nothing was changed yet: you are not signed in"
AGAIN = [("warning", "Nothing was changed yet. Press the button once more.")]


def pressed(client, button=BUTTON, *, on=f"http://testserver{PAGE}", **headers):
    return client.post(button, headers={"Referer": on, **headers})


@pytest.mark.parametrize(
    ("on", "signing_in"),
    [
        (f"http://testserver{PAGE}", SIGN_IN),
        ("http://evil.example/en/kennisbank/", f"/en/account/login/?next={BUTTON}"),
        ("javascript:alert(1)", f"/en/account/login/?next={BUTTON}"),
        ("", f"/en/account/login/?next={BUTTON}"),
    ],
)
def test_button_leads_by_way_of_sign_in_to_its_page(visitor, on, signing_in):
    assert pressed(visitor, on=on).url == signing_in


def test_page_that_asks_to_sign_in_leads_to_itself(visitor):
    came_by = {"Referer": "http://testserver/en/privacy/"}
    assert visitor.get("/en/mijn/", headers=came_by).url == "/en/account/login/?next=/en/mijn/"


@pytest.mark.parametrize("button", ["/en/beheer/mail/1/opnieuw/", "/beheer/bestaat-niet/"])
def test_button_of_staff_leads_to_its_page_too(visitor, button):
    language = "/en" if button.startswith("/en/") else ""
    answer = pressed(visitor, button, on="http://testserver/beheer/mail/?page=2")
    assert answer.url == f"{language}/account/login/?next=/beheer/mail/%3Fpage%3D2"


def test_staff_come_back_to_the_page_of_the_button_after_making_a_second_factor(db):
    client = Client()
    client.force_login(factories.UserFactory(is_staff=True))
    pressed(client, "/en/beheer/mail/1/opnieuw/", on="http://testserver/en/beheer/mail/")
    assert client.session["second_factor_next"] == "/en/beheer/mail/"


def test_staff_whose_session_did_not_show_the_factor_come_back_to_the_page(secretariat):
    stored = secretariat.session
    del stored[SHOWN_KEY]
    stored.save()
    answer = pressed(secretariat, "/en/beheer/mail/1/opnieuw/", on="http://testserver/en/beheer/mail/")
    assert answer.url == "/en/account/2fa/reauthenticate/?next=/en/beheer/mail/"


def test_sign_in_says_that_nothing_was_changed_even_after_a_mistake(visitor):
    address = pressed(visitor).url
    assert WAITS in shown(visitor.get(address))
    assert WAITS in shown(visitor.post("/en/account/login/", {"login": "geen adres", "next": PAGE}))


@pytest.mark.parametrize("came_from", ["/en/mijn/", "/en/privacy/"])
def test_sign_in_for_a_page_speaks_of_no_button(visitor, came_from):
    page = visitor.get(
        "/en/account/login/?next=/en/mijn/", headers={"Referer": f"http://testserver{came_from}"}
    )
    assert (WAITS in shown(page), "What you chose is kept" in shown(page)) == (False, True)


def test_who_comes_back_is_told_once_to_press_again(visitor):
    user = factories.UserFactory()
    first = visitor.post(pressed(visitor).url, {"login": user.email, "next": PAGE})
    second = visitor.post(first.url, {"code": code_in(Mail.objects.get()), "next": PAGE})
    assert second.url == PAGE
    assert AGAIN[0][1] in shown(visitor.get(PAGE))
    assert AGAIN[0][1] not in shown(visitor.get(PAGE))


def test_who_signs_in_for_something_else_is_not_told(visitor):
    user = factories.UserFactory()
    user.set_password(PASSWORD)
    user.save()
    pressed(visitor)
    answer = visitor.post("/en/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/en/mijn/"
    assert [words for kind, words in messages_of(answer) if kind == "warning"] == []
    assert "button_waits_on" not in visitor.session


def test_draft_that_saves_itself_is_no_button(visitor):
    answer = pressed(visitor, "/en/kennisbank/indienen/", **{"X-Autosave": "1"})
    assert answer.url == "/en/account/login/?next=/en/kennisbank/indienen/"
    assert "button_waits_on" not in visitor.session


def test_address_of_a_button_says_that_there_is_nothing_to_read(stranger):
    page = stranger.get(BUTTON)
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "Go back to that page and press the button once more." in shown(page)


def test_page_that_is_only_read_refuses_a_form_in_its_own_language(visitor):
    page = visitor.post("/privacy/")
    assert (page.status_code, '<html lang="nl"' in page.text) == (405, True)
