"""Wilt u meedoen? A question is kept, confirmed, answered once and erased after its term."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alliance import tasks
from alliance.actions.enquiry import ENQUIRY_TERM, answer, ask, close, erase_handled
from alliance.models import Enquiry
from smartsociety.core.models import Mail
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import accepts, at_once, refused_by
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown, sign_in_before

pytestmark = pytest.mark.django_db
QUESTION = {
    "subject": "Meedoen", "organisation_name": "Gemeente Urk", "name": "Anna Aerts", "email": "Anna@urk.example",
    "message": "Mag een kleine gemeente ook meedoen?",
}  # fmt: skip
REFUSAL = "We received several questions from you or your network. Please try again later."


@pytest.fixture
def enquiry():
    """Waits for an answer, asked in English."""
    return factories.EnquiryFactory(language="en", email="anna@urk.example", name="Anna Aerts")


# Asking


@pytest.mark.parametrize("address", ["/contact/", "/en/contact/", "/contact/verstuurd/"])
def test_contact_is_for_everyone(everyone, address):
    assert {who: client.get(address).status_code for who, client in everyone.items()} == dict.fromkeys(
        everyone, 200
    )


def test_question_is_kept_and_confirmed_and_told(visitor, settings):
    sent = visitor.post("/en/contact/", QUESTION)
    assert (sent.status_code, sent.url) == (302, "/en/contact/verstuurd/")
    kept = Enquiry.objects.get()
    assert (kept.subject, kept.organisation_name, kept.email, kept.language, kept.status) == (
        "Meedoen", "Gemeente Urk", "anna@urk.example", "en", "open",
    )  # fmt: skip
    assert queued() == [
        ("alliance/enquiry_received", "anna@urk.example", "en"),
        ("alliance/enquiry_to_answer", settings.SECRETARIAT_EMAIL, "nl"),
    ]
    assert links_in(newest("alliance/enquiry_to_answer")) == [f"{settings.SITE_URL}/beheer/vragen/{kept.pk}/"]


def test_confirmation_carries_nothing_that_was_typed(visitor):
    visitor.post("/contact/", QUESTION)
    mail = newest("alliance/enquiry_received")
    assert [value for value in QUESTION.values() if value in mail.text + mail.subject] == []


def test_name_and_organisation_are_not_needed(visitor):
    visitor.post("/contact/", QUESTION | {"name": "", "organisation_name": ""})
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", ""), ("subject", "x" * 121), ("subject", "Zie www.koop.example"), ("subject", "a\u202eb"),
        ("name", "Anna https://koop.example"), ("organisation_name", "x\u0000y"), ("email", "geen adres"),
        ("email", ""), ("message", ""), ("message", "x" * 3001),
    ],
)  # fmt: skip
def test_wrong_question_keeps_what_was_typed(visitor, field, value):
    page = visitor.post("/contact/", QUESTION | {field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert page.context["form"]["message"].value() == (value if field == "message" else QUESTION["message"])
    assert (Enquiry.objects.count(), queued()) == (0, [])


def test_program_that_fills_in_the_trap_reads_thanks_and_leaves_nothing(visitor):
    sent = visitor.post("/contact/", QUESTION | {"trap": "https://koop.example"})
    assert (sent.status_code, sent.url) == (302, "/contact/verstuurd/")
    assert (Enquiry.objects.count(), queued()) == (0, [])


def test_nobody_fills_anothers_mailbox(visitor):
    for number in range(5):
        page = visitor.post(
            "/en/contact/", QUESTION | {"email": f"{'ANNA' if number % 2 else 'anna'}@urk.example"}
        )
    assert page.context["form"].non_field_errors() == [REFUSAL]
    assert (Enquiry.objects.count(), Mail.objects.filter(to="anna@urk.example").count()) == (3, 3)


def test_one_network_asks_so_often_an_hour(visitor):
    now = timezone.now().replace(minute=5)
    with time_machine.travel(now, tick=False):
        for number in range(22):
            visitor.post("/contact/", QUESTION | {"email": f"a{number}@urk.example"})
        assert Enquiry.objects.count() == 20
        visitor.post("/contact/", QUESTION | {"email": "elders@urk.example"}, REMOTE_ADDR="203.0.113.9")
        assert Enquiry.objects.count() == 21
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        visitor.post("/contact/", QUESTION | {"email": "later@urk.example"})
    assert Enquiry.objects.count() == 22


def test_wrong_answers_do_not_use_up_the_limit(visitor):
    for _number in range(6):
        visitor.post("/contact/", QUESTION | {"message": ""})
    assert visitor.post("/contact/", QUESTION).status_code == 302


def test_contact_is_in_the_footer_and_beside_the_declaration(visitor, declaration):
    assert 'href="/contact/"' in visitor.get("/").content.decode()
    assert "Not ready to sign? Ask us a question" in shown(visitor.get("/en/steunverklaring/"))


# Answering


def test_list_shows_what_waits_first(secretariat):
    handled = factories.EnquiryFactory(status="answered", handled_at=timezone.now())
    second, third = factories.EnquiryFactory(), factories.EnquiryFactory()
    page = secretariat.get("/beheer/vragen/")
    assert (page.status_code, list(page.context["page"])) == (200, [second, third, handled])


def test_empty_list_says_so(secretariat):
    assert "No question waits for you" in shown(secretariat.get("/en/beheer/vragen/"))


def test_answer_is_mailed_with_the_question(secretariat, enquiry, settings):
    done = secretariat.post(english("alliance:enquiry_detail", enquiry.pk), {"answer": "Ja, <graag> & snel."})
    assert (done.status_code, done.url) == (302, "/en/beheer/vragen/")
    assert messages_of(done) == [("success", "The answer is on its way.")]
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.answer, enquiry.handled_by) == (
        "answered",
        "Ja, <graag> & snel.",
        secretariat.user,
    )
    assert queued() == [("alliance/enquiry_answered", "anna@urk.example", "en")]
    mail = newest("alliance/enquiry_answered")
    assert mail.reply_to == settings.SECRETARIAT_EMAIL
    assert mail.text.startswith("Dear Anna Aerts,\n\nJa, <graag> & snel.")
    assert mail.text.endswith(enquiry.message)
    assert "<graag>" not in mail.html


def test_closing_mails_nobody(secretariat, enquiry):
    done = secretariat.post(english("alliance:enquiry_detail", enquiry.pk), {"close": "1"})
    assert messages_of(done) == [("success", "The question is closed.")]
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.handled_by, queued()) == ("closed", secretariat.user, [])


@pytest.mark.parametrize("text", ["", "x" * 5001])
def test_wrong_answer_is_kept_on_the_page(secretariat, enquiry, text):
    page = secretariat.post(f"/beheer/vragen/{enquiry.pk}/", {"answer": text})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["answer"])
    assert page.context["form"]["answer"].value() == text
    assert queued() == []


@pytest.mark.parametrize("data", [{"answer": "Ook ik."}, {"close": "1"}])
def test_second_colleague_overwrites_nothing(secretariat, enquiry, data):
    answer(enquiry=enquiry, text="Eerst ik.", by=factories.UserFactory())
    done = secretariat.post(english("alliance:enquiry_detail", enquiry.pk), data)
    assert messages_of(done) == [
        ("error", "A colleague has handled this question already. Nothing was changed.")
    ]
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.answer, len(queued())) == ("answered", "Eerst ik.", 1)


def test_handled_question_shows_how_and_has_no_form(secretariat, enquiry):
    answer(enquiry=enquiry, text="Welkom!", by=secretariat.user)
    page = secretariat.get(f"/en/beheer/vragen/{enquiry.pk}/")
    assert page_template(page) == "alliance/staff/enquiry_detail.html"
    assert ("Welkom!" in shown(page), "Mail the answer" in shown(page)) == (True, False)


@pytest.mark.parametrize("who", ["visitor", "stranger", "representative", "editor", "programme", "reviewer"])
@pytest.mark.parametrize("path", ["", "{pk}/"])
def test_questions_are_for_the_secretariat(everyone, enquiry, who, path):
    address = f"/beheer/vragen/{path.format(pk=enquiry.pk)}"
    answers = [everyone[who].get(address), everyone[who].post(address, {"close": "1"})]
    if who == "visitor" and path:
        assert {reply.url for reply in answers} == {sign_in_before(address)}
    assert 200 not in [reply.status_code for reply in answers]
    enquiry.refresh_from_db()
    assert enquiry.status == "open"


def test_administrator_answers_too(administrator, enquiry):
    assert administrator.get("/beheer/vragen/").status_code == 200


def test_missing_question_and_wrong_methods(secretariat, enquiry, visitor):
    assert secretariat.get("/beheer/vragen/0/").status_code == 404
    wrong = [
        secretariat.post("/beheer/vragen/"),
        secretariat.delete(f"/beheer/vragen/{enquiry.pk}/"),
        visitor.delete("/contact/"),
        visitor.post("/contact/verstuurd/"),
    ]
    assert [(reply.status_code, reply["Allow"]) for reply in wrong] == [
        (405, "GET, HEAD"), (405, "GET, HEAD, POST"), (405, "GET, HEAD, POST"), (405, "GET, HEAD"),
    ]  # fmt: skip


# What must never be, and what is forgotten


@pytest.mark.parametrize("start", ["open", "answered", "closed"])
@pytest.mark.parametrize("end", ["open", "answered", "closed"])
def test_transitions(start, end):
    handled = None if start == "open" else timezone.now()
    question = factories.EnquiryFactory(status=start, handled_at=handled)
    allowed = start == "open" and end != "open"
    change = Enquiry.objects.filter(pk=question.pk)
    moment = None if end == "open" else timezone.now()
    assert question.can_become(end) is allowed
    assert start == end or accepts(lambda: change.update(status=end, handled_at=moment)) is allowed


@pytest.mark.parametrize(
    "action", [lambda q, by: answer(enquiry=q, text="x", by=by), lambda q, by: close(enquiry=q, by=by)]
)
@pytest.mark.parametrize("status", ["answered", "closed"])
def test_handled_question_cannot_be_handled_again(enquiry, action, status):
    Enquiry.objects.update(status=status, handled_at=timezone.now())
    with pytest.raises(InvalidTransition):
        action(enquiry, factories.UserFactory())
    assert queued() == []


def test_handled_question_has_its_date(enquiry):
    with refused_by("alliance_enquiry_handled_has_its_date"):
        Enquiry.objects.update(status="answered")


def test_question_that_cannot_be_mailed_is_not_kept(monkeypatch):
    def broken(enquiry):
        raise RuntimeError

    monkeypatch.setattr("alliance.emails.enquiry_to_answer", broken)
    with pytest.raises(RuntimeError):
        ask(enquiry=factories.EnquiryFactory.build(), language="nl")
    assert (Enquiry.objects.count(), queued()) == (0, [])


def test_night_erases_what_was_handled_long_ago():
    def question(days, **fields):
        return factories.EnquiryFactory(handled_at=timezone.now() - timedelta(days=days), **fields)

    question(ENQUIRY_TERM.days + 1, status="answered")
    question(ENQUIRY_TERM.days + 1, status="closed")
    kept = [question(ENQUIRY_TERM.days - 1, status="answered"), factories.EnquiryFactory()]
    tasks.erase_personal_data(timestamp=0)
    assert list(Enquiry.objects.order_by("pk")) == kept
    assert erase_handled() == 0


def test_audit_knows_no_personal_data(visitor):
    visitor.post("/contact/", QUESTION)
    columns = (
        {field.name for field in Enquiry.pgh_event_model._meta.fields}
        if hasattr(Enquiry, "pgh_event_model")
        else set()
    )
    assert not {"name", "email", "message", "answer"} & columns


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_answer_once():
    question, by = factories.EnquiryFactory(), factories.UserFactory()
    results = at_once(
        *[lambda text=text: answer(enquiry=question, text=text, by=by) for text in ("Een", "Twee")]
    )
    assert sorted(type(result).__name__ for result in results) == ["Enquiry", "InvalidTransition"]
    assert [kind for kind, _to, _language in queued()] == ["alliance/enquiry_answered"]
