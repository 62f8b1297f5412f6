"""The questionnaire: by a personal link, answered once, and nobody can tell by whom."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from fieldlabs import tasks
from fieldlabs.actions import questionnaire
from fieldlabs.models import QuestionnaireAnswer, QuestionnaireInvitation
from fieldlabs.report import figures
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.database import at_once, refused_by
from tests.mailbox import links_in, newest, queued
from tests.pages import page_template, shown

pytestmark = pytest.mark.django_db
ANSWER = {"rating": "4", "useful": "yes", "comment": "Meer tijd."}
HERE = "/fieldlabs/vragenlijst/token/"


@pytest.fixture
def held():
    ended = timezone.now() - timedelta(hours=10)
    return factories.FieldlabFactory(status="held", starts_at=ended - timedelta(days=1), ends_at=ended)


@pytest.fixture
def invited(held):
    registration = factories.RegistrationFactory(fieldlab=held, status="attended", name="Bas Bakker")
    return factories.QuestionnaireInvitationFactory(registration=registration, token_hash=hash_token("token"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("rating_is_one_to_five", {"rating": 6}), ("useful_is_known", {"useful": "maybe"})],
)
def test_answer_that_cannot_be(constraint, fields):
    with refused_by(f"fieldlabs_questionnaireanswer_{constraint}"):
        factories.QuestionnaireAnswerFactory(**fields)


def test_who_came_is_asked_once(held):
    for status in ("attended", "registered", "absent"):
        factories.RegistrationFactory(fieldlab=held, status=status, email=f"{status}@ede.example")
    factories.registration_at("cancelled", fieldlab=held)
    for _night in range(2):
        tasks.ask_participants(timestamp=0)
    assert sorted(queued()) == [
        ("fieldlabs/questionnaire", "attended@ede.example", "nl"),
        ("fieldlabs/questionnaire", "registered@ede.example", "nl"),
    ]
    token = links_in(newest("fieldlabs/questionnaire"))[0].split("/")[-2]
    assert questionnaire.find(token).registration.fieldlab == held


@pytest.mark.parametrize("status", ["open", "closed", "cancelled"])
def test_nobody_is_asked_about_what_was_not_held(held, status):
    fieldlab = factories.FieldlabFactory(status=status)
    factories.RegistrationFactory(fieldlab=fieldlab)
    tasks.ask_participants(timestamp=0)
    assert queued() == []


def test_answering_uses_the_link_up(visitor, invited):
    page = visitor.get(HERE)
    assert (page.status_code, page_template(page)) == (200, "fieldlabs/questionnaire.html")
    thanks = visitor.post(HERE, ANSWER)
    answer = QuestionnaireAnswer.objects.get()
    assert (thanks.status_code, page_template(thanks)) == (200, "fieldlabs/questionnaire_done.html")
    assert (answer.fieldlab, answer.rating, answer.useful, answer.comment) == (
        invited.registration.fieldlab, 4, "yes", "Meer tijd.",
    )  # fmt: skip
    assert (visitor.get(HERE).status_code, QuestionnaireInvitation.objects.count()) == (404, 0)


def test_answer_holds_nothing_of_who_gave_it(visitor, invited):
    """No row, no history and no moment ties the answer to the registration."""
    registration = invited.registration
    visitor.post(HERE, ANSWER)
    columns = {field.attname for field in QuestionnaireAnswer._meta.concrete_fields}
    assert columns == {"id", "fieldlab_id", "rating", "useful", "comment"}
    tables = [name for name in connection.introspection.table_names() if "questionnaire" in name]
    assert sorted(tables) == ["fieldlabs_questionnaireanswer", "fieldlabs_questionnaireinvitation"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(a)::text FROM fieldlabs_questionnaireanswer a")
        row = cursor.fetchone()[0]
    assert [word for word in (registration.email, registration.name, registration.code) if word in row] == []


@pytest.mark.parametrize("wrong", [{"rating": ""}, {"rating": "9"}, {"useful": ""}, {"comment": "x" * 1001}])
def test_answer_with_a_mistake_keeps_what_was_typed(visitor, invited, wrong):
    page = visitor.post(HERE, ANSWER | wrong)
    assert (page.status_code, list(page.context["form"].errors)) == (200, list(wrong))
    assert QuestionnaireAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_link_at_once_is_one_answer():
    invitation = factories.QuestionnaireInvitationFactory()

    def answer():
        return questionnaire.answer(invitation=invitation, answer=QuestionnaireAnswer(rating=1, useful="no"))

    results = at_once(*[answer] * 8)
    given = [result for result in results if isinstance(result, QuestionnaireAnswer)]
    assert (len(given), QuestionnaireAnswer.objects.count()) == (1, 1)


def test_second_of_two_clicks_is_told_so(visitor, invited, monkeypatch):
    found = questionnaire.find("token")
    visitor.post(HERE, ANSWER)
    monkeypatch.setattr(questionnaire, "find", lambda _token: found)  # it was opened before the first answer
    assert "al geantwoord" in visitor.post(HERE, ANSWER).content.decode()
    assert QuestionnaireAnswer.objects.count() == 1


def test_wrong_method_and_unknown_link(visitor, invited):
    assert (visitor.delete(HERE).status_code, visitor.get("/fieldlabs/vragenlijst/oud/").status_code) == (
        405,
        404,
    )


@pytest.mark.parametrize(
    ("answers", "shown_"),
    [
        ([(5, "yes"), (4, "no")], {"answers": 2}),
        (
            [(5, "yes"), (4, "no"), (3, "yes")],
            {
                "answers": 3,
                "average": 4.0,
                "ratings": {"1": 0, "2": 0, "3": 1, "4": 1, "5": 1},
                "useful": {"yes": 2, "partly": 0, "no": 1},
            },
        ),
    ],
)
def test_summary_hides_what_would_tell_who(held, answers, shown_):
    for rating, useful in answers:
        factories.QuestionnaireAnswerFactory(fieldlab=held, rating=rating, useful=useful)
    factories.QuestionnaireAnswerFactory()
    assert figures(held)["questionnaire"] == shown_


def test_comments_are_for_staff_and_forgotten_after_a_year(programme, visitor):
    report = factories.ReportFactory(published=True, fieldlab__slug="najaar")
    answer = factories.QuestionnaireAnswerFactory(fieldlab=report.fieldlab, comment="Te warm binnen.")
    desk, public = "/beheer/fieldlabs/najaar/verslag/", "/fieldlabs/najaar/verslag/"
    assert ("Te warm" in shown(programme.get(desk)), "Te warm" in shown(visitor.get(public))) == (True, False)
    for days, left in ((364, "Te warm binnen."), (366, "")):
        with time_machine.travel(report.fieldlab.ends_at + timedelta(days=days), tick=False):
            tasks.erase_record(timestamp=0)
        answer.refresh_from_db()
        assert (answer.comment, answer.rating) == (left, 4)


def test_links_that_were_not_used_are_forgotten_after_a_month(invited):
    for days, left in ((29, 1), (31, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            assert (questionnaire.find("token") is not None) == bool(left)
            tasks.erase_record(timestamp=0)
        assert QuestionnaireInvitation.objects.count() == left


def test_writers_are_forgotten_a_month_after_the_report():
    report = factories.ReportFactory(published=True)
    writer = factories.OutcomeWriterFactory(outcome__fieldlab=report.fieldlab)
    factories.OutcomeWriterFactory()
    for days, left in ((29, 2), (31, 1)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            tasks.erase_record(timestamp=0)
        assert type(writer).objects.count() == left
