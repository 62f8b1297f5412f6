"""What the mails of the knowledge base say, and where their links lead. The English words are in the source."""

import pytest

from knowledgebase import actions, emails
from knowledgebase.actions import evidence, writing
from knowledgebase.models import Remark
from smartsociety.core.models import Mail
from tests import factories
from tests.mailbox import links_in, queued

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"


@pytest.fixture(autouse=True)
def addresses(settings):
    """The addresses that mails name."""
    settings.SITE_URL = SITE


@pytest.fixture
def english_practice(ede):
    """Written in English; its contact reads English."""
    return factories.PracticeFactory(
        slug="chargers", title="Chargers", language="en", contact_email="mail@ede.example", owner=ede
    )


def test_letter_of_publication_goes_to_the_contact(english_practice):
    emails.practice_published(english_practice)
    mail = Mail.objects.get()
    assert (mail.to, mail.language, mail.subject) == ("mail@ede.example", "en", "Published: Chargers")
    assert links_in(mail) == [f"{SITE}/en/kennisbank/chargers/"]


def test_letter_of_publication_goes_to_who_sent_it_in_as_well(english_practice):
    english_practice.submitted_by = factories.UserFactory(email="bas@ede.example", language="nl")
    emails.practice_published(english_practice)
    contact, sender = Mail.objects.order_by("pk")
    assert (contact.to, sender.to, sender.language) == ("mail@ede.example", "bas@ede.example", "nl")
    assert links_in(sender) == [f"{SITE}/kennisbank/chargers/"]
    assert ["contactadres" in sender.text, "u dit praktijkvoorbeeld hebt ingediend" in sender.text] == [
        False,
        True,
    ]


@pytest.mark.parametrize("sender", [{"email": "mail@ede.example"}, {"is_active": False}])
def test_letter_of_publication_goes_once_and_to_nobody_who_left(english_practice, sender):
    english_practice.contact_email = "Mail@ede.example"
    english_practice.submitted_by = factories.UserFactory(**sender)
    emails.practice_published(english_practice)
    assert [mail.to for mail in Mail.objects.all()] == ["Mail@ede.example"]


@pytest.mark.parametrize(("language", "prefix"), [("en", "/en"), ("nl", "")])
def test_letter_of_return_speaks_the_language_of_who_sent_it_in(practice, language, prefix):
    sender = factories.UserFactory(email="bas@ede.example", language=language)
    emails.practice_returned(practice, to=sender, remarks=[Remark(text="Noem <de> kosten.")])
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == ("bas@ede.example", language)
    assert links_in(mail) == [f"{SITE}{prefix}/kennisbank/laadpalen/bewerken/"]
    assert ("Noem <de> kosten." in mail.text.split("\n"), "Noem &lt;de&gt; kosten." in mail.html) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("fields", "subject", "told"),
    [
        ({"stage": "piloting"}, "Epe takes up your practice: Chargers", ["“Chargers”: Piloting."]),
        (
            {"stage": "in_use", "changes": "Smaller."},
            "Epe takes up your practice: Chargers",
            ["“Chargers”: In use.", "Smaller."],
        ),
        (
            {"stage": "stopped", "stop_reason": "Too dear."},
            "Epe tried your practice: Chargers",
            ["it tried “Chargers” and stopped.", "Too dear."],
        ),
    ],
)
def test_letter_of_adoption_tells_how_far_it_is(english_practice, fields, subject, told):
    adoption = factories.AdoptionFactory(
        practice=english_practice, organisation__name="Epe", claimed_by=factories.UserFactory(), **fields
    )
    emails.practice_adopted(adoption)
    mail = Mail.objects.get()
    assert (mail.to, mail.language, mail.subject) == ("mail@ede.example", "en", subject)
    assert [words for words in told if words not in mail.text] == []
    assert adoption.claimed_by.email not in mail.text


def test_account_that_was_switched_off_gets_no_mail(reviewer):
    gone = factories.UserFactory(is_active=False)
    practice = factories.PracticeFactory(in_review=True, submitted_by=gone)
    actions.send_back(practice=practice, remarks={"": "Noem de bron."}, by=reviewer.user)
    for again in (True, False):
        proposal = factories.ProposalFactory(submitted=True, submitted_by=gone)
        writing.decline_proposal(proposal=proposal, revision=1, reason="Nee.", again=again, by=reviewer.user)
    proposal = factories.ProposalFactory(submitted=True, submitted_by=gone)
    writing.approve_proposal(proposal=proposal, revision=1, by=reviewer.user)
    evidence.grant(asked=factories.EvidenceRequestFactory(asked_by=gone), by=reviewer.user)
    evidence.refuse(asked=factories.EvidenceRequestFactory(asked_by=gone), reason="Nee.", by=reviewer.user)
    assert queued() == []
