"""Questions to who uses a practice too: when they agreed, the most alike first, answered by who speaks for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.actions import question as actions
from knowledgebase.addressees import MOST_ADOPTERS, OWNER, addressees
from knowledgebase.models import Adoption, Question
from knowledgebase.permissions import can_answer
from smartsociety.core.models import Mail, User
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_saying
from tests.mailbox import links_in, queued
from tests.pages import shown

pytestmark = pytest.mark.django_db
ASK, PAGE = "/en/kennisbank/laadpalen/vragen/", "/en/kennisbank/laadpalen/"
TEXT = "Hoe legde u het uit?"


@pytest.fixture
def epe(db):
    """A municipality that uses the practice too."""
    return factories.OrganisationFactory(name="Epe", slug="epe", inhabitants=30_000, province="gelderland")


@pytest.fixture
def speakers(epe):
    """Who speak for it: one in Dutch, one in English."""
    people = [factories.UserFactory(language=language) for language in ("nl", "en")]
    for person in people:
        factories.MembershipFactory(organisation=epe, user=person)
    return people


@pytest.fixture
def adoption(practice, epe, speakers):
    """It said so, and agreed to be asked."""
    return factories.AdoptionFactory(practice=practice, organisation=epe, may_be_asked=True)


def asked(client, **changed):
    """A question to Epe from this browser."""
    return client.post(ASK, {"to": "epe", "text": TEXT} | changed)


def keys(page) -> list[str]:
    """Whom the page offers to ask."""
    return [each.key for each in page.context["addressees"]]


def test_question_goes_to_who_speaks_for_the_adopter_without_addresses(
    representative, practice, adoption, speakers
):
    asked(representative)
    question = Question.objects.get()
    assert (question.adoption, question.practice) == (adoption, practice)
    assert queued() == [
        *(("knowledgebase/question_asked", person.email, person.language) for person in speakers),
        ("knowledgebase/question_sent", representative.user.email, "en"),
    ]
    *to_them, to_asker = Mail.objects.order_by("pk")
    secret = [representative.user.email, representative.user.name]
    assert [word for mail in to_them for word in secret if word in mail.text + mail.html] == []
    assert [person for person in speakers if person.email in to_asker.text] == []
    assert (TEXT in to_them[0].text, "Epe" in to_them[1].text, "Epe" in to_asker.text) == (True, True, True)


def test_link_in_their_mail_answers_once(representative, visitor, practice, adoption):
    asked(representative)
    links = {
        links_in(mail)[0].rsplit("/", 2)[1]
        for mail in Mail.objects.filter(kind="knowledgebase/question_asked")
    }
    (token,) = links
    visitor.post(f"/kennisbank/vragen/{token}/", {"text": "Met een bord.", "owner_agrees": "on"})
    assert Question.objects.get().answer == "Met een bord."
    mail = Mail.objects.get(kind="knowledgebase/question_answered")
    assert (mail.to, "Epe" in mail.text) == (representative.user.email, True)


def test_they_answer_on_the_site_too_and_nobody_else_does(practice, ede, epe, adoption, speakers):
    question = factories.QuestionFactory(practice=practice, adoption=adoption)
    editor = factories.MembershipFactory(organisation=epe, role="editor").user
    owner = factories.MembershipFactory(organisation=ede).user
    assert [
        can_answer(person, question) for person in (*speakers, editor, owner, factories.UserFactory())
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]
    speaker = signed_in(speakers[0])
    assert list(speaker.get("/kennisbank/mijn/").context["to_answer"]) == [question]
    assert signed_in(owner).get(f"{PAGE}vragen/{question.pk}/").status_code == 403
    assert list(signed_in(owner).get(f"{PAGE}lezers/").context["questions"]) == []
    speaker.post(f"{PAGE}vragen/{question.pk}/", {"text": "Met een bord."})
    assert Question.objects.get().status == "answered"


def test_answer_that_both_made_public_says_whose_it_is(visitor, practice, adoption):
    factories.QuestionFactory(practice=practice, adoption=adoption, public=True)
    assert "Answer of Epe" in shown(visitor.get(PAGE))
    assert "Answer of the owner" not in shown(visitor.get(PAGE))


def test_only_who_agreed_and_is_there_can_be_asked(stranger, visitor, practice, adoption, speakers):
    assert (keys(stranger.get(ASK)), f"{ASK}?aan=epe" in visitor.get(PAGE).content.decode()) == (
        [OWNER, "epe"],
        True,
    )
    for agreed, is_there in ((False, True), (True, False)):
        Adoption.objects.update(may_be_asked=agreed)
        User.objects.filter(pk__in=[each.pk for each in speakers]).update(is_active=is_there)
        assert keys(stranger.get(ASK)) == [OWNER]
        assert f"{ASK}?aan=epe" not in visitor.get(PAGE).content.decode()
        with pytest.raises(actions.TooMany):
            actions.ask(
                practice=practice,
                adoption=adoption,
                text="Nog iets?",
                by=factories.UserFactory(),
                language="nl",
            )


def test_database_refuses_a_question_to_who_did_not_agree_or_adopted_another(practice, adoption):
    with refused_saying("did not agree to be asked"):
        factories.QuestionFactory(adoption=adoption)  # about another practice
    question = factories.QuestionFactory(practice=practice, adoption=adoption)
    Adoption.objects.update(may_be_asked=False)
    with refused_saying("did not agree to be asked"):
        factories.QuestionFactory(practice=practice, adoption=adoption)
    actions.answer(
        question=question, text="Toch nog.", by=None
    )  # what was asked before can still be answered


def test_adopter_gets_no_more_than_it_can_answer(stranger, practice, adoption):
    Adoption.objects.update(questions_a_month=1)
    old = factories.QuestionFactory(practice=practice, adoption=adoption)
    Question.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=32))
    assert asked(stranger).status_code == 302
    page = asked(stranger, text="En nog iets?")
    assert (page.status_code, Question.objects.count()) == (200, 2)
    assert "They cannot answer more questions this month." in shown(page)
    assert "cannot answer more questions this month)" in shown(stranger.get(ASK))
    assert asked(stranger, to=OWNER).status_code == 302  # its limit is not the owner's


def test_who_is_asked_when_the_owner_is_full(stranger, practice, adoption):
    actions.limit_questions(practice=practice, number=0, by=None)
    page = stranger.get(ASK)
    assert (page.context["is_full"], page.context["form"]["to"].initial) == (False, "epe")
    Adoption.objects.update(questions_a_month=0)
    assert "Nobody can answer more questions about this practice this month" in shown(stranger.get(ASK))


def test_those_most_like_the_own_municipality_come_first(practice, adoption):
    def adopter(name: str, **of):
        made = factories.OrganisationFactory(name=name, slug=name.lower(), **of)
        factories.MembershipFactory(organisation=made)
        factories.AdoptionFactory(practice=practice, organisation=made, may_be_asked=True)
        return made

    adopter("Aalten", inhabitants=900_000, province="utrecht")
    ours = factories.OrganisationFactory(inhabitants=31_000, province="gelderland")
    person = factories.MembershipFactory(organisation=ours).user
    assert [each.key for each in addressees(practice, person, ours=ours)] == [OWNER, "epe", "aalten"]
    assert [each.key for each in addressees(practice, person, ours=None)] == [OWNER, "aalten", "epe"]
    for nth in range(MOST_ADOPTERS):
        adopter(f"Baarn{nth}", inhabitants=30_000, province="gelderland")
    shown_now = [each.key for each in addressees(practice, person, ours=ours, named="aalten")]
    assert (len(shown_now), shown_now[-1]) == (1 + MOST_ADOPTERS + 1, "aalten")
    page = signed_in(person).get(f"{ASK}?aan=aalten")
    assert page.context["form"]["to"].initial == "aalten"


def test_nobody_asks_the_own_organisation(practice, adoption, speakers):
    assert [each.key for each in addressees(practice, speakers[0], ours=None)] == [OWNER]


def test_adopter_says_in_its_adoption_that_it_may_be_asked(practice, epe, speakers):
    client = signed_in(speakers[0])
    said = {"organisation": epe.pk, "stage": "in_use", "may_be_asked": "on", "questions_a_month": "2"}
    client.post(f"{PAGE}overnemen/", said)
    assert Adoption.objects.values_list("may_be_asked", "questions_a_month").get() == (True, 2)
    client.post(f"{PAGE}overnemen/", {"organisation": epe.pk, "stage": "in_use"})
    assert Adoption.objects.values_list("may_be_asked", "questions_a_month").get() == (False, None)


def test_talk_with_an_adopter_is_in_the_calendar_of_who_speaks_for_it(practice, adoption, speakers):
    moment = timezone.now() + timedelta(days=3)
    question = factories.QuestionFactory(practice=practice, adoption=adoption, moments=[moment])
    actions.answer(question=question, text="Graag.", meeting_at=moment, how_to_talk="06-12345678", by=None)
    agreed = [to for kind, to, _language in queued() if kind == "knowledgebase/meeting_agreed"]
    assert agreed == [person.email for person in speakers]


def test_who_gets_no_answer_is_shown_others_to_ask_if_there_are(practice, adoption):
    for made, others in (
        (factories.QuestionFactory(practice=practice), True),
        (factories.QuestionFactory(practice=practice, adoption=adoption), True),
        (factories.QuestionFactory(), False),
    ):
        actions.close(question=made, by=None)
        mail = Mail.objects.filter(kind="knowledgebase/question_closed").latest("pk")
        assert any(link.endswith("/vragen/") for link in links_in(mail)) is others


# Nobody to ask


def test_practice_from_elsewhere_leads_to_its_source_and_says_that_nobody_is_here(visitor, stranger):
    practice = factories.PracticeFactory(slug="laadpalen", external=True)
    page = visitor.get(PAGE).content.decode()
    assert (ASK in page, page.count(practice.origin_url) > 0) == (False, True)
    answer = stranger.get(ASK)
    assert "Its makers do not answer questions here." in shown(answer)
    assert "this month" not in shown(answer)
    body = answer.content.decode()
    assert (practice.origin_url in body, "/en/kennisbank/zoekvragen/nieuw/" in body) == (True, True)
    assert (stranger.post(ASK, {"text": TEXT}).status_code, Question.objects.count()) == (200, 0)


def test_who_uses_what_comes_from_elsewhere_can_be_asked(stranger, epe, speakers):
    practice = factories.PracticeFactory(slug="laadpalen", external=True)
    factories.AdoptionFactory(practice=practice, organisation=epe, may_be_asked=True)
    assert keys(stranger.get(ASK)) == ["epe"]
    assert stranger.post(ASK, {"text": TEXT}).status_code == 302  # nothing to choose
    assert Question.objects.get().adoption.organisation == epe
