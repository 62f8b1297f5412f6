"""Take part and plan: a full house and the place that comes free, on a phone; and a quarter planned by staff."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fieldlabs.actions.registration import cancel_registration
from fieldlabs.models import Fieldlab, Registration
from tests import factories
from tests.browser.post import links

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
VERA = "vera@ede.example"


@pytest.fixture
def staff():
    return factories.UserFactory(name="Pim Peters", is_staff=True, roles=["programme"])


@pytest.fixture
def full():
    """One place, taken."""
    factories.OrganisationFactory(name="Ede")
    fieldlab = factories.FieldlabFactory(slug="voorjaar", title_nl="Voorjaar", title_en="Spring", capacity=1)
    factories.RegistrationFactory(fieldlab=fieldlab, name="Bas Bakker")
    return fieldlab


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_full_house_and_the_place_that_comes_free(person, postman, full, scripts):
    """Without an account, on a phone: register, wait, hear of the place, take it, and give it up."""
    vera = person(java_script_enabled=scripts, **PHONE)
    vera.open("/fieldlabs/voorjaar/")
    vera.sees("All places are taken; you come on the waiting list.")
    vera.check()
    vera.follow("Register")
    vera.check()
    vera.fill(name="Vera Vos", email=VERA, organisation_name="Ede", access="Een helling")
    vera.press("Register")
    vera.sees_heading("Look in your mailbox")
    vera.check()
    own = links(postman.deliver_to(VERA))[0]
    vera.open(own)
    vera.sees_heading("Confirm your registration")
    vera.check()
    vera.press("Confirm my registration")
    vera.sees("You are on the waiting list")
    vera.check()

    postman.deliver()
    cancel_registration(registration=Registration.objects.get(name="Bas Bakker"))
    message = postman.deliver_to(VERA)
    assert message.subject == vera.text("There is a place for you: %(title)s", title="Voorjaar")
    vera.open(links(message)[0])
    vera.sees("There is a place for you")
    vera.check()
    vera.press("Take the place")
    vera.sees("Show this code at the door. Your name is enough too.")
    vera.check()
    vera.unfold("I cannot come")
    vera.press("Cancel my registration")
    vera.is_told("Your registration is cancelled, and your name and address are erased.")
    assert set(Registration.objects.values_list("name", "email")) == {("", "")}


def test_quarter_is_planned_and_moved(person, postman, staff):
    """The board fills the gaps; one fieldlab gets a programme, is announced, and moves with who counts on it."""
    pim = person(staff)
    pim.open("/beheer/fieldlabs/jaar/")
    pim.check()
    pim.press("Fill the coming four quarters now")
    assert Fieldlab.objects.filter(status="draft").count() == 4
    first = Fieldlab.objects.earliest("starts_at")
    pim.open(f"/beheer/fieldlabs/{first.slug}/programma/")
    pim.check()
    pim.follow("Add a part")
    pim.check()
    start = timezone.localtime(first.starts_at)
    pim.fill(
        kind="track",
        title_nl="Spoor water",
        starts_at=f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        ends_at=f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}",
    )
    pim.press("Save")
    pim.sees("Spoor water")
    pim.open(f"/fieldlabs/{first.slug}/")
    pim.press("Announce")
    pim.press("Open registration")
    factories.RegistrationFactory(fieldlab=first, email=VERA)
    pim.unfold("More")
    pim.follow("Move")
    pim.check()
    day = start.date() + timedelta(days=7)
    pim.fill(starts_on=day.isoformat(), reason="De zaal is bezet.")
    pim.press("Move")
    first.refresh_from_db()
    assert timezone.localtime(first.starts_at).date() == day
    assert "De zaal is bezet." in postman.deliver_to(VERA).body


def test_door_on_a_phone(person, staff, full):
    pim = person(staff, **PHONE)
    pim.open("/beheer/fieldlabs/voorjaar/inchecken/")
    pim.check()
    pim.press("Is here")
    pim.is_told("%(name)s is here.", name="Bas Bakker")
    expect(pim.main.get_by_role("button", name=pim.text("Not here after all"))).to_be_visible()
