"""The page of one organisation: its thread, and nothing that is not public."""

import pytest

from smartsociety.thread import organisation_thread
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
PARTS = ("signatures", "fieldlabs", "outcomes", "practices", "adoptions")


@pytest.fixture
def ede():
    """A municipality of the register."""
    return factories.OrganisationFactory(name="Ede", slug="ede")


@pytest.fixture
def thread_of_ede(ede) -> dict:
    """One of everything that Ede can have."""
    registration = factories.RegistrationFactory(fieldlab__held=True, organisation=ede)
    return {
        "signatures": [factories.SignatureFactory(organisation=ede, published=True)],
        "fieldlabs": [registration.fieldlab],
        "outcomes": [factories.OutcomeFactory(organisation=ede)],
        "practices": [factories.PracticeFactory(owner=ede)],
        "adoptions": [factories.AdoptionFactory(organisation=ede)],
    }


def test_organisation_shows_its_whole_thread(visitor, ede, thread_of_ede):
    page = visitor.get("/organisaties/ede/")
    assert (page.status_code, page.context["organisation"]) == (200, ede)
    assert {part: list(page.context[part]) for part in PARTS} == thread_of_ede
    steps = [(step["kind"], step["state"], step.get("number")) for step in page.context["thread_steps"]]
    assert steps == [
        ("signed", "done", None),
        ("fieldlab", "done", 1),
        ("outcome", "done", 1),
        ("practice", "done", 1),
        ("adopted", "done", 1),
    ]
    assert thread_of_ede["practices"][0].title in shown(page)


def test_organisation_that_did_nothing_yet_has_an_open_thread(visitor, ede):
    page = visitor.get("/organisaties/ede/")
    assert [step["state"] for step in page.context["thread_steps"]] == ["open"] * 5
    assert [list(page.context[part]) for part in PARTS] == [[]] * 5


def test_organisation_shows_nobody_what_is_not_public(visitor, administrator, ede):
    for status in ("unconfirmed", "submitted", "rejected", "expired"):
        factories.signature_at(
            status, organisation=ede, signer_name="Verborgen Persoon", statement="Verborgen reden"
        )
    factories.RegistrationFactory(
        organisation=ede, status="waiting", fieldlab__title_nl="Verborgen wachtlijst"
    )
    factories.RegistrationFactory(
        organisation=ede, fieldlab__status="draft", fieldlab__title_nl="Verborgen concept"
    )
    factories.OutcomeFactory(organisation=ede, fieldlab__status="open", title="Verborgen opbrengst")
    for status in ("draft", "submitted", "in_review", "archived"):
        practice = factories.practice_at(status, title=f"Verborgen {status}", owner=ede)
        factories.AdoptionFactory(organisation=factories.OrganisationFactory(), practice=practice)
    factories.AdoptionFactory(
        organisation=ede, practice=factories.practice_at("archived", title="Verborgen overname")
    )
    factories.PracticeOrganisationFactory(
        organisation=ede, role="partner", practice__title="Verborgen partner"
    )
    for client in (visitor, administrator):
        page = client.get("/organisaties/ede/")
        assert [list(page.context[part]) for part in PARTS] == [[]] * 5
        assert "Verborgen" not in page.content.decode()


@pytest.mark.parametrize(("consent", "named"), [(True, True), (False, False)])
def test_organisation_names_its_signer_with_consent_only(visitor, ede, consent, named):
    factories.SignatureFactory(
        organisation=ede, published=True, signer_name="Anna Aerts", signer_email="anna@ede.example",
        statement="Omdat samen beter is.", publish_name=consent,
    )  # fmt: skip
    page = visitor.get("/organisaties/ede/").content.decode()
    assert ("Omdat samen beter is." in page, "Anna Aerts" in page, "anna@ede.example" in page) == (
        True,
        named,
        False,
    )


def test_organisation_that_withdrew_keeps_a_tombstone(visitor):
    signature = factories.SignatureFactory(
        withdrawn=True, organisation__in_register=False, organisation__slug="x"
    )
    page = visitor.get("/organisaties/x/")
    assert (page.status_code, list(page.context["signatures"])) == (200, [signature])
    assert page.context["thread_steps"][0]["state"] == "open"


def test_organisation_that_the_world_may_not_know_is_missing(everyone):
    hidden = factories.SignatureFactory(
        submitted=True,
        organisation__kind="company",
        organisation__in_register=False,
        organisation__slug="sensoria",
    )
    factories.MembershipFactory(user=everyone["editor"].user, organisation=hidden.organisation)
    statuses = {who: client.get("/organisaties/sensoria/").status_code for who, client in everyone.items()}
    staff = ("secretariat", "programme", "reviewer", "administrator")
    assert statuses == dict.fromkeys(everyone, 404) | dict.fromkeys((*staff, "editor"), 200)


def test_organisation_that_does_not_exist_is_missing(visitor):
    assert visitor.get("/organisaties/nergens/").status_code == 404


def test_organisation_is_only_read(visitor, ede):
    answer = visitor.post("/organisaties/ede/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("status", "state"), [("published", "done"), ("on_hold", "open"), ("withdrawn", "open")]
)
def test_thread_says_signed_while_a_signature_is_in_force(status, state):
    signature = factories.signature_at(status)
    nothing = {kind: [] for kind in ("fieldlabs", "outcomes", "practices", "adoptions")}
    step = organisation_thread({"signatures": [signature], **nothing})[0]
    assert (step["state"], step["date"]) == (state, signature.published_at if state == "done" else None)


@pytest.mark.parametrize(
    ("number", "labels"), [(1, ["Fieldlab", "Overname"]), (2, ["Fieldlabs", "Overnames"])]
)
def test_thread_names_what_it_counts(number, labels):
    shown = {kind: ["x"] * number for kind in ("fieldlabs", "outcomes", "practices", "adoptions")}
    steps = organisation_thread({"signatures": [], **shown})
    assert [steps[1]["label"], steps[4]["label"]] == labels
