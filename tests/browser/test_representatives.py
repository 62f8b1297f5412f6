"""Who acts for an organisation: the first representative, the second, and leaving."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from alliance.models import Membership, Organisation
from smartsociety.core.models import User
from tests import factories
from tests.browser.person import Person
from tests.browser.post import links

LANGUAGES = [("nl", True), ("en", False)]
COLLEAGUE = "kees@zwolle.example"


@pytest.fixture
def zwolle(transactional_db) -> Organisation:
    """A signatory, represented by Zoë."""
    zwolle = factories.OrganisationFactory(name="Zwolle", slug="zwolle", website="https://www.zwolle.example")
    factories.SignatureFactory(
        organisation=zwolle, published=True, signer_name="Zoë Zomer", publish_name=True
    )
    factories.MembershipFactory(organisation=zwolle, user__email="zoe@zwolle.example", user__name="Zoë Zomer")
    return zwolle


@pytest.mark.parametrize(("language", "scripts"), LANGUAGES, ids=["with-scripts", "without"])
def test_representative_keeps_the_place_invites_hands_over_and_the_next_withdraws(
    person, postman, zwolle, language, scripts, tmp_path
):
    def at_browser(user=None) -> Person:
        return person(user, language=language, java_script_enabled=scripts)

    User.objects.update(language=language)
    zoe = at_browser(User.objects.get(email="zoe@zwolle.example"))
    keep_the_place(zoe, at_browser(), tmp_path)
    kees = invite(zoe, at_browser(), postman)
    hand_over(zoe)
    kees = at_browser(kees)
    withdraw(kees, postman)
    see_the_tombstone(at_browser())


def keep_the_place(zoe: Person, visitor: Person, folder) -> None:
    """Profile, what it brings and logo: everybody sees them at once."""
    zoe.open("/mijn/zwolle/")
    zoe.check()
    tabs = zoe.main.locator(".section-nav")
    expect(tabs.locator("[aria-current]")).to_have_text(zoe.text("Overview"))
    zoe.follow("Profile", within=tabs)
    zoe.fill(description="Wij liggen aan de IJssel.", website="geen adres")
    zoe.press("Save")
    zoe.sees("Something is not right yet")
    expect(zoe.main.locator("[name=description]")).to_have_value("Wij liggen aan de IJssel.")
    zoe.check()
    zoe.fill(website="https://www.zwolle.example/slim")
    zoe.press("Save")
    zoe.is_told("The profile is saved.")
    zoe.follow("Change what you bring", within=zoe.main.locator(".utrecht-button-group"))
    zoe.fill(contributes=["knowledge"], statement="Wij delen onze metingen.")
    zoe.press("Save")
    zoe.is_told("What you bring is saved.")
    zoe.follow("Logo", within=tabs)
    zoe.check()
    picture = folder / "logo.png"
    Image.new("RGB", (300, 120), "#246").save(picture)
    zoe.main.locator("[name=logo]").set_input_files(picture)
    zoe.press("Save the logo")
    zoe.is_told("The logo is saved.")
    zoe.check()
    zoe.follow("History", within=tabs)
    zoe.check()

    visitor.open("/organisaties/zwolle/")
    visitor.sees("Wij liggen aan de IJssel.")
    visitor.sees("Wij delen onze metingen.")
    picture = visitor.main.locator('img[src*="/logo.webp"]')
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth") > 0
    visitor.check()


def invite(zoe: Person, colleague: Person, postman) -> User:
    """A colleague follows the link in the mail; it works once."""
    zoe.open("/mijn/zwolle/mensen/")
    zoe.fill(email=COLLEAGUE, role="editor")
    zoe.press("Send the invitation")
    zoe.is_told("The invitation is on its way.")
    zoe.sees(COLLEAGUE)
    zoe.check()
    (link,) = links(postman.deliver_to(COLLEAGUE))
    colleague.page.goto(link)
    colleague.check()
    colleague.fill(name="Kees Kok")
    colleague.press("Accept the invitation")
    colleague.sees_heading("You now act for %(name)s", name="Zwolle")
    colleague.check()
    colleague.page.goto(link)
    colleague.sees_heading("This invitation does not work any more")
    return User.objects.get(email=COLLEAGUE)


def hand_over(zoe: Person) -> None:
    """The last representative cannot leave, and can hand over."""
    zoe.open("/mijn/zwolle/mensen/")
    zoe.follow("Leave")
    zoe.sees("Nobody else represents this organisation")
    zoe.check()
    zoe.open("/mijn/zwolle/mensen/")
    zoe.follow("Hand over and leave")
    zoe.check()
    zoe.press("Hand over and leave")
    zoe.is_told("You handed over %(name)s.", name="Zwolle")
    zoe.sees_heading("My page")
    zoe.sees("You do not belong to an organisation yet")
    zoe.open("/mijn/zwolle/")
    zoe.sees_heading("You may not open this page")
    roles = Membership.objects.values_list("user__email", "role")
    assert list(roles) == [(COLLEAGUE, "representative")]


def withdraw(kees: Person, postman) -> None:
    """Effective at once; the signer hears so."""
    kees.open("/mijn/zwolle/")
    kees.follow("Withdraw signature")
    kees.sees("You cannot undo this. Your organisation can sign again.")
    kees.check()
    postman.deliver()
    kees.press("Withdraw signature")
    kees.is_told("The signature of %(name)s is withdrawn.", name="Zwolle")
    kees.check()
    assert len(postman.deliver()) == 1
    kees.open("/mijn/zwolle/")
    kees.sees("Your organisation is not in the list of signatories.")
    kees.check()


def see_the_tombstone(visitor: Person) -> None:
    """That it signed and left stays; who signed does not."""
    visitor.open("/organisaties/zwolle/")
    visitor.sees("Withdrawn")
    visitor.sees_not("Zoë Zomer")
    visitor.check()
    visitor.open("/ondertekenaars/")
    expect(visitor.main.locator(".cards .card__link")).to_have_count(0)


@pytest.mark.parametrize(("language", "scripts"), LANGUAGES, ids=["with-scripts", "without"])
def test_second_representative_asks_for_access_and_is_let_in(person, postman, zwolle, language, scripts):
    sam = factories.UserFactory(email="sam@zwolle.example", name="Sam Smit", language=language)
    asker = person(sam, language=language, java_script_enabled=scripts)
    asker.open("/organisaties/zwolle/toegang/")
    asker.sees("Your address shows that you work here")
    asker.check()
    asker.press("Send the request")
    asker.sees("Something is not right yet")
    asker.fill(role=["representative"], message="Ik volg Zoë op.")
    asker.press("Send the request")
    asker.is_told("Your request is sent. You get a mail when somebody decided.")
    asker.sees("Your request waits")
    asker.check()

    (link,) = links(postman.deliver_to("zoe@zwolle.example"))
    zoe = person(User.objects.get(email="zoe@zwolle.example"), java_script_enabled=scripts)
    zoe.page.goto(link)
    zoe.sees("Sam Smit")
    zoe.sees("Ik volg Zoë op.")
    zoe.check()
    zoe.press("Grant access")
    zoe.is_told("Access is granted.")
    zoe.check()

    (link,) = links(postman.deliver_to("sam@zwolle.example"))
    asker.page.goto(link)
    asker.sees_heading("Zwolle")
    asker.sees("Representative")
    asker.check()
