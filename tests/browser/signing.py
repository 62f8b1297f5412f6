"""The first chapter of the story: an aide signs, confirms by mail, VNG publishes, everyone can see it."""

import time
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.person import Person, text_in
from tests.browser.post import links

PASSWORD = "een-lang-wachtwoord-van-vier-woorden"
SIGNER = "vera.vermeer@amersfoort.nl"
STATEMENT = "Wij willen leren van wat elders al werkt."


def staff(role: str):
    return factories.UserFactory(
        email=f"{role}@vng.example", roles=[role], is_staff=True, language="nl", name=f"Medewerker {role}"
    )


def sign(aide: Person) -> None:
    """An aide signs for a municipality of the register."""
    aide.open("/")
    aide.check()
    expect(aide.main.locator(".thread__number")).to_have_text(["1", "0", "0", "0", "0"])
    aide.follow("Sign the declaration of support")
    aide.check()
    aide.press("Begin signing")
    name = aide.main.locator("[name=organisation_name]")
    known = aide.main.locator(f"datalist#{name.get_attribute('list')} option")
    assert "Amersfoort" in [option.get_attribute("value") for option in known.all()]
    step(aide, "Your organisation", organisation_name="amersfoort")
    step(aide, "About you", signer_name="Vera Vermeer", signer_function="Wethouder", signer_email=SIGNER)
    step(
        aide,
        "The decision to sign",
        mandate_by="College van burgemeester en wethouders",
        mandate_on=(timezone.localdate() - timedelta(days=14)).isoformat(),
    )
    step(aide, "What your organisation brings", contributes=["knowledge", "process"], statement=STATEMENT)
    aide.sees_heading("Check and sign")
    aide.check()
    aide.fill(publish_name=True, accepts=True)
    aide.press("Sign the declaration of support")
    aide.sees_heading("Look in your mailbox")
    aide.sees(SIGNER)
    aide.check()


def step(aide: Person, heading: str, **answers: str | list[str]) -> None:
    """One step of signing, and on to the next."""
    aide.sees_heading(heading)
    aide.check()
    aide.fill(**answers)
    aide.press("Next")


def confirm(signer: Person, postman) -> None:
    """The link in the mail shows what is signed; the button signs."""
    message = postman.deliver_to(SIGNER)
    assert message.subject == signer.text(
        "Confirm the signature of %(organisation)s", organisation="Amersfoort"
    )
    (link,) = links(message)
    signer.page.goto(link)
    signer.sees_heading("Confirm your signature")
    signer.sees("Amersfoort")
    signer.sees("Vera Vermeer, Wethouder")
    signer.check()
    signer.press("Confirm my signature")
    signer.sees_heading("Your signature is confirmed")
    signer.check()
    signer.page.goto(link)
    signer.sees_heading("This link does not work any more")
    signer.check()


def publish(secretariat: Person, postman) -> None:
    """The secretariat signs in with a password and a code, sees the evidence and publishes."""
    user = staff("secretariat")
    user.set_password(PASSWORD)
    user.save()
    factories.give_second_factor(user)
    received, to_verify = postman.deliver()
    assert received.to == [SIGNER]
    subject = "We have received the signature of %(organisation)s"
    assert received.subject == secretariat.text(subject, organisation="Amersfoort")
    assert to_verify.to == [settings.SECRETARIAT_EMAIL]
    assert to_verify.subject == text_in(
        "nl", "To verify: signature of %(organisation)s", organisation="Amersfoort"
    )

    (link,) = links(to_verify)  # in Dutch, as the secretariat's mailbox reads it
    dutch = Person(secretariat.page, "nl")
    dutch.page.goto(link)
    dutch.sees_heading("Sign in")
    dutch.check()
    dutch.unfold("I want to use my password")
    dutch.fill(login=user.email, password=PASSWORD)
    dutch.press("Continue")
    dutch.sees_heading("The second step")
    dutch.check()
    dutch.fill(code=app_code(user))
    dutch.press("Sign in")
    expect(dutch.page).to_have_url(link)
    dutch.check()

    secretariat.open("/beheer/")
    expect(secretariat.main.locator(".number__value").first).to_have_text("1")
    secretariat.check()
    secretariat.follow("signature to verify")
    secretariat.check()
    secretariat.follow("Amersfoort")
    for evidence in (
        "Vera Vermeer",
        "Wethouder",
        SIGNER,
        "College van burgemeester en wethouders",
        STATEMENT,
    ):
        secretariat.sees(evidence)
    secretariat.sees("In the register")
    secretariat.check()
    secretariat.press("Publish the signature")
    secretariat.is_told("Published: %(name)s is a signatory.", name="Amersfoort")
    secretariat.sees("No signature waits for you")
    secretariat.check()


def app_code(user) -> str:
    """What the authenticator app of this person shows now."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def find_signatory(visitor: Person, postman) -> None:
    """The municipality is on the list, has a page and a proof; its signer hears so."""
    message = postman.deliver_to(SIGNER)
    assert message.subject == visitor.text("%(organisation)s is now a signatory", organisation="Amersfoort")
    visitor.open("/ondertekenaars/")
    visitor.check()
    visitor.fill(q="amers")
    visitor.press("Search")
    expect(visitor.main.locator(".cards").get_by_role("link")).to_have_text(["Amersfoort"])
    visitor.follow("Amersfoort")
    visitor.sees_heading("Amersfoort")
    visitor.sees("In force")
    visitor.sees(STATEMENT)
    visitor.sees("Vera Vermeer, Wethouder")
    visitor.check()
    page, proof, _sign_in = links(message)
    assert page == visitor.page.url
    visitor.page.goto(proof)
    visitor.sees_heading("Amersfoort")
    visitor.sees("In force")
    visitor.check()
