"""Record and report: staff and a team write, two at once lose nothing, and the report closes the fieldlab."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fieldlabs.models import FollowUp, Outcome, QuestionnaireAnswer, QuestionnaireInvitation
from smartsociety.core.tokens import hash_token
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
HERE = "/fieldlabs/najaar/opbrengst/sensoren/"


@pytest.fixture
def staff():
    return factories.UserFactory(name="Pim Peters", is_staff=True, roles=["programme"])


@pytest.fixture
def team():
    return factories.UserFactory(name="Tess de Team", email="tess@ede.example")


@pytest.fixture
def fieldlab():
    """Held a week ago, with a later one."""
    factories.FieldlabFactory(slug="winter", title_nl="Winter", title_en="Winter")
    return factories.FieldlabFactory(held=True, slug="najaar", title_nl="Najaar", title_en="Autumn")


@pytest.fixture
def signatory():
    return factories.SignatureFactory(published=True, organisation__name="Ede").organisation


def draft(fieldlab, **fields):
    given = {
        "slug": "sensoren",
        "title": "Sensoren",
        "status": "draft",
        "learned": "",
        "made": "",
        "failed": "",
    }
    return factories.OutcomeFactory(fieldlab=fieldlab, **given | fields)


def test_staff_and_team_record_and_the_report_closes_the_fieldlab(person, staff, team, fieldlab, signatory):
    pim, tess = person(staff, language="en"), person(team, language="en", **PHONE)
    pim.open("/beheer/fieldlabs/najaar/opbrengst/nieuw/")
    pim.fill(title="Sensoren", team="Team Kastjes", kind="result")
    pim.press("Go on to writing")
    pim.follow("Who writes")
    pim.fill(email="tess@ede.example")
    pim.press("Ask to write")
    pim.check()

    # The team writes on a phone; the draft keeps itself.
    tess.open(f"{HERE}schrijven/")
    tess.fill(made="Een kastje aan een lantaarnpaal.", learned="Meten is makkelijker dan besluiten.")
    expect(tess.main.locator("[data-autosave]")).to_contain_text("Draft saved at", timeout=15_000)
    assert Outcome.objects.get().learned == "Meten is makkelijker dan besluiten."
    tess.check()
    tess.follow("Numbers, links, files")
    tess.fill(**{
        "metingen-indicator": "Zoektijd", "metingen-baseline": "7", "metingen-value": "4.5",
        "metingen-unit": "minuten", "metingen-method": "Dagboeken",
    })  # fmt: skip
    tess.press("Add the measurement")
    tess.check()
    tess.follow("Follow-ups")
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    tess.fill(what="Een plek zoeken", owner_name="Bas", owner_email="bas@ede.example", due_on=day)
    tess.press("Note it and ask the owner")
    tess.check()

    # Without an owner there is no report.
    pim.open("/beheer/fieldlabs/najaar/verslag/")
    Outcome.objects.update(organisation=None)
    pim.fill(summary_nl="Twee dagen meten.")
    pim.press("Save the summary")
    pim.sees("These outcomes are not complete. No outcome may be lost.")
    pim.check()
    pim.open(f"{HERE}schrijven/")
    pim.fill(organisation=str(signatory.pk))
    pim.press("Save")
    pim.open("/beheer/fieldlabs/najaar/verslag/")
    pim.press("Publish the report")
    pim.is_told("The report is published, with all outcomes.")
    pim.check()

    reader = person(language="en", **PHONE)
    reader.open("/fieldlabs/najaar/verslag/")
    reader.sees_heading("Report of %(title)s", title="Autumn")
    for words in ("Zoektijd: from 7 to 4.5 minuten (Dagboeken)", "Een plek zoeken", "Ede"):
        expect(reader.main).to_contain_text(words)
    reader.check()
    reader.open(HERE)
    reader.check()
    reader.open("/fieldlabs/opbrengsten/?q=lantaarnpaal")
    expect(reader.main.get_by_role("link", name="Sensoren")).to_be_visible()
    reader.check()


@pytest.mark.parametrize("window", [{}, PHONE], ids=["desk", "phone"])
def test_two_writers_of_one_outcome_lose_nothing(person, staff, team, fieldlab, window, watch):
    factories.OutcomeWriterFactory(outcome=draft(fieldlab), email=team.email)
    pim, tess = person(staff, language="en", **window), person(team, language="en", **window)
    pim.open(f"{HERE}schrijven/"), tess.open(f"{HERE}schrijven/")
    tess.fill(made="Een kastje met een lamp.")
    expect(tess.main.locator("[data-autosave]")).to_contain_text("Draft saved at", timeout=15_000)
    pim.fill(made="Een kastje.")
    expect(pim.main.locator("[data-autosave]")).to_contain_text("Somebody else saved this", timeout=15_000)
    # The draft that came second was refused, as it should be; nothing else went wrong.
    assert [problem.split(":")[0] for problem in watch.problems] == ["answer 409"]
    watch.problems.clear()
    pim.press("Save")
    pim.sees("Tess de Team was first.")
    expect(pim.main.locator("del")).to_contain_text("met een lamp.")
    expect(pim.main.locator("[name=made]")).to_have_value("Een kastje.")
    assert Outcome.objects.get().made == "Een kastje met een lamp."
    pim.check()
    pim.fill(made="Een kastje met een lamp en een sticker.")
    pim.press("Save")
    assert Outcome.objects.get().made == "Een kastje met een lamp en een sticker."
    pim.open(f"{HERE}geschiedenis/")
    pim.check()


def test_without_script_the_button_saves(person, staff, fieldlab):
    draft(fieldlab)
    pim = person(staff, language="en", java_script_enabled=False)
    pim.open(f"{HERE}schrijven/")
    pim.fill(learned="Het werkt ook zonder.")
    pim.press("Save")
    pim.is_told("The outcome is saved.")
    assert Outcome.objects.get().learned == "Het werkt ook zonder."


def test_owner_accepts_and_participant_answers_on_a_phone(person, fieldlab):
    factories.FollowUpFactory(fieldlab=fieldlab, token_hash=hash_token("sleutel"), due_on="2020-01-01")
    registration = factories.RegistrationFactory(fieldlab=fieldlab, status="attended")
    factories.QuestionnaireInvitationFactory(registration=registration, token_hash=hash_token("vraag"))
    bas = person(language="en", **PHONE)
    bas.open("/fieldlabs/vervolgafspraak/sleutel/")
    bas.sees("Overdue")
    bas.check()
    bas.fill(action=["accept"])
    bas.press("Send my answer")
    bas.is_told("Thank you. Your answer is noted.")
    assert FollowUp.objects.get().status == "accepted"
    bas.open("/fieldlabs/vragenlijst/vraag/")
    bas.check()
    bas.fill(rating=["5"], useful=["yes"], comment="Mooi.")
    bas.press("Send my answers")
    bas.sees_heading("Thank you")
    bas.check()
    assert (QuestionnaireAnswer.objects.get().rating, QuestionnaireInvitation.objects.count()) == (5, 0)
