"""Write and publish with a returned remark, and propose a change; with and without JavaScript."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from knowledgebase.models import Practice
from tests import factories
from tests.browser.conftest import session_of
from tests.browser.signing import staff

LANGUAGES = [("nl", True), ("en", False)]
ANSWERS = {
    "problem": "Te veel licht in de nacht.",
    "approach": "Lampen gedimd na elf uur.",
    "result": "Een derde minder stroom.",
    "shortfall": "Te laat gevraagd.",
    "phase": "in_use",
    "contact_role": "Adviseur licht",
    "contact_email": "licht@ede.example",
}


@pytest.fixture(params=LANGUAGES, ids=["with-scripts", "without"])
def cast(request, person, transactional_db):
    """A writer of Ede and an editor of VNG, in both languages, with and without scripts."""
    factories.ThemeFactory(name_nl="Licht", name_en="Light")
    language, scripts = request.param
    ede = factories.OrganisationFactory(name="Ede", slug="ede")
    writer = factories.MembershipFactory(organisation=ede, role="editor").user
    browser = {"language": language, "java_script_enabled": scripts}
    return person(writer, **browser), person(staff("editor"), **browser), ede


def test_practice_is_written_returned_and_published(cast):
    writer, editor, _ede = cast
    writer.open("/kennisbank/indienen/")
    writer.fill(title="Dim lampen in de nacht", summary="Ede dimde lampen. Het werkte.")
    writer.check()
    writer.press("Start writing")
    writer.press("Save and send in")
    writer.sees("Still to fill in before you can send it in")
    writer.fill(tags="licht, nacht", **ANSWERS)
    writer.main.locator("[name=themes]").first.check()
    writer.press("Show how it looks")
    writer.sees("This is what readers would see. What you typed is saved; go on writing below.")
    expect(writer.main.get_by_role("region", name=writer.text("How it looks"))).to_be_focused()
    expect(writer.main.locator("#preview-heading")).to_be_in_viewport()
    writer.check()
    writer.press("Save and send in")
    writer.is_told("Sent in. An editor will look at it.")
    practice = Practice.objects.get()

    editor.open(f"/kennisbank/{practice.slug}/")
    editor.press("Start the review")
    editor.follow("Send back")
    editor.fill(shortfall="Wat zou u anders doen?", kosten="Wat kost het per jaar?")
    editor.check()
    editor.press("Send back")

    writer.open(f"/kennisbank/{practice.slug}/bewerken/")
    writer.sees("An editor asks to improve this first")
    reads_remark_beside_its_field(writer)
    writer.check()
    writer.fill(shortfall="Te laat gevraagd. De volgende keer eerst een avond in de wijk.")
    writer.press("Save as a draft")
    writer.follow("Costs and money")
    writer.sees("Wat kost het per jaar?")
    writer.check()
    writer.follow("The core")
    writer.press("Save and send in")
    editor.open(f"/kennisbank/{practice.slug}/")
    editor.press("Start the review")
    editor.sees("What an editor asked before")
    editor.press("Publish")
    editor.is_told("Published.")
    editor.check()
    practice.refresh_from_db()
    assert (practice.status, practice.tags.count()) == ("published", 2)


def reads_remark_beside_its_field(writer) -> None:
    """The summary leads to the field; its remark is seen there, and heard with it."""
    about = writer.text("what did not work")
    writer.main.get_by_role("link", name=about[0].upper() + about[1:], exact=True).click()
    assert writer.page.url.endswith("#id_shortfall")
    field = writer.main.locator("#id_shortfall")
    expect(field).to_be_in_viewport()
    expect(field).to_have_accessible_description(re.compile(r"Wat zou u anders doen\?"))
    expect(writer.main.locator("#id_shortfall_remarks")).to_be_visible()


def test_change_to_a_published_practice_is_proposed_and_approved(cast):
    writer, editor, ede = cast
    practice = factories.PracticeFactory(slug="licht", owner=ede, result="Niet gemeten.")
    rule = factories.GroundRuleFactory(agreed=True, title="Wij dimmen na elf uur")
    writer.open("/kennisbank/licht/")
    writer.follow("Propose a change")
    writer.follow("Law, privacy, ethics and ground rules")
    writer.fill(ground_rules=True)
    writer.check()
    writer.press("Keep this change")
    writer.follow("The core")
    writer.fill(result="Een derde minder stroom.")
    writer.press("Keep and send in")
    writer.check()
    writer.press("Send in")
    practice.refresh_from_db()
    assert practice.result == "Niet gemeten."

    editor.open("/beheer/praktijkvoorbeelden/")
    editor.follow(practice.title)
    editor.sees("Wij dimmen na elf uur")
    editor.check()
    editor.press("Approve the change")
    editor.is_told("The change is published.")
    practice.refresh_from_db()
    assert (practice.result, practice.ground_rules.get()) == ("Een derde minder stroom.", rule)


# Drafts that save themselves


@pytest.fixture
def writer(person, transactional_db):
    """A writer of Ede on the first page of a draft."""
    ede = factories.OrganisationFactory(name="Ede", slug="ede")
    user = factories.MembershipFactory(organisation=ede, role="editor").user
    factories.PracticeFactory(slug="licht", draft=True, owner=ede, problem="Donker.")
    writer = person(user, language="en")
    writer.user = user
    writer.open("/kennisbank/licht/bewerken/")
    return writer


def is_kept(writer, words: str = "Draft saved at") -> None:
    """What the draft says of itself."""
    expect(writer.main.locator("[data-autosave]")).to_contain_text(words, timeout=20_000)


def test_writer_who_was_signed_out_signs_in_elsewhere_and_loses_nothing(writer, watch, live_server):
    cookies = writer.page.context.clear_cookies
    cookies(name=settings.SESSION_COOKIE_NAME)
    writer.fill(problem="Te veel licht in de nacht.")
    is_kept(writer, "you are not signed in any more")
    link = writer.main.get_by_role("link", name="Sign in on a new tab")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/en/account/login/", "_blank")
    writer.check()
    writer.main.get_by_role("button", name="Save as a draft").click()
    expect(writer.main.locator("#id_problem")).to_have_value("Te veel licht in de nacht.")
    # Signed in again in another tab, which gives the browser another secret.
    cookies(name=settings.CSRF_COOKIE_NAME)
    name, value = settings.SESSION_COOKIE_NAME, session_of(writer.user, False)
    writer.page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    is_kept(writer)
    assert Practice.objects.get().problem == "Te veel licht in de nacht."
    assert [problem.split(":")[0] for problem in watch.problems] == ["answer 403"]  # the old secret, once
    watch.problems.clear()
    writer.fill(problem="Te veel licht.")
    writer.press("Save as a draft")
    writer.is_told("Saved as a draft.")


def test_button_without_a_connection_leaves_the_text_where_it_is(writer, watch):
    writer.page.context.set_offline(True)
    writer.fill(problem="Te veel licht.")
    writer.main.get_by_role("button", name="Save as a draft").click()
    is_kept(writer, "there is no connection")
    watch.problems.clear()
    expect(writer.main.locator("#id_problem")).to_have_value("Te veel licht.")
    writer.page.context.set_offline(False)
    writer.press("Save as a draft")
    assert Practice.objects.get().problem == "Te veel licht."
