"""Taking a practice over, by people at a browser: say it before one may, ask its owner, and hear what is new."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alliance.actions import own_access
from alliance.models import AccessRequest
from knowledgebase.actions.adoption import tell_who_can_finish
from knowledgebase.digests import send_digests
from knowledgebase.models import Subscription
from tests import factories
from tests.browser.person import Person
from tests.browser.post import code_in, links

OWNER = "mobiliteit@ede.example"
ANSWER = "Ja, met elke paal."


@pytest.fixture
def practice(transactional_db):
    """Published by Ede, for everybody to take over."""
    ede = factories.OrganisationFactory(name="Ede", slug="ede", latitude="52.040", longitude="5.670")
    factories.SignatureFactory(organisation=ede, published=True)
    return factories.PracticeFactory(
        slug="laadpalen", title="Laadpalen vinden", contact_email=OWNER, owner=ede, language="nl"
    )


@pytest.mark.parametrize(
    ("language", "scripts"), [("nl", True), ("en", False)], ids=["with-scripts", "without"]
)
def test_new_representative_takes_a_practice_over(person, postman, practice, language, scripts):
    epe = factories.SignatureFactory(published=True, organisation__name="Epe").organisation
    anna = factories.UserFactory(email="anna@epe.example", language=language)
    at_browser = person(anna, language=language, java_script_enabled=scripts)

    say_it_first(at_browser)
    at_browser.follow("Ask for access to %(name)s", name="Epe")
    at_browser.check()
    let_in(anna, epe)
    tell_who_can_finish()
    (mail,) = [mail for mail in postman.deliver() if "/overnemen/" in mail.body]
    assert mail.to == [anna.email]

    at_browser.open(next(link for link in links(mail) if "/overnemen/" in link))
    at_browser.check()
    at_browser.press("We use this too")
    at_browser.is_told("Thank you. %(name)s is now shown with this practice.", name="Epe")
    at_browser.sees("Piloting", within=at_browser.main.locator("#adoptions"))
    at_browser.sees("Kleiner gemaakt.", within=at_browser.main.locator("#adoptions"))
    at_browser.follow("Family tree, map and municipalities like ours")
    at_browser.check()
    at_browser.sees("Epe", within=at_browser.main.locator("#family"))
    assert postman.deliver_to(OWNER).to == [OWNER]
    at_browser.open("/mijn/")
    at_browser.sees("Laadpalen vinden", within=at_browser.main.locator("#adoptions"))


def say_it_first(anna: Person) -> None:
    """She speaks for nobody yet: what she says is kept, and she looks her organisation up."""
    anna.open("/kennisbank/laadpalen/overnemen/")
    anna.check()
    anna.fill(stage=["piloting"], changes="Kleiner gemaakt.", scaling="out")
    anna.press("Keep this and go on")
    anna.sees_heading("For which organisation do you say this?")
    anna.sees("We keep what you filled in")
    anna.fill(q="ep")
    anna.press("Search")
    anna.check()


def let_in(user, organisation) -> None:
    """A colleague of the organisation lets her in."""
    factories.AccessRequestFactory(user=user, organisation=organisation)
    colleague = factories.MembershipFactory(organisation=organisation).user
    own_access.grant(request=AccessRequest.objects.get(user=user), by=colleague)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_visitor_is_led_to_signing_in_and_back_with_the_choice_kept(person, postman, practice, scripts):
    epe = factories.OrganisationFactory(name="Epe")
    factories.MembershipFactory(organisation=epe, user__email="anna@epe.example")
    visitor = person(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    visitor.open("/kennisbank/laadpalen/")
    visitor.follow("We use this too")
    visitor.check()
    visitor.fill(stage=["piloting"], changes="Kleiner gemaakt.", scaling="out")
    visitor.press("Keep this and go on")
    visitor.sees_heading("Sign in")
    visitor.fill(login="anna@epe.example")
    visitor.press("Continue")
    visitor.fill(code=code_in(postman.deliver_to("anna@epe.example")))
    visitor.press("Continue")
    visitor.sees("We kept what you filled in. Choose your organisation and confirm.")
    visitor.check()
    expect(visitor.main.locator('[name="stage"][value="piloting"]')).to_be_checked()
    visitor.press("We use this too")
    visitor.sees("Kleiner gemaakt.", within=visitor.main.locator("#adoptions"))
    said = practice.adoptions.get()
    assert (said.organisation, said.stage, said.scaling) == (epe, "piloting", "out")


def test_moment_to_talk_is_picked_from_the_mail(person, postman, practice):
    bas = person(factories.UserFactory(email="bas@zwolle.example"), viewport={"width": 360, "height": 740})
    bas.open("/kennisbank/laadpalen/vragen/")
    bas.check()
    noon = timezone.localtime().replace(hour=12, minute=0)
    first, second = noon + timedelta(days=2), noon + timedelta(days=4)
    bas.fill(
        text="Mogen wij eens bellen?",
        moment_1=first.strftime("%Y-%m-%dT%H:%M"),
        moment_2=second.strftime("%Y-%m-%dT%H:%M"),
    )
    bas.press("Send the question")
    (mail,) = [mail for mail in postman.deliver() if mail.to == [OWNER]]
    owner = person(java_script_enabled=False, viewport={"width": 360, "height": 740})
    owner.open(next(link for link in links(mail) if link.endswith("?moment=2")))
    owner.check()
    expect(owner.main.locator('[name="meeting_at"]').nth(1)).to_be_checked()
    owner.fill(text="Graag.", how_to_talk="0800-0000")
    owner.press("Send the answer")
    owner.is_told("Thank you. We mailed it to the asker.")
    owner.check()
    calendars = [link for mail in postman.deliver() for link in links(mail) if link.endswith("agenda.ics")]
    assert len(calendars) == 2
    bas.open("/kennisbank/mijn/")
    bas.sees(f"{second:%H:%M}", within=bas.main.locator("#asked"))


def test_owner_is_asked_and_everybody_reads_the_answer(person, postman, practice):
    bas = person(factories.UserFactory(email="bas@zwolle.example"))
    bas.open("/kennisbank/laadpalen/")
    bas.check()
    bas.follow("Ask a question", within=bas.main.locator("#questions"))
    bas.check()
    bas.fill(text="Werkt het ook met andere palen?", asker_agrees=True)
    bas.press("Send the question")
    bas.is_told("Your question is sent. You get the answer by mail.")

    mails = postman.deliver()
    (mail,) = [mail for mail in mails if mail.to == [OWNER]]
    assert "bas@zwolle.example" not in mail.body
    owner = person()
    owner.open(next(link for link in links(mail) if "/vragen/" in link))
    owner.check()
    owner.fill(text=ANSWER, owner_agrees=True)
    owner.press("Send the answer")
    owner.is_told("Thank you. We mailed it to the asker.")
    assert ANSWER in postman.deliver_to("bas@zwolle.example").body

    visitor = person()
    visitor.open("/kennisbank/laadpalen/")
    visitor.unfold("Werkt het ook met andere palen?")
    visitor.sees(ANSWER)
    visitor.check()


def test_follower_receives_one_digest_and_stops_it(person, postman, practice):
    user = factories.UserFactory(email="clara@urk.example")
    clara = person(user)
    clara.open("/kennisbank/laadpalen/")
    clara.follow("Follow")
    clara.check()
    clara.fill(frequency=["at_once"])
    clara.press("Follow")
    clara.sees_heading("My knowledge base")
    clara.check()

    Subscription.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    for name in ("Epe", "Urk"):
        factories.AdoptionStepFactory(adoption__practice=practice, adoption__organisation__name=name)
    send_digests(timezone.now() + timedelta(minutes=5))
    mail = postman.deliver_to("clara@urk.example")
    assert ("Epe" in mail.body, "Urk" in mail.body) == (True, True)
    stop = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    anywhere = person()
    anywhere.open(urlsplit(stop).path)
    anywhere.check()
    anywhere.press("Stop these mails")
    anywhere.sees_heading("You get no more of these mails")
    assert [each.frequency for each in user.subscriptions.all()] == ["paused"]
