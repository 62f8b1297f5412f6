"""How two people reach each other stays between them: never public, erased after the talk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from knowledgebase.actions import question as actions
from knowledgebase.meeting import calendar_file
from knowledgebase.models import Question
from smartsociety.core.models import Mail
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_by
from tests.mailbox import newest
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
ASK, PAGE = "/en/kennisbank/laadpalen/vragen/", "/en/kennisbank/laadpalen/"
NUMBER = "06-12345678"


def talked(practice, **fields) -> Question:
    """A question that both made public, with how they talked."""
    moment = timezone.now() + timedelta(days=3)
    fields = {"moments": [moment], "meeting_at": moment, "how_to_talk": NUMBER} | fields
    return factories.QuestionFactory(practice=practice, public=True, **fields)


def test_way_to_talk_goes_to_asker_and_owner_only(visitor, practice, ede):
    moment = timezone.now() + timedelta(days=3)
    person, owner = factories.UserFactory(), factories.MembershipFactory(organisation=ede).user
    question = factories.QuestionFactory(
        practice=practice, asked_by=person, moments=[moment], asker_agrees=True
    )
    question = actions.answer(
        question=question, text="Graag.", owner_agrees=True, meeting_at=moment, how_to_talk=NUMBER, by=None
    )
    mails = {mail.kind: mail.text for mail in Mail.objects.all()}
    assert [NUMBER in mails[f"knowledgebase/{kind}"] for kind in ("question_answered", "meeting_agreed")] == [
        True,
        True,
    ]
    (event,) = Calendar.from_ical(calendar_file(question)).walk("VEVENT")
    assert (event["LOCATION"], NUMBER in event["DESCRIPTION"]) == (NUMBER, True)
    assert NUMBER in shown(signed_in(person).get("/en/kennisbank/mijn/"))
    assert NUMBER in shown(signed_in(owner).get(f"{PAGE}vragen/{question.pk}/"))
    page = visitor.get(PAGE)
    assert ("Graag." in shown(page), NUMBER in page.content.decode()) == (True, False)


def test_way_to_talk_is_asked_with_a_moment_only(visitor):
    moment = timezone.now() + timedelta(days=3)
    factories.QuestionFactory(token_hash=actions.hash_token("secret"), moments=[moment])
    factories.QuestionFactory(token_hash=actions.hash_token("plain"))
    answer = {"text": "Graag.", "meeting_at": moment.isoformat()}
    page = visitor.post("/kennisbank/vragen/secret/", answer)
    assert list(page.context["form"].errors) == ["how_to_talk"]
    assert "how_to_talk" not in visitor.get("/kennisbank/vragen/plain/").context["form"].fields


@pytest.mark.parametrize("contact", [NUMBER, "bas@ede.example"])
def test_contact_in_a_public_answer_is_refused_beside_the_field(visitor, contact):
    factories.QuestionFactory(token_hash=actions.hash_token("secret"), asker_agrees=True)
    said = {"text": f"Bel of mail {contact}."}
    page = visitor.post("/en/kennisbank/vragen/secret/", said | {"owner_agrees": "on"})
    agrees = "Everybody may read the question and this answer, if the asker agrees too"
    wrong = f"Take “{contact}” out of the text, or untick “{agrees}”."
    assert page.context["form"].errors == {"text": [wrong]}
    assert visitor.post("/en/kennisbank/vragen/secret/", said).status_code == 302
    assert Question.objects.get().is_public is False


def test_contact_in_a_public_question_is_refused_and_in_a_private_one_not(stranger, practice):
    said = {"text": f"Belt u mij op {NUMBER}?"}
    page = stranger.post(ASK, said | {"asker_agrees": "on"})
    assert (list(page.context["form"].errors), Question.objects.count()) == (["text"], 0)
    assert stranger.post(ASK, said).status_code == 302


def test_question_with_contact_never_becomes_public(practice):
    person = factories.UserFactory()
    asker = signed_in(person)
    question = factories.QuestionFactory(
        practice=practice, asked_by=person, text=f"Belt u {NUMBER}?", answered=True, owner_agrees=True
    )
    answer = asker.post(f"/en/kennisbank/mijn/vragen/{question.pk}/", {"agree": "1"})
    assert messages_of(answer) == [
        ("error", "There is an e-mail address or a telephone number in your question.")
    ]
    assert Question.objects.get().is_public is False
    page = shown(asker.get("/en/kennisbank/mijn/"))
    assert "Your question cannot become public" in page
    assert "I agree that everybody reads this" not in page


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("knowledgebase_question_public_text_has_no_contact", {"text": NUMBER, "asker_agrees": True}),
        (
            "knowledgebase_question_public_answer_has_no_contact",
            {"public": True, "answer": "bas@ede.example"},
        ),
        ("knowledgebase_question_how_to_talk_was_asked", {"answered": True, "how_to_talk": NUMBER}),
        (
            "knowledgebase_question_how_to_talk_was_asked",
            {"moments": [timezone.now()], "how_to_talk": NUMBER},
        ),
    ],
)
def test_database_refuses(name, fields):
    with refused_by(name):
        factories.QuestionFactory(**fields)


def test_way_to_talk_is_erased_after_the_talk_and_the_public_answer_stays(practice):
    long_ago = timezone.now() - actions.TALK_TERM - timedelta(hours=1)
    old = talked(practice, moments=[long_ago], meeting_at=long_ago)
    passed = talked(practice, moments=[long_ago], meeting_at=None, answered_at=long_ago)
    young = talked(practice)
    assert (actions.erase_ways_to_talk(), actions.erase_ways_to_talk()) == (2, 0)
    left = {question.pk: question.how_to_talk for question in Question.objects.all()}
    assert left == {old.pk: "", passed.pk: "", young.pk: NUMBER}


def test_history_holds_no_way_to_talk(practice):
    talked(practice)
    history = Question.pgh_event_model.objects.values()
    assert (len(history), NUMBER in str(history)) == (1, False)


# Who reads it now


@pytest.mark.parametrize(
    ("fields", "state", "button"),
    [
        ({"public": True}, "Public now.", "Withdraw my consent"),
        (
            {"answered": True, "asker_agrees": True},
            "You agreed, who answered did not.",
            "Withdraw my consent",
        ),
        (
            {"answered": True, "owner_agrees": True},
            "Who answered agreed.",
            "I agree that everybody reads this",
        ),
        ({"answered": True}, "Only you and who answers can read it.", "I agree that everybody reads this"),
        ({"asker_agrees": True}, "You agreed. After the answer", "Withdraw my consent"),
    ],
)
def test_own_page_says_who_reads_it_and_what_the_button_does(fields, state, button):
    person = factories.UserFactory()
    factories.QuestionFactory(asked_by=person, **fields)
    page = shown(signed_in(person).get("/en/kennisbank/mijn/"))
    assert (state in page, button in page) == (True, True)
    assert ("Not public." in page) is ("public" not in fields)


def test_own_page_offers_nothing_for_what_was_closed():
    person = factories.UserFactory()
    factories.QuestionFactory(asked_by=person, closed=True)
    page = shown(signed_in(person).get("/en/kennisbank/mijn/"))
    assert ("Withdraw my consent" in page, "I agree that" in page) == (False, False)


def test_mail_of_an_answer_says_where_to_agree():
    question = factories.QuestionFactory(language="en")
    actions.answer(question=question, text="Ja.", owner_agrees=True, by=None)
    assert "/en/kennisbank/mijn/" in newest("knowledgebase/question_answered").text
