"""What the secretariat does with signatures: refuse, hold, decide on many and take it back, make two into one."""

import pytest
from playwright.sync_api import expect

from alliance.models import Organisation, Signature
from tests import factories
from tests.browser.person import Person
from tests.browser.post import links
from tests.browser.signing import staff

LANGUAGES = [("nl", True), ("en", False)]
LIST = "/beheer/ondertekeningen/"


@pytest.fixture(params=LANGUAGES, ids=["with-scripts", "without"])
def secretariat(request, person, transactional_db) -> Person:
    """Somebody of the secretariat, in both languages, with and without scripts."""
    language, scripts = request.param
    return person(staff("secretariat"), language=language, java_script_enabled=scripts)


def entered(name: str, **fields) -> Organisation:
    """An organisation that a signer entered."""
    return factories.OrganisationFactory(name=name, kind="company", place="Ede", in_register=False, **fields)


def status_of(*signatures: Signature) -> list[str]:
    return [Signature.objects.get(pk=each.pk).status for each in signatures]


def test_secretariat_rejects_with_a_reason_reopens_and_publishes(secretariat, postman):
    signature = factories.SignatureFactory(
        submitted=True,
        organisation=entered("Sensoria BV"),
        signer_email="ans@sensoria.example",
        language="en",
    )
    secretariat.open(LIST)
    secretariat.follow("Sensoria BV")
    secretariat.sees("Entered by the signer")
    secretariat.check()
    secretariat.press("Reject the signature")
    secretariat.sees("Something is not right yet")
    secretariat.check()
    secretariat.fill(reason="De datum van het besluit klopt niet.")
    secretariat.press("Reject the signature")
    secretariat.is_told("Rejected: %(name)s.", name="Sensoria BV")
    mail = postman.deliver_to("ans@sensoria.example")
    assert "De datum van het besluit klopt niet." in mail.body

    secretariat.open(f"{LIST}{signature.pk}/")
    secretariat.press("Reopen the signature")
    secretariat.is_told("Reopened: %(name)s.", name="Sensoria BV")
    secretariat.follow("Sensoria BV")
    secretariat.press("Publish the signature")
    secretariat.is_told("Published: %(name)s is a signatory.", name="Sensoria BV")
    assert status_of(signature) == ["published"]


def test_secretariat_holds_and_resumes_and_the_proof_says_so(secretariat, person, postman):
    signature = factories.SignatureFactory(
        published=True,
        organisation=entered("Sensoria BV"),
        signer_email="ans@sensoria.example",
        language=secretariat.language,
    )
    visitor = person(language=secretariat.language)
    secretariat.open(f"{LIST}{signature.pk}/")
    secretariat.fill(reason="De organisatie is misschien opgeheven.")
    secretariat.press("Put the signature on hold")
    secretariat.is_told("On hold: %(name)s.", name="Sensoria BV")
    (proof,) = links(postman.deliver_to("ans@sensoria.example"))
    visitor.page.goto(proof)
    visitor.sees_heading("Sensoria BV")
    visitor.sees("On hold")
    visitor.sees_not("In force")
    visitor.check()
    secretariat.open(f"{LIST}{signature.pk}/")
    secretariat.press("Put the signature back in force")
    secretariat.is_told("In force again: %(name)s.", name="Sensoria BV")
    visitor.page.goto(proof)
    visitor.sees("In force")
    visitor.sees_not("On hold")
    visitor.check()


def test_secretariat_decides_on_many_and_takes_it_back(secretariat):
    wanted = [
        factories.SignatureFactory(
            submitted=True, organisation=entered(f"Klik {n}"), signer_email=f"a{n}@spam.example"
        )
        for n in range(3)
    ]
    honest = factories.SignatureFactory(
        submitted=True, organisation=entered("Sensoria BV"), signer_email="ans@sensoria.example"
    )
    secretariat.open(LIST)
    secretariat.follow("Reject or hold many at once")
    secretariat.check()
    secretariat.fill(domain="spam.example")
    secretariat.press("Show these signatures")
    secretariat.sees("Klik 0")
    secretariat.sees_not("Sensoria BV")
    secretariat.check()
    secretariat.fill(kind=["reject"], reason="Reclame.")
    secretariat.press("Decide about all of these")
    secretariat.check()
    assert status_of(*wanted, honest) == ["rejected"] * 3 + ["submitted"]
    secretariat.press("Take back")
    secretariat.check()
    assert status_of(*wanted, honest) == ["submitted"] * 4


def test_secretariat_decides_on_what_is_ticked(secretariat):
    first, second = (
        factories.SignatureFactory(submitted=True, organisation=entered(name)) for name in ("Een", "Twee")
    )
    secretariat.open(LIST)
    secretariat.fill(picked=[str(second.pk)])
    secretariat.press("Decide on what is ticked")
    secretariat.sees("Twee")
    secretariat.fill(kind=["reject"], reason="Reclame.")
    secretariat.press("Decide about all of these")
    assert status_of(first, second) == ["submitted", "rejected"]


def test_secretariat_makes_two_organisations_into_one(secretariat, person):
    stays = entered("Sensoria", slug="sensoria")
    goes = entered("Sensoira", slug="sensoira")
    factories.SignatureFactory(published=True, organisation=goes)
    secretariat.open("/beheer/organisaties/sensoira/")
    secretariat.sees("Name looks like it")
    secretariat.check()
    secretariat.follow("merge into %(name)s", name="Sensoria")
    secretariat.sees(
        "This cannot be taken back. Nothing is lost: the old address and the old name keep leading to the "
        "organisation that stays."
    )
    secretariat.check()
    secretariat.press("Merge the two")
    secretariat.sees("Something is not right yet")
    secretariat.fill(reason="Dezelfde, met een tikfout.")
    secretariat.press("Merge the two")
    secretariat.is_told("%(one)s is now part of %(other)s.", one="Sensoira", other="Sensoria")
    secretariat.check()
    assert Organisation.objects.get() == stays
    visitor = person(language=secretariat.language)
    visitor.open("/organisaties/sensoira/")
    visitor.sees_heading("Sensoria")
    expect(visitor.page).to_have_url(visitor.page.url.replace("sensoira", "sensoria"))


def test_second_decision_does_not_go_over_the_first(secretariat, person):
    signature = factories.SignatureFactory(submitted=True, organisation=entered("Sensoria BV"))
    other = factories.UserFactory(email="collega@vng.example", roles=["secretariat"], is_staff=True)
    colleague = person(other, language=secretariat.language)
    for reader in (secretariat, colleague):
        reader.open(f"{LIST}{signature.pk}/")
    colleague.press("Publish the signature")
    secretariat.fill(reason="Nog niet.")
    secretariat.press("Reject the signature")
    secretariat.check()
    secretariat.sees("Nog niet.")  # what was typed is not lost
    assert status_of(signature) == ["published"]
