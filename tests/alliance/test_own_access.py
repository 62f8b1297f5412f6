"""Asking to act for an organisation, and who decides."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliance.actions import own_access as actions
from alliance.models import AccessRequest, Membership, Organisation
from smartsociety.core.models import Mail, User
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.conftest import signed_in
from tests.database import accepts, at_once, refused_by
from tests.mailbox import newest, queued
from tests.pages import english, messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db
TYPED = {"role": "representative", "message": "Ik volg mijn collega op."}
LIST = "/en/beheer/toegang/"


def ask_address(organisation) -> str:
    return english("alliance:access_request", organisation.slug)


@pytest.fixture
def asked(representative):
    """Somebody asks to represent the organisation of `representative`."""
    return factories.AccessRequestFactory(organisation=representative.organisation)


# Asking


def test_visitor_signs_in_and_comes_back(visitor, almere):
    answer = visitor.get(ask_address(almere))
    assert (answer.status_code, answer.url) == (302, sign_in_before(ask_address(almere)))


def test_asking_tells_the_representatives(stranger, representative):
    factories.MembershipFactory(organisation=representative.organisation, role="editor")
    answer = stranger.post(ask_address(representative.organisation), TYPED)
    request = AccessRequest.objects.get()
    assert (answer.status_code, request.status, request.role) == (302, "asked", "representative")
    assert messages_of(answer) == [("success", "Your request is sent. You get a mail when somebody decided.")]
    assert queued() == [("alliance/access_requested", representative.user.email, "nl")]


@pytest.mark.parametrize(
    ("name", "known_as"), [("", "h1@almere.example"), ("Anna Bos", "Anna Bos (h1@almere.example)")]
)
def test_who_asks_is_named_once_and_as_the_page_says(representative, name, known_as):
    client = signed_in(factories.UserFactory(name=name, email="h1@almere.example"))
    page = shown(client.get(ask_address(representative.organisation)))
    assert f"They see who you are, {known_as}, and what you write here." in page
    client.post(ask_address(representative.organisation), TYPED)
    assert f"{known_as} wil optreden voor" in newest("alliance/access_requested").text
    assert known_as in shown(
        representative.get(english("alliance:own_people", representative.organisation.slug))
    )


def test_asking_where_nobody_represents_tells_the_secretariat(stranger, almere, settings):
    stranger.post(ask_address(almere), TYPED)
    assert queued() == [("alliance/access_requested", settings.SECRETARIAT_EMAIL, "nl")]


def test_asking_twice_is_asking_once(stranger, almere):
    for _time in range(2):
        page = stranger.post(ask_address(almere), TYPED)
    assert (AccessRequest.objects.count(), len(queued())) == (1, 1)
    assert "Your request waits" in shown(page)


@pytest.mark.parametrize(
    ("website", "evidence"), [("https://www.organisation.example", True), ("https://elders.example", False)]
)
def test_confirmed_address_of_the_domain_is_evidence(stranger, almere, website, evidence):
    Organisation.objects.update(website=website)
    page = stranger.get(ask_address(almere))
    assert bool(page.context["evidence"]) is evidence
    assert ("Your address shows that you work here" in shown(page)) is evidence


def test_unconfirmed_address_and_unchecked_domain_are_no_evidence(almere):
    user = factories.UserFactory(email="a@elders.example")
    user.emailaddress_set.create(email="a@almere.example", verified=False)
    user.emailaddress_set.create(email="a@nieuw.example", verified=True)
    Organisation.objects.update(proposed_domains=["nieuw.example"])
    almere.refresh_from_db()
    assert AccessRequest(user=user, organisation=almere).evidence == []


def test_who_represents_already_is_told(representative):
    page = representative.post(ask_address(representative.organisation), TYPED)
    assert "You represent this organisation already" in shown(page)
    assert AccessRequest.objects.count() == 0


def test_editor_may_ask_to_represent(editor):
    assert editor.post(ask_address(editor.organisation), TYPED).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {"role": "boss", "message": "x"},
        {"role": "editor", "message": ""},
        {"role": "editor", "message": "x" * 501},
    ],
)
def test_asking_keeps_what_was_typed(stranger, almere, typed):
    page = stranger.post(ask_address(almere), typed)
    assert (page.status_code, page.context["form"]["message"].value()) == (200, typed["message"])
    assert AccessRequest.objects.count() == 0


def test_asking_has_its_limits(stranger, almere):
    user = User.objects.latest("pk")
    for _number in range(3):
        factories.AccessRequestFactory(user=user)
    page = stranger.post(ask_address(almere), TYPED)
    assert page.context["form"].non_field_errors() == [
        "Too many requests are waiting. Try again when these are answered."
    ]


def test_one_organisation_is_not_flooded(stranger, almere):
    factories.AccessRequestFactory.create_batch(20, organisation=almere)
    assert stranger.post(ask_address(almere), TYPED).status_code == 200
    assert AccessRequest.objects.count() == 20


def test_mailbox_of_a_representative_is_not_flooded(representative):
    for _time in range(5):
        factories.MailFactory(kind="alliance/access_requested", to=representative.user.email)
    actions.ask(
        organisation=representative.organisation, role="editor", message="x", by=factories.UserFactory()
    )
    assert (AccessRequest.objects.count(), Mail.objects.count()) == (1, 5)


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 302)])
def test_refused_may_ask_again_after_a_month(stranger, almere, days, status):
    user = User.objects.latest("pk")
    request = factories.AccessRequestFactory(user=user, organisation=almere)
    actions.refuse(request=request, by=factories.UserFactory())
    AccessRequest.objects.update(decided_at=timezone.now() - timedelta(days=days))
    assert stranger.post(ask_address(almere), TYPED).status_code == status


def test_hidden_organisation_is_missing(stranger):
    hidden = factories.OrganisationFactory(in_register=False)
    assert stranger.get(ask_address(hidden)).status_code == 404
    assert stranger.delete(ask_address(hidden)).status_code == 405


# Deciding


def decide(client, asked, decision: str):
    return client.post(english("alliance:own_access_decide", asked.organisation.slug, asked.pk, decision))


def test_granting_lets_somebody_in(representative, asked):
    third = factories.MembershipFactory(organisation=asked.organisation)
    answer = decide(representative, asked, "toekennen")
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by, messages_of(answer)) == (
        "granted",
        representative.user,
        [("success", "Access is granted.")],
    )
    assert Membership.objects.get(user=asked.user).role == "representative"
    assert queued() == [
        ("alliance/access_granted", asked.user.email, "nl"),
        ("alliance/member_joined", third.user.email, "nl"),
    ]


def test_refusing_changes_nothing_but_is_told(representative, asked):
    answer = decide(representative, asked, "weigeren")
    asked.refresh_from_db()
    assert (asked.status, messages_of(answer)) == ("refused", [("success", "Access is refused.")])
    assert not Membership.objects.filter(user=asked.user).exists()
    assert queued() == [("alliance/access_refused", asked.user.email, "nl")]


def test_second_decision_is_refused(representative, secretariat, asked):
    decide(representative, asked, "weigeren")
    answer = secretariat.post(english("alliance:staff_access_decide", asked.pk, "toekennen"))
    assert messages_of(answer) == [
        ("error", "Somebody has decided on this request already. Nothing was changed.")
    ]
    assert not Membership.objects.filter(user=asked.user).exists()


@pytest.mark.parametrize("status", ["asked", "granted", "refused"])
@pytest.mark.parametrize(("target", "action"), [("granted", actions.grant), ("refused", actions.refuse)])
def test_only_what_was_asked_is_decided(status, target, action):
    request = factories.AccessRequestFactory(status=status)
    if status == "asked":
        assert action(request=request, by=factories.UserFactory()).status == target
    else:
        with pytest.raises(InvalidTransition):
            action(request=request, by=factories.UserFactory())
        other = "granted" if status == "refused" else "refused"
        assert not accepts(lambda: AccessRequest.objects.filter(pk=request.pk).update(status=other))


def test_who_may_decide(everyone, asked):
    refused = {}
    for name, client in everyone.items():
        refused[name] = decide(client, asked, "weigeren").status_code
    assert refused == {
        "visitor": 302,
        "stranger": 403,
        "representative": 302,
        "editor": 403,
        "secretariat": 302,
        "programme": 403,
        "reviewer": 403,
        "administrator": 302,
    }


def test_request_of_another_organisation_is_missing(representative, asked):
    other = factories.AccessRequestFactory()
    address = english("alliance:own_access_decide", representative.organisation.slug, other.pk, "toekennen")
    assert representative.post(address).status_code == 404
    assert representative.get(address).status_code == 405


def test_nobody_lets_themselves_in(secretariat, almere):
    mine = factories.AccessRequestFactory(user=secretariat.user, organisation=almere)
    assert secretariat.post(english("alliance:staff_access_decide", mine.pk, "toekennen")).status_code == 403
    assert Membership.objects.count() == 0


def test_granting_is_undone_when_its_mail_fails(representative, asked, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("alliance.emails.access_granted", fail)
    with pytest.raises(RuntimeError):
        actions.grant(request=asked, by=representative.user)
    asked.refresh_from_db()
    assert (asked.status, Membership.objects.filter(user=asked.user).count()) == ("asked", 0)


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one():
    request, by = factories.AccessRequestFactory(), factories.UserFactory()
    results = at_once(
        lambda: actions.grant(request=request, by=by), lambda: actions.refuse(request=request, by=by)
    )
    assert sorted(type(result).__name__ for result in results) == ["AccessRequest", "InvalidTransition"]
    assert Membership.objects.count() == (AccessRequest.objects.get().status == "granted")


def test_database_keeps_one_open_request(asked):
    with refused_by("alliance_accessrequest_asked_once"):
        factories.AccessRequestFactory(organisation=asked.organisation, user=asked.user)


def test_old_requests_are_erased(asked):
    decided = factories.AccessRequestFactory()
    actions.refuse(request=decided, by=factories.UserFactory())
    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        assert actions.erase_requests() == 0
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert actions.erase_requests() == 2


# The secretariat


@pytest.mark.parametrize("evidence", [True, False])
def test_secretariat_sees_who_asks_with_evidence(secretariat, asked, evidence):
    if evidence:
        Organisation.objects.filter(pk=asked.organisation.pk).update(email_domains=["organisation.example"])
    page = secretariat.get(LIST)
    assert list(page.context["page"]) == [asked]
    assert ("Confirmed address of the organisation" in shown(page)) is evidence


def test_list_is_empty_when_nothing_waits(secretariat, asked):
    actions.refuse(request=asked, by=secretariat.user)
    assert "No request waits for you" in shown(secretariat.get(LIST))


def test_list_is_for_the_secretariat(everyone):
    statuses = {name: client.get(LIST).status_code for name, client in everyone.items()}
    assert statuses == {
        "visitor": 302,
        "stranger": 403,
        "representative": 403,
        "editor": 403,
        "secretariat": 200,
        "programme": 403,
        "reviewer": 403,
        "administrator": 200,
    }
    assert everyone["secretariat"].post(LIST).status_code == 405


def test_list_needs_as_many_queries_for_more(secretariat, asked, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        secretariat.get(LIST)
    factories.AccessRequestFactory.create_batch(2)
    with django_assert_num_queries(len(one)):
        secretariat.get(LIST)


@pytest.mark.parametrize(("decision", "known"), [("bevestigen", ["nieuw.example"]), ("afwijzen", [])])
def test_domain_counts_after_the_secretariat_confirmed_it(secretariat, almere, decision, known):
    Organisation.objects.update(proposed_domains=["nieuw.example"])
    assert "nieuw.example" in shown(secretariat.get(LIST))
    address = english("alliance:staff_domain_decide", almere.slug, decision)
    assert secretariat.post(address, {"domain": "nieuw.example"}).status_code == 302
    almere.refresh_from_db()
    assert (almere.email_domains, almere.proposed_domains, almere.revision) == (known, [], 2)
    again = secretariat.post(address, {"domain": "nieuw.example"})
    assert messages_of(again)[-1:] == [("error", "This domain does not wait any more. Nothing was changed.")]


def test_domain_is_for_the_secretariat_to_decide(representative, programme, secretariat):
    address = english("alliance:staff_domain_decide", representative.organisation.slug, "bevestigen")
    assert [client.post(address).status_code for client in (representative, programme)] == [403, 403]
    assert secretariat.get(address).status_code == 405


def test_domain_that_another_organisation_has_is_pointed_out(secretariat, almere):
    Organisation.objects.update(proposed_domains=["nieuw.example"])
    other = factories.OrganisationFactory(email_domains=["nieuw.example"])
    assert secretariat.get(LIST).context["domains"][0]["others"] == [other]
