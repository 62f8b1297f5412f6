"""Decisions of the secretariat: by state and by role, with their mail, and never over a colleague's head."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliance import actions
from alliance.actions import desk
from alliance.actions.own_profile import update_contribution
from alliance.models import Signature
from smartsociety.core.models import Mail
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.second_factor import SHOWN_KEY
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.conftest import signed_in
from tests.database import at_once
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db
LIST = "/beheer/ondertekeningen/"
STATES = ("unconfirmed", "submitted", "published", "on_hold", "rejected", "withdrawn", "expired")
# Which decision is possible in which state, and where it leads.
TABLE = {
    "publish": {"submitted": "published"},
    "reject": {"submitted": "rejected", "unconfirmed": "rejected"},
    "hold": {"published": "on_hold"},
    "resume": {"on_hold": "published"},
    "reopen": {"rejected": "submitted"},
}
DECISIONS = {
    "publish": actions.publish,
    "reject": partial(actions.reject, reason="Nee."),
    "hold": partial(desk.hold, reason="Even wachten."),
    "resume": desk.resume,
    "reopen": desk.reopen,
}
CASES = [(step, status) for step in TABLE for status in STATES]


@pytest.mark.parametrize(("step", "status"), CASES)
def test_decision_follows_the_table(step, status, secretary):
    signature = factories.signature_at(status)
    before = Signature.objects.values().get()
    if status in TABLE[step]:
        DECISIONS[step](signature=signature, by=secretary)
        signature.refresh_from_db()
        assert (signature.status, signature.decided_by) == (TABLE[step][status], secretary)
        assert signature.revision == before["revision"] + 1
    else:
        with pytest.raises(InvalidTransition):
            DECISIONS[step](signature=signature, by=secretary)
        assert (Signature.objects.values().get(), queued()) == (before, [])


@pytest.mark.parametrize(("step", "status"), CASES)
def test_page_offers_what_the_table_allows_and_nothing_else(secretariat, step, status):
    signature = factories.signature_at(status)
    page = secretariat.get(f"{LIST}{signature.pk}/")
    addresses = [decision["url"].split("/")[-2] for decision in page.context["decisions"]]
    words = {
        "publish": "publiceren",
        "reject": "afwijzen",
        "hold": "aanhouden",
        "resume": "hervatten",
        "reopen": "heropenen",
    }
    assert (words[step] in addresses) is (status in TABLE[step])
    assert page.content.count(b'name="revision" value="1"') == len(addresses)


@pytest.mark.parametrize(
    ("step", "status", "kind"),
    [
        ("publish", "submitted", "signature_published"),
        ("reject", "submitted", "signature_rejected"),
        ("hold", "published", "signature_held"),
        ("resume", "on_hold", "signature_resumed"),
        ("reopen", "rejected", "signature_reopened"),
    ],
)
def test_decision_is_mailed_to_the_signer(secretary, step, status, kind):
    signature = factories.signature_at(status, signer_email="anna@almere.example", language="en")
    DECISIONS[step](signature=signature, by=secretary)
    assert queued() == [(f"alliance/{kind}", "anna@almere.example", "en")]


def test_hold_mails_the_reason_and_counts_no_more(almere, secretary):
    signature = factories.SignatureFactory(organisation=almere, published=True, language="en")
    desk.hold(signature=signature, by=secretary, reason="The decision is not there.")
    mail = newest("alliance/signature_held")
    assert mail.subject == "The signature of Almere is on hold"
    assert "The decision is not there." in mail.text
    assert links_in(mail)[0].endswith(f"/en/steunverklaring/bewijs/{signature.code}/")
    assert list(almere.signatures.published()) == []


def test_resume_keeps_the_first_date_and_answers_the_yearly_question(secretary):
    first = timezone.now() - timedelta(days=300)
    signature = factories.SignatureFactory(
        on_hold=True, published_at=first, nudged_at=timezone.now() - timedelta(days=200)
    )
    desk.resume(signature=signature, by=secretary)
    signature.refresh_from_db()
    assert (signature.published_at, signature.nudged_at, signature.checked_on) == (
        first,
        None,
        timezone.localdate(),
    )


def test_rejecting_an_address_that_was_never_proven_mails_nobody(secretary):
    actions.reject(signature=factories.SignatureFactory(), by=secretary, reason="Spam.")
    assert queued() == []


def test_reopening_what_was_never_confirmed_sends_a_new_link(secretary):
    signature = factories.SignatureFactory(
        rejected=True, confirmed_at=None, signer_email="anna@almere.example"
    )
    desk.reopen(signature=signature, by=secretary)
    signature.refresh_from_db()
    assert (signature.status, signature.confirmation_expires_at > timezone.now()) == ("unconfirmed", True)
    assert queued() == [("alliance/confirm_signature", "anna@almere.example", "nl")]


def test_reopening_is_refused_when_the_organisation_signed_again(almere, secretary):
    rejected = factories.SignatureFactory(organisation=almere, rejected=True)
    factories.SignatureFactory(organisation=almere, submitted=True)
    with pytest.raises(actions.AlreadySigned):
        desk.reopen(signature=rejected, by=secretary)
    rejected.refresh_from_db()
    assert (rejected.status, queued()) == ("rejected", [])


def test_reopening_is_refused_when_the_signer_was_erased(secretary):
    erased = factories.SignatureFactory(rejected=True, signer_name="", signer_function="", signer_email="")
    with pytest.raises(desk.SignerForgotten):
        desk.reopen(signature=erased, by=secretary)


@pytest.mark.parametrize(
    ("stands", "words"),
    [
        ("again", "The organisation has signed this version again since. Nothing was changed."),
        (
            "erased",
            "The details of the signer were erased after their term. The organisation can sign again.",
        ),
    ],
)
def test_page_says_why_reopening_is_not_possible(secretariat, almere, stands, words):
    signature = factories.SignatureFactory(organisation=almere, rejected=True)
    if stands == "again":
        factories.SignatureFactory(organisation=almere, submitted=True)
    else:
        Signature.objects.update(signer_email="")
    answer = secretariat.post(english("alliance:signature_reopen", signature.pk), {"revision": 1})
    assert messages_of(answer) == [("error", words)]
    signature.refresh_from_db()
    assert signature.status == "rejected"


def test_rollback_leaves_no_decision_and_no_mail(secretary):
    signature = factories.SignatureFactory(published=True)
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 both belong to the transaction
        desk.hold(signature=signature, by=secretary, reason="Fout.")
        raise ZeroDivisionError
    signature.refresh_from_db()
    assert (signature.status, queued()) == ("published", [])


# Two people


@pytest.mark.parametrize("step", ["publish", "reject"])
def test_decision_on_an_older_revision_is_refused(secretary, step):
    signature = factories.SignatureFactory(submitted=True, revision=4)
    with pytest.raises(ChangedMeanwhile):
        DECISIONS[step](signature=signature, by=secretary, revision=3)
    signature.refresh_from_db()
    assert (signature.status, signature.revision, queued()) == ("submitted", 4, [])


def test_second_colleague_sees_what_the_first_did_and_keeps_the_words(secretariat, almere):
    signature = factories.SignatureFactory(organisation=almere, published=True)
    first = factories.UserFactory(is_staff=True, roles=["secretariat"], name="Carla Collega")
    factories.give_second_factor(first)
    colleague = signed_in(first)
    session = colleague.session
    session[SHOWN_KEY] = first.pk
    session.save()
    typed = {
        "revision": 1,
        "mandate_by": "De raad",
        "mandate_on": "2026-01-02",
        "language": "nl",
        "organisation": "almere",
    }
    assert (
        colleague.post(
            f"{LIST}{signature.pk}/corrigeren/", {**typed, "reason": "Verkeerd orgaan"}
        ).status_code
        == 302
    )
    answer = secretariat.post(
        english("alliance:signature_hold", signature.pk), {"revision": 1, "reason": "Mijn reden"}
    )
    assert (answer.status_code, page_template(answer)) == (409, "alliance/staff/signature_verify.html")
    words = shown(answer)
    wanted = (
        "Somebody was first. Nothing of yours was saved.",
        "Carla Collega",
        "who decided",
        "Verkeerd orgaan",
        "Mijn reden",
    )
    assert [each for each in wanted if each not in words] == []
    signature.refresh_from_db()
    assert (signature.status, Mail.objects.filter(kind="alliance/signature_held").count()) == ("published", 0)
    # Having read it, the same form decides.
    form = answer.context["decisions"][0]["form"]
    assert (form["revision"].value(), form["reason"].value()) == ("2", "Mijn reden")
    assert (
        secretariat.post(
            f"{LIST}{signature.pk}/aanhouden/", {"revision": 2, "reason": "Mijn reden"}
        ).status_code
        == 302
    )


def test_change_by_the_organisation_itself_is_noticed_too(secretary):
    signature = factories.SignatureFactory(published=True)
    update_contribution(
        signature=signature,
        revision=1,
        themes=[],
        contributes=[],
        contribution_note="",
        statement="Anders.",
        by=secretary,
    )
    with pytest.raises(ChangedMeanwhile):
        desk.hold(signature=signature, by=secretary, reason="Nee.", revision=1)


@pytest.mark.django_db(transaction=True)
def test_hold_and_withdraw_at_once_both_count_but_hold_and_hold_do_not():
    signature = factories.SignatureFactory(published=True)
    people = factories.UserFactory.create_batch(2, is_staff=True, roles=["secretariat"])
    held = [
        partial(desk.hold, signature=signature, reason="Nee.", by=person, revision=1) for person in people
    ]
    assert sorted(type(result).__name__ for result in at_once(*held)) == ["ChangedMeanwhile", "Signature"]
    assert [kind for kind, _to, _language in queued()] == ["alliance/signature_held"]


# Correcting


def test_list_has_a_tab_per_status_with_numbers(secretariat):
    for status in ("submitted", "on_hold", "rejected", "rejected"):
        factories.signature_at(status)
    page = secretariat.get(f"/en{LIST}")
    tabs = [label for label, _query, _current in page.context["tabs"]]
    assert tabs == [
        "To be verified (1)",
        "On hold (1)",
        "Not confirmed yet (0)",
        "Published (0)",
        "Rejected (2)",
        "Withdrawn (0)",
        "Expired (0)",
        "All (4)",
    ]
    assert [label for label, _query, current in page.context["tabs"] if current] == ["To be verified (1)"]


def test_list_puts_the_longest_waiting_first(secretariat):
    new, old = (
        factories.SignatureFactory(submitted=True, confirmed_at=timezone.now() - timedelta(days=days))
        for days in (1, 9)
    )
    page = secretariat.get(f"/en{LIST}")
    assert list(page.context["page"]) == [old, new]
    assert "1\xa0week, 2\xa0days" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=all", {"Almere", "Breda"}),
        ("status=on_hold", {"Breda"}),
        ("status=all&q=alme", {"Almere"}),
        ("status=all&q=bred@", set()),
        ("status=all&q=BAS@breda", {"Breda"}),
        ("status=all&q=de+parel", {"Breda"}),
    ],
)
def test_list_is_narrowed_by_status_and_words(secretariat, almere, query, found):
    breda = factories.OrganisationFactory(name="Breda", slug="breda", aliases=["De Parel van het Zuiden"])
    factories.SignatureFactory(organisation=almere, submitted=True)
    factories.SignatureFactory(organisation=breda, on_hold=True, signer_email="bas@breda.example")
    page = secretariat.get(f"{LIST}?{query}")
    assert {signature.organisation.name for signature in page.context["page"]} == found


def test_list_asks_as_many_queries_for_three_as_for_one(secretariat):
    asked = []
    for more in (1, 2):
        factories.SignatureFactory.create_batch(more, submitted=True)
        with CaptureQueriesContext(connection) as queries:
            assert len(secretariat.get(LIST).context["page"]) == (1 if more == 1 else 3)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_desk_shows_duplicates_and_earlier_signatures(secretariat, almere):
    signature = factories.SignatureFactory(organisation=almere, submitted=True)
    factories.SignatureFactory(organisation=almere, rejected=True, reason="Eerder zonder besluit")
    twin = factories.OrganisationFactory(name="Gemeente Almere", slug="gemeente-almere", in_register=False)
    page = secretariat.get(f"{LIST}{signature.pk}/")
    assert [match.organisation for match in page.context["duplicates"]] == [twin]
    assert "Eerder zonder besluit" in shown(page)


def test_document_of_the_decision_is_linked_when_there_is_one(secretariat):
    signature = factories.SignatureFactory(submitted=True)
    address = f"{LIST}{signature.pk}/besluit/".encode()
    assert address not in secretariat.get(f"{LIST}{signature.pk}/").content
    Signature.objects.update(mandate_document="mandates/x.pdf")
    assert address in secretariat.get(f"{LIST}{signature.pk}/").content


STEPS = ("publiceren", "afwijzen", "aanhouden", "hervatten", "heropenen")


@pytest.mark.parametrize("who", ["visitor", "stranger", "representative", "editor", "programme", "reviewer"])
@pytest.mark.parametrize("step", [*STEPS, "corrigeren"])
@pytest.mark.parametrize("status", ["submitted", "published", "on_hold", "rejected"])
def test_only_the_secretariat_decides_in_any_state(everyone, who, step, status):
    signature = factories.signature_at(status)
    answer = everyone[who].post(f"{LIST}{signature.pk}/{step}/", {"revision": 1, "reason": "Nee."})
    assert answer.status_code in ({302} if who == "visitor" else {302, 403})
    signature.refresh_from_db()
    assert (signature.status, signature.revision, queued()) == (status, 1, [])


@pytest.mark.parametrize("step", STEPS)
def test_decision_is_posted_to_a_signature_that_exists(secretariat, step):
    signature = factories.SignatureFactory(submitted=True)
    assert secretariat.post(f"{LIST}0/{step}/", {"revision": 1}).status_code == 404
    refused = secretariat.get(f"{LIST}{signature.pk}/{step}/")
    assert (refused.status_code, refused["Allow"]) == (405, "POST")
