"""Questions to owners: mailed without addresses, answered once, public when both agree, never too many."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from knowledgebase.actions import question as actions
from knowledgebase.forms.question import NO_MOMENT
from knowledgebase.meeting import meeting_url
from knowledgebase.models import Question
from smartsociety.core.models import Mail
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.conftest import signed_in
from tests.database import at_once
from tests.mailbox import links_in, newest, queued
from tests.pages import messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db
ASK = "/en/kennisbank/laadpalen/vragen/"
TEXT = "Werkt het ook met andere palen?"


def asked(client, practice, **changed):
    """A question from this browser."""
    return client.post(ASK, {"text": TEXT} | changed)


@pytest.fixture
def owner(ede):
    """A browser of somebody of Ede."""
    return signed_in(factories.MembershipFactory(organisation=ede, role="editor").user)


def answer_link() -> str:
    """The path of the link in the owner's mail."""
    link = links_in(newest("knowledgebase/question_asked"))[0]
    return "/" + link.split("/", 3)[3]


# Asking


def test_question_is_mailed_to_the_owner_without_the_address_of_the_asker(representative, practice):
    answer = asked(representative, practice)
    assert answer.url == "/en/kennisbank/laadpalen/"
    assert queued() == [
        ("knowledgebase/question_asked", practice.contact_email, "nl"),
        ("knowledgebase/question_sent", representative.user.email, "en"),
    ]
    mail = newest("knowledgebase/question_asked")
    secret = (representative.user.email, representative.user.name)
    assert [word for word in secret if word in mail.text + mail.html + mail.subject] == []
    assert (representative.organisation.name in mail.text, mail.reply_to) == (True, "")


def test_asker_does_not_see_the_address_of_the_owner(representative, practice):
    asked(representative, practice)
    assert practice.contact_email not in newest("knowledgebase/question_sent").text
    assert practice.contact_email not in shown(representative.get(ASK))


def test_visitor_is_asked_to_sign_in(visitor, practice):
    assert visitor.get(ASK).url == sign_in_before(ASK)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_question_about_what_is_not_published_is_missing(stranger, status):
    factories.PracticeFactory(slug="laadpalen", **{status: True})
    assert stranger.get(ASK).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 1501}, "text"),
        ({"moment_2": "2020-01-01T10:00"}, "moment_2"),
        ({"moment_1": "morgen"}, "moment_1"),
    ],
)
def test_question_with_a_mistake_is_not_sent(stranger, practice, changed, field):
    page = asked(stranger, practice, **changed)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert (Question.objects.count(), queued()) == (0, [])


def test_owner_gets_no_more_than_it_can_answer(stranger, practice):
    actions.limit_questions(practice=practice, number=1, by=None)
    asked(stranger, practice)
    page = asked(stranger, practice, text="En nog iets?")
    assert (page.status_code, Question.objects.count()) == (200, 1)
    assert "The owner cannot answer more questions this month" in shown(page)


def test_limit_is_kept_by_the_action_and_begins_anew_each_month(practice):
    person = factories.UserFactory()
    actions.limit_questions(practice=practice, number=1, by=None)
    old = factories.QuestionFactory(practice=practice)
    Question.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=32))
    practice.refresh_from_db()
    actions.ask(practice=practice, text=TEXT, by=person, language="nl")
    with pytest.raises(actions.TooMany):
        actions.ask(practice=practice, text="En nog iets?", by=person, language="nl")


def test_question_that_is_sent_again_is_asked_once(stranger, practice):
    actions.limit_questions(practice=practice, number=1, by=None)
    answers = [asked(stranger, practice, **more) for more in [{}] * 6 + [{"asker_agrees": "on"}]]
    assert [answer.url for answer in answers] == ["/en/kennisbank/laadpalen/"] * 7
    assert set(messages_of(answers[-1])) == {
        ("success", "Your question is sent. You get the answer by mail.")
    }
    assert list(Question.objects.values_list("text", "asker_agrees")) == [(TEXT, True)]
    assert [kind for kind, _to, _language in queued()] == [
        "knowledgebase/question_asked",
        "knowledgebase/question_sent",
    ]


def test_question_with_a_moment_or_after_an_answer_is_another_one(stranger, practice):
    asked(stranger, practice)
    asked(stranger, practice, moment_1="2099-01-01T10:00")
    for question in Question.objects.all():
        actions.answer(question=question, text="Ja.", by=None)
    asked(stranger, practice)
    assert Question.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_question_that_is_sent_twice_at_once_is_one(practice):
    person = factories.UserFactory()
    said = {"practice": practice, "text": TEXT, "by": person, "language": "nl"}
    one, other = at_once(*[lambda: actions.ask(**said)] * 2)
    assert (one, Question.objects.count()) == (other, 1)


def test_person_cannot_fill_the_mailboxes_of_owners(stranger, practice):
    pages = [asked(stranger, practice, text=f"Vraag {number}?") for number in range(6)]
    assert [page.status_code for page in pages] == [302] * 5 + [200]
    assert Question.objects.count() == 5


# Answering


def test_link_in_the_mail_answers_without_signing_in(representative, visitor, practice):
    asked(representative, practice)
    link = answer_link()
    assert visitor.get(link).status_code == 200
    visitor.post(link, {"text": "Ja, met elke paal."})
    assert Question.objects.values_list("status", "answer").get() == ("answered", "Ja, met elke paal.")
    mail = newest("knowledgebase/question_answered")
    assert (mail.to, "Ja, met elke paal." in mail.text) == (representative.user.email, True)
    assert practice.contact_email not in mail.text
    assert visitor.get(link).context["form"] is None


def test_opening_the_link_changes_nothing(visitor):
    factories.QuestionFactory(token_hash=actions.hash_token("secret"))
    visitor.get("/kennisbank/vragen/secret/")
    assert Question.objects.get().status == "open"


def test_unknown_link_is_missing(visitor):
    assert visitor.get("/kennisbank/vragen/guess/").status_code == 404


def test_answer_is_given_once():
    question = factories.QuestionFactory()
    actions.answer(question=question, text="Ja.", by=None)
    for again in (
        lambda: actions.answer(question=question, text="Nee.", by=None),
        lambda: actions.close(question=question, by=None),
    ):
        with pytest.raises(InvalidTransition):
            again()
    assert Question.objects.get().answer == "Ja."


def test_owner_answers_on_its_own_desk(owner, practice):
    question = factories.QuestionFactory(practice=practice)
    page = owner.get("/en/kennisbank/laadpalen/lezers/")
    assert list(page.context["questions"]) == [question]
    owner.post(f"/en/kennisbank/laadpalen/vragen/{question.pk}/", {"text": "Ja."})
    assert Question.objects.get().status == "answered"


def test_owner_says_that_it_cannot_answer(owner, practice):
    question = factories.QuestionFactory(practice=practice)
    answer = owner.post(f"/en/kennisbank/laadpalen/vragen/{question.pk}/", {"close": "1"})
    assert (answer.status_code, Question.objects.get().status) == (302, "closed")
    assert queued() == [("knowledgebase/question_closed", question.asked_by.email, "nl")]


def test_owner_sets_a_limit(owner, practice):
    answer = owner.post("/en/kennisbank/laadpalen/lezers/", {"questions_a_month": "3"})
    practice.refresh_from_db()
    assert (answer.status_code, practice.questions_a_month) == (302, 3)
    page = owner.post("/en/kennisbank/laadpalen/lezers/", {"questions_a_month": "-1"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["questions_a_month"])


def test_question_of_another_practice_is_missing_at_this_desk(owner, practice):
    other = factories.QuestionFactory()
    assert owner.get(f"/kennisbank/laadpalen/vragen/{other.pk}/").status_code == 404


# Public


@pytest.mark.parametrize(("asker", "answerer"), [(False, False), (True, False), (False, True), (True, True)])
def test_question_is_public_when_both_agree(visitor, practice, asker, answerer):
    factories.QuestionFactory(
        practice=practice, answered=True, text=TEXT, asker_agrees=asker, owner_agrees=answerer
    )
    assert (TEXT in shown(visitor.get("/kennisbank/laadpalen/"))) is (asker and answerer)


def test_asker_agrees_later_and_takes_it_back(stranger, practice):
    user = factories.UserFactory()
    client = signed_in(user)
    question = factories.QuestionFactory(practice=practice, asked_by=user, answered=True, owner_agrees=True)
    for agrees in ("1", "0"):
        answer = client.post(f"/en/kennisbank/mijn/vragen/{question.pk}/", {"agree": agrees})
        question.refresh_from_db()
        assert (answer.url, question.is_public) == ("/en/kennisbank/mijn/", agrees == "1")
    assert stranger.post(f"/en/kennisbank/mijn/vragen/{question.pk}/", {"agree": "1"}).status_code == 404


# A talk


def in_days(*days: int) -> list:
    """Whole hours so many days from now."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    return [now + timedelta(days=number) for number in days]


def picking(moments, nth: int | None = None) -> str:
    """The choice of the form for one of them, or for none."""
    return NO_MOMENT if nth is None else moments[nth].isoformat()


def test_asker_proposes_up_to_three_moments_each_with_a_link_in_the_mail(stranger, practice):
    later, sooner = map(timezone.localtime, in_days(5, 3))
    asked(
        stranger,
        practice,
        moment_1=later.strftime("%Y-%m-%dT%H:%M"),
        moment_3=sooner.strftime("%Y-%m-%dT%H:%M"),
        moment_2=later.strftime("%Y-%m-%dT%H:%M"),
    )
    assert Question.objects.get().moments == [sooner, later]
    links = [link for link in links_in(newest("knowledgebase/question_asked")) if "/vragen/" in link]
    assert [link.partition("?")[2] for link in links] == ["moment=1", "moment=2", ""]


def test_link_of_a_moment_picks_it_on_the_page_and_changes_nothing(visitor):
    moments = in_days(1, 2, 3)
    factories.QuestionFactory(token_hash=hash_token("secret"), moments=moments)
    page = visitor.get("/kennisbank/vragen/secret/?moment=2")
    assert page.context["form"]["meeting_at"].initial == moments[1].isoformat()
    for nonsense in ("4", "0", "²", "x", ""):
        field = visitor.get(f"/kennisbank/vragen/secret/?moment={nonsense}").context["form"]["meeting_at"]
        assert field.initial is None
    assert Question.objects.get().status == "open"


def test_moment_that_is_picked_is_in_the_calendar_of_both(visitor):
    moments = in_days(3, 4)
    question = factories.QuestionFactory(token_hash=hash_token("secret"), moments=moments)
    answer = {"text": "Graag.", "how_to_talk": "0800-0000", "meeting_at": picking(moments, 1)}
    visitor.post("/kennisbank/vragen/secret/", answer)
    kinds = [kind for kind, _to, _language in queued()]
    assert kinds == ["knowledgebase/question_answered", "knowledgebase/meeting_agreed"]
    urls = [link for mail in Mail.objects.order_by("pk") for link in links_in(mail) if link.endswith(".ics")]
    assert len(urls) == 2
    file = visitor.get("/" + urls[0].split("/", 3)[3])
    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt) == (
        moments[1],
        timedelta(minutes=30),
    )
    assert (file["Content-Type"], question.asked_by.email in file.content.decode()) == (
        "text/calendar; charset=utf-8",
        False,
    )


def test_talk_that_suits_nobody_has_no_file_and_the_asker_may_propose_others(visitor, practice):
    moments = in_days(3)
    question = factories.QuestionFactory(
        practice=practice, token_hash=hash_token("secret"), moments=moments, language="en"
    )
    visitor.post("/kennisbank/vragen/secret/", {"text": "Dan niet.", "meeting_at": picking(moments)})
    question.refresh_from_db()
    assert (question.status, question.meeting_at) == ("answered", None)
    assert [kind for kind, _to, _language in queued()] == ["knowledgebase/question_answered"]
    mail = newest("knowledgebase/question_answered")
    assert any(link.endswith("/en/kennisbank/laadpalen/vragen/") for link in links_in(mail))
    assert visitor.get("/" + meeting_url(question, "nl").split("/", 3)[3]).status_code == 404


@pytest.mark.parametrize("picked", ["", "2031-01-01T10:00:00+01:00", "tomorrow"])
def test_owner_picks_one_of_the_moments_or_says_that_none_suits(visitor, picked):
    factories.QuestionFactory(token_hash=hash_token("secret"), moments=in_days(3))
    answer = {"text": "Graag.", "how_to_talk": "0800-0000", "meeting_at": picked}
    page = visitor.post("/kennisbank/vragen/secret/", answer)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["meeting_at"])
    assert "Graag.</textarea>" in page.content.decode()
    assert Question.objects.get().status == "open"


def test_moments_that_have_passed_are_no_choice(owner, practice):
    plain = factories.QuestionFactory(practice=practice)
    passed = factories.QuestionFactory(practice=practice, moments=in_days(-2, -1))
    half = factories.QuestionFactory(practice=practice, moments=in_days(-1, 1))
    forms = [
        owner.get(f"/kennisbank/laadpalen/vragen/{each.pk}/").context["form"]
        for each in (plain, passed, half)
    ]
    assert ["meeting_at" in form.fields for form in forms] == [False, False, True]
    values = [value for value, _label in forms[2].fields["meeting_at"].choices]
    assert values == [half.moments[1].isoformat(), NO_MOMENT]


# Terms


def test_question_that_nobody_answers_is_closed_and_its_asker_told():
    old, _young = factories.QuestionFactory.create_batch(2)
    Question.objects.filter(pk=old.pk).update(
        asked_at=timezone.now() - actions.ANSWER_TERM - timedelta(hours=1)
    )
    assert (actions.close_unanswered(), actions.close_unanswered()) == (1, 0)
    assert queued() == [("knowledgebase/question_closed", old.asked_by.email, "nl")]


def test_old_questions_go_but_what_both_made_public_stays():
    long_ago = timezone.now() - actions.QUESTION_TERM - timedelta(hours=1)
    factories.QuestionFactory(answered=True, answered_at=long_ago)
    factories.QuestionFactory(closed=True, answered_at=long_ago)
    public = factories.QuestionFactory(public=True, answered_at=long_ago)
    young = factories.QuestionFactory(answered=True)
    waiting = factories.QuestionFactory()
    assert actions.erase_questions() == 2
    assert set(Question.objects.all()) == {public, young, waiting}


def test_message_says_what_happened(stranger, practice):
    answer = asked(stranger, practice)
    assert messages_of(answer) == [("success", "Your question is sent. You get the answer by mail.")]
