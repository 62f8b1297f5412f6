"""My page: my organisations and my things, and nobody else's."""

import pytest

from tests import factories
from tests.pages import shown, sign_in_before

pytestmark = pytest.mark.django_db
PARTS = ("memberships", "signatures", "registrations", "drafts")


def parts(client) -> list[list]:
    """What the page shows of each kind."""
    page = client.get("/mijn/")
    assert page.status_code == 200
    return [list(page.context[part]) for part in PARTS]


def test_my_page_shows_what_is_mine(representative):
    mine = representative.organisation
    registration = factories.RegistrationFactory(user=representative.user, organisation=mine)
    drafts = [factories.practice_at(status, owner=mine) for status in ("in_review", "submitted", "draft")]
    assert parts(representative) == [
        list(representative.user.memberships.all()),
        list(mine.signatures.all()),
        [registration],
        sorted(drafts, key=lambda practice: -practice.pk),
    ]
    assert registration.fieldlab.title in shown(representative.get("/mijn/"))


def test_my_page_shows_nothing_of_others(representative, stranger):
    other = factories.SignatureFactory(published=True).organisation
    factories.MembershipFactory(organisation=other)
    factories.RegistrationFactory(organisation=representative.organisation)  # a colleague's
    factories.registration_at("unconfirmed", user=representative.user)
    factories.practice_at("draft", owner=other, title="Van een ander")
    factories.practice_at("published", owner=representative.organisation)
    factories.signature_at("submitted", organisation=representative.organisation, declaration__version=2)
    memberships, signatures, registrations, drafts = parts(representative)
    assert ([row.organisation for row in memberships], len(signatures)) == ([representative.organisation], 1)
    assert (registrations, drafts) == ([], [])
    assert parts(stranger) == [[], [], [], []]


def test_my_page_leads_to_what_staff_asked_me_to_write(representative):
    outcome = factories.OutcomeFactory(
        status="draft", slug="sensoren", fieldlab__slug="najaar", title="Sensoren"
    )
    factories.OutcomeWriterFactory(outcome=outcome, email=representative.user.email)
    factories.OutcomeWriterFactory(email=representative.user.email, outcome__fieldlab__status="reported")
    factories.OutcomeWriterFactory(outcome__title="Van een ander")
    page = representative.get("/mijn/")
    assert list(page.context["to_write"]) == [outcome]
    assert 'href="/fieldlabs/najaar/opbrengst/sensoren/schrijven/"' in page.content.decode()


def test_my_page_asks_a_visitor_to_sign_in(visitor):
    answer = visitor.get("/mijn/")
    assert (answer.status_code, answer.url) == (302, sign_in_before("/mijn/"))


@pytest.mark.parametrize(("who", "offered"), [("representative", True), ("editor", False)])
def test_my_page_offers_to_withdraw_to_who_may(everyone, who, offered):
    client = everyone[who]
    code = client.organisation.signatures.get().code
    assert (f"/steunverklaring/bewijs/{code}/intrekken/" in client.get("/mijn/").content.decode()) is offered


def test_my_page_is_only_read(stranger):
    answer = stranger.post("/mijn/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
