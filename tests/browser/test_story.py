"""The one thread, walked by the people who walk it: signed → fieldlab → outcome → practice → adopted."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alliance.models import Organisation
from alliance.register import load_register
from alliance.sample import load_declaration, load_themes
from fieldlabs.models import Fieldlab
from tests import factories
from tests.browser.person import Person, text_in
from tests.browser.post import code_in, links
from tests.browser.signing import SIGNER, confirm, find_signatory, publish, sign, staff

MAILBOX = "mobiliteit@amersfoort.nl"
OUTCOME = "Laadpaal zoeken zonder rondrijden"
CHANGES = "Wij gebruiken de sensoren ook voor laden en lossen."


@pytest.fixture
def town(transactional_db):
    """The register, themes and the declaration as they are on the first day; Zwolle is the first that signed."""
    load_register()
    load_themes()
    load_declaration()
    zwolle = Organisation.objects.get(name="Zwolle")
    factories.SignatureFactory(organisation=zwolle, published=True)
    factories.MembershipFactory(organisation=zwolle, user__email="zoe@zwolle.nl")


@pytest.mark.parametrize(
    ("language", "scripts"), [("nl", True), ("en", False)], ids=["with-scripts", "without"]
)
def test_story_from_signature_to_adoption(person, postman, town, language, scripts):
    def at_browser(user=None) -> Person:
        return person(user, language=language, java_script_enabled=scripts)

    aide = at_browser()
    sign(aide)
    confirm(at_browser(), postman)  # opened on another device than the form
    publish(at_browser(), postman)
    find_signatory(at_browser(), postman)

    programme = at_browser(staff("programme"))
    plan_fieldlab(programme, at_browser())
    register(aide, postman)
    let_time_pass()
    record_outcome(programme)
    write_practice(programme, aide, at_browser())

    review(at_browser(staff("editor")), postman)
    zoe = at_browser(factories.User.objects.get(email="zoe@zwolle.nl"))
    adopt(zoe, postman)
    follow_the_thread(at_browser())


def plan_fieldlab(programme: Person, visitor: Person) -> None:
    """Programme staff plan next quarter's fieldlab; nobody sees it before it is announced."""
    programme.open("/beheer/fieldlabs/")
    programme.check()
    programme.follow("Plan a fieldlab")
    programme.check()
    start = datetime.combine(timezone.localdate() + timedelta(days=90), datetime.min.time()).replace(
        hour=9, minute=30
    )
    programme.fill(
        title_nl="Slim laden in de wijk",
        title_en="Smart charging in the neighbourhood",
        summary_nl="Twee dagen werken aan laadpalen, parkeren en het stroomnet.",
        summary_en="Two days of work on charging points, parking and the grid.",
        programme_nl="## Dag 1\n\n* kennismaken\n* aan het werk",
        programme_en="## Day 1\n\n* meet\n* work",
        starts_at=f"{start:%Y-%m-%dT%H:%M}",
        ends_at=f"{start + timedelta(hours=31):%Y-%m-%dT%H:%M}",
        format="on_site",
        venue="De Observant",
        place="Amersfoort",
        host="Amersfoort",
        capacity="24",
    )
    programme.main.locator("[name=themes]").first.check()
    programme.press("Save")
    title = fieldlab_title(programme)
    programme.is_told("%(title)s is scheduled as a draft.", title=title)
    programme.sees_heading(title)
    programme.check()

    programme.open("/fieldlabs/")
    address = programme.main.get_by_role("link", name=title).get_attribute("href")
    visitor.page.goto(address)
    visitor.sees_heading("This page does not exist")
    visitor.check()

    programme.follow(title)
    programme.press("Announce")
    programme.is_told("%(title)s is now: %(status)s.", title=title, status=programme.text("Announced"))
    programme.press("Open registration")
    programme.is_told(
        "%(title)s is now: %(status)s.", title=title, status=programme.text("Registration open")
    )
    programme.check()
    visitor.page.reload()
    visitor.sees_heading(title)
    visitor.check()


def fieldlab_title(reader: Person) -> str:
    return {"nl": "Slim laden in de wijk", "en": "Smart charging in the neighbourhood"}[reader.language]


def register(representative: Person, postman) -> None:
    """Who signed represents the municipality: a code by mail is enough to sign in and take a place."""
    title = fieldlab_title(representative)
    representative.open("/mijn/")
    representative.sees_heading("Sign in")
    representative.fill(login=SIGNER)
    representative.press("Continue")
    representative.sees_heading("Enter the code from your mail")
    representative.sees(SIGNER)
    representative.check()
    message = postman.deliver_to(SIGNER)
    assert message.subject == representative.text("Your code to sign in to Smart Society")
    representative.fill(code=code_in(message))
    representative.press("Continue")
    representative.open("/")
    representative.follow(title)
    representative.sees("Nobody has registered yet.")
    representative.follow("Register")
    representative.sees_heading("Register for this fieldlab")
    representative.check()
    expect(representative.main.locator("[name=name]")).to_have_value("Vera Vermeer")
    expect(representative.main.locator("[name=organisation_name]")).to_have_value("Amersfoort")
    representative.press("Register")
    representative.is_told(
        "%(name)s is registered. We have sent a confirmation by mail.", name="Vera Vermeer"
    )
    representative.sees("Amersfoort")
    representative.check()
    message = postman.deliver_to(SIGNER)
    assert message.subject == representative.text("You have a place: %(title)s", title=title)
    assert representative.page.url in links(message)

    representative.open("/mijn/")
    representative.sees(title)
    representative.sees("Amersfoort")
    representative.check()


def let_time_pass() -> None:
    """The fieldlab was last week."""
    ended = timezone.now() - timedelta(days=7)
    Fieldlab.objects.update(starts_at=ended - timedelta(hours=31), ends_at=ended)


def record_outcome(programme: Person) -> None:
    """What a team made, learned and failed at, with the municipality that goes on with it."""
    programme.page.reload()
    programme.press("Mark as held")
    programme.is_told(
        "%(title)s is now: %(status)s.", title=fieldlab_title(programme), status=programme.text("Held")
    )
    programme.sees("No outcomes yet")
    programme.check()
    programme.open("/beheer/fieldlabs/")
    programme.main.get_by_role("row", name=fieldlab_title(programme)).get_by_role("link").last.click()
    programme.follow("Record an outcome")
    programme.check()
    programme.fill(title=OUTCOME, kind="result", organisation="Amersfoort", language="nl")
    programme.press("Go on to writing")
    programme.check()
    programme.fill(
        made="Sensoren in 120 parkeervakken laten zien welke laadpaal vrij is.",
        learned="Bestuurders zoeken 4 minuten korter. We maten dat met 60 ritten voor en na.",
        failed="De batterij was na een week leeg.",
    )
    programme.press("Save")
    programme.is_told("The outcome is saved.")
    programme.check()
    programme.press("Publish")
    programme.is_told("Everybody can read the outcome now.")
    programme.sees_heading(OUTCOME)
    programme.sees("It has not become a practice yet.")
    programme.check()


def write_practice(programme: Person, representative: Person, visitor: Person) -> None:
    """The outcome becomes a practice: its owner says so, and the rest is asked for before it can be sent in."""
    programme.press("Turn into a practice")
    programme.sees("A draft is made from the outcome. Complete it and send it in.")
    programme.sees(
        "We asked %(name)s whether it is the owner. It is shown once it said yes.", name="Amersfoort"
    )
    representative.open("/mijn/")
    representative.sees("Does your organisation take part?")
    representative.check()
    representative.press("Yes, we take part")
    representative.is_told("%(name)s takes part.", name="Amersfoort")
    programme.sees("Still to fill in before you can send it in")
    programme.check()
    programme.press("Save and send in")
    expect(programme.main).to_contain_text(programme.text("problem and occasion"))
    programme.check()
    programme.fill(
        summary="Sensoren in parkeervakken laten zien welke laadpaal vrij is. Bestuurders rijden minder rond.",
        problem="Bewoners rijden rondjes op zoek naar een vrije laadpaal.",
        phase="pilot",
        contact_role="Adviseur mobiliteit",
        contact_email=MAILBOX,
    )
    programme.press("Save and send in")
    programme.is_told("Sent in. An editor will look at it.")
    programme.check()
    visitor.page.goto(programme.page.url)
    visitor.sees_heading("This page does not exist")


def review(editor: Person, postman) -> None:
    """Another person reads and publishes it; the owner's mailbox hears so."""
    editor.open("/beheer/")
    editor.follow("to review: practices, changes and evidence")
    editor.check()
    editor.press("Review")
    editor.is_told("You review this practice now.")
    editor.check()
    editor.press("Publish")
    editor.is_told("Published.")
    editor.check()
    # In the language of the practice, which its owner reads.
    assert postman.deliver_to(MAILBOX).subject == text_in("nl", "Published: %(title)s", title=OUTCOME)


def adopt(zoe: Person, postman) -> None:
    """A representative elsewhere finds it in her own words and says that they use it too."""
    zoe.open("/")
    zoe.fill(q="laadpalen sensor")
    zoe.press("Search")
    expect(zoe.main.locator("#results .card__link")).to_have_text([OUTCOME])
    zoe.check()
    zoe.follow(OUTCOME)
    zoe.sees("Nobody has said so yet")
    zoe.check()
    zoe.follow("We use this too", within=zoe.main.locator("aside"))
    zoe.sees_heading("We use this too")
    zoe.check()
    zoe.fill(
        stage=["in_use"],
        reached_on=timezone.localdate().isoformat(),
        learned_from="Amersfoort",
        changes=CHANGES,
    )
    zoe.press("We use this too")
    zoe.is_told("Thank you. %(name)s is now shown with this practice.", name="Zwolle")
    adoptions = zoe.main.locator("#adoptions")
    zoe.sees("Zwolle", within=adoptions)
    zoe.sees("In use", within=adoptions)
    zoe.sees(CHANGES, within=adoptions)
    zoe.check()
    message = postman.deliver_to(MAILBOX)
    subject = "%(organisation)s takes up your practice: %(title)s"
    assert message.subject == text_in("nl", subject, organisation="Zwolle", title=OUTCOME)
    assert CHANGES in message.body


def follow_the_thread(visitor: Person) -> None:
    """From the numbers on the home page to both organisations, and from each along the thread."""
    visitor.open("/")
    expect(visitor.main.locator(".thread__number")).to_have_text(["2", "1", "1", "1", "1"])
    visitor.sees(OUTCOME)
    visitor.check()

    visitor.open("/organisaties/amersfoort/")
    for section, name in (
        ("practices", OUTCOME),
        ("fieldlabs", fieldlab_title(visitor)),
        ("fieldlabs", OUTCOME),
    ):
        expect(visitor.main.locator(f"#{section}").get_by_role("link", name=name, exact=True)).to_be_visible()
    visitor.sees("Nothing adopted yet.")
    visitor.check()

    visitor.open("/organisaties/zwolle/")
    visitor.sees("learned from %(name)s", name="Amersfoort", within=visitor.main.locator("#adopted"))
    visitor.sees("No practices yet.")
    visitor.check()

    visitor.follow(OUTCOME, within=visitor.main.locator("#adopted"))
    thread = visitor.main.locator(".thread")
    for step in (fieldlab_title(visitor), OUTCOME):
        expect(thread.get_by_role("link", name=step)).to_be_visible()
    thread.get_by_role("link", name=fieldlab_title(visitor)).click()
    visitor.sees_heading(fieldlab_title(visitor))
    visitor.follow("Amersfoort", within=visitor.main.locator(".columns"))
    visitor.sees_heading("Amersfoort")
