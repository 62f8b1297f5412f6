"""Buttons pressed by who is signed out, and their addresses opened as if they were pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests import factories
from tests.conftest import signed_in

LOST = "Uw formulier is niet verstuurd"


@pytest.fixture
def practice(db):
    return factories.PracticeFactory()


@pytest.mark.parametrize("query", ["", "?a=1&b=2"])
def test_who_was_signed_out_goes_on_at_the_page_of_the_button(visitor, practice, query):
    page = practice.get_absolute_url() + query
    keep = reverse("knowledgebase:practice_keep", args=[practice.slug])

    answer = visitor.post(keep, headers={"referer": f"http://testserver{page}"})

    address = urlsplit(answer.url)
    assert (answer.status_code, address.path) == (302, reverse("account_login"))
    assert parse_qs(address.query)["next"] == [page]
    assert LOST in visitor.get(answer.url).text


@pytest.mark.parametrize("referer", ["", "https://evil.example/kennisbank/"])
def test_page_elsewhere_is_not_gone_back_to(visitor, practice, referer):
    keep = reverse("knowledgebase:practice_keep", args=[practice.slug])

    answer = visitor.post(keep, headers={"referer": referer} if referer else {})

    assert parse_qs(urlsplit(answer.url).query)["next"] == [keep]


def test_who_follows_a_link_to_sign_in_lost_nothing(visitor, practice):
    page = practice.get_absolute_url()

    answer = visitor.get(
        f"{reverse('account_login')}?next={page}", headers={"referer": f"http://testserver{page}"}
    )

    assert LOST not in answer.text


def test_answer_to_who_is_signed_in_stays(practice):
    member = signed_in(factories.UserFactory())

    answer = member.post(reverse("knowledgebase:practice_keep", args=[practice.slug]))

    assert answer.url == practice.get_absolute_url()


@pytest.mark.parametrize(("language", "said"), [("", "hoort bij een knop"), ("/en", "belongs to a button")])
def test_address_of_a_button_says_that_it_is_no_page(practice, language, said):
    member = signed_in(factories.UserFactory())

    answer = member.get(f"{language}/kennisbank/{practice.slug}/bewaren/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert said in answer.text
