"""An organisation was merged into another: links in old mails lead to the one that stays."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(representative):
    """What the organisation of the representative was called before."""
    type(representative.organisation).objects.filter(pk=representative.organisation.pk).update(
        slug="nu", former_slugs=["vroeger"]
    )


@pytest.mark.parametrize(
    "page", ["/mijn/{}/", "/mijn/{}/mensen/", "/mijn/{}/profiel/", "/organisaties/{}/toegang/"]
)
def test_old_address_leads_to_the_same_page_of_today(representative, moved, page):
    answer = representative.get(page.format("vroeger"))
    assert (answer.status_code, answer.url) == (302, page.format("nu"))
    english = representative.get("/en" + page.format("vroeger"))
    assert english.url == "/en" + page.format("nu")


def test_old_address_of_staff_leads_on_too(secretariat, moved):
    assert secretariat.get("/beheer/organisaties/vroeger/").url == "/beheer/organisaties/nu/"


def test_old_address_gives_no_right(stranger, moved):
    assert stranger.get("/mijn/vroeger/", follow=True).status_code == 403
    assert stranger.get("/beheer/organisaties/vroeger/", follow=True).status_code == 403


def test_old_address_of_what_nobody_may_see_is_not_there(stranger):
    factories.OrganisationFactory(slug="geheim", former_slugs=["vroeger"], in_register=False, kind="company")
    assert stranger.get("/mijn/vroeger/").status_code == 404


def test_nothing_is_changed_at_an_old_address(representative, moved):
    assert representative.post("/mijn/vroeger/profiel/").status_code == 404
    assert representative.get("/mijn/nooit/").status_code == 404
