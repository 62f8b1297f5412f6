"""A signature on paper: entered by the secretariat with its scan, verified and shown like any other, and said so."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alliance.actions.paper import enter_paper
from alliance.actions.signature import AlreadySigned
from alliance.models import Membership, Organisation, Signature
from tests import factories
from tests.alliance.signing import NEW
from tests.database import at_once, refused_by
from tests.mailbox import newest, queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/ondertekeningen/op-papier/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def scan(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.pdf", content)


@pytest.fixture
def paper(declaration, almere, files) -> dict:
    """What the secretariat types; valid as it is."""
    return {
        "organisation_name": "Almere",
        "signer_name": "Anna Aerts",
        "signer_function": "Wethouder",
        "signer_email": "Anna@Almere.example",
        "language": "en",
        "declaration": declaration.pk,
        "signed_on": "2026-03-05",
        "mandate_by": "College van B en W",
        "mandate_on": "2026-03-02",
        "contributes": ["knowledge"],
        "publish_name": "on",
    }


def send(client, paper, **changed):
    given = {**paper, "scan": scan(), **changed}
    return client.post(ADDRESS, {name: value for name, value in given.items() if value is not None})


def test_paper_waits_to_be_verified_with_its_scan_and_the_signer_is_told(secretariat, paper):
    answer = send(secretariat, paper)
    signature = Signature.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/beheer/ondertekeningen/{signature.pk}/")
    assert messages_of(answer) == [("success", "Ingevoerd. Kijk er nog één keer naar en publiceer dan.")]
    assert (signature.status, signature.on_paper, signature.organisation.name) == (
        "submitted",
        True,
        "Almere",
    )
    assert (signature.signer_email, signature.publish_name) == ("anna@almere.example", True)
    assert (str(timezone.localdate(signature.created_at)), signature.contributes) == (
        "2026-03-05",
        ["knowledge"],
    )
    assert signature.text_sha256 == signature.declaration.sha256
    with signature.mandate_document.open("rb") as kept:
        assert kept.read() == PDF
    assert queued() == [("alliance/paper_entered", "anna@almere.example", "en")]
    assert "On 5 March 2026 you signed" in newest("alliance/paper_entered").text


def test_paper_makes_a_representative_once_it_is_published(secretariat, paper):
    page = secretariat.get(send(secretariat, paper).url)
    assert "ja, ingevoerd door het secretariaat" in shown(page)
    signature = Signature.objects.get()
    secretariat.post(f"/beheer/ondertekeningen/{signature.pk}/publiceren/", {"revision": signature.revision})
    assert Membership.objects.get().user.email == "anna@almere.example"


def test_proof_says_that_it_was_signed_on_paper(secretariat, visitor, paper):
    send(secretariat, paper)
    Signature.objects.update(status="published", published_at=timezone.now())
    page = shown(visitor.get(english("alliance:signature_proof", Signature.objects.get().code)))
    assert "on paper; the secretariat keeps the scan" in page
    assert "Confirmed by the signer on" not in page


def test_paper_of_an_unknown_organisation_enters_it(secretariat, paper):
    send(secretariat, paper | NEW)
    organisation = Signature.objects.get().organisation
    assert (organisation.name, organisation.kind, organisation.kvk_number) == (
        "Sensoria BV",
        "company",
        "12345678",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("organisation_name", "Onbekend"),
        ("signer_email", ""),
        ("signer_name", ""),
        ("scan", None),
        ("signed_on", "2999-01-01"),
        ("mandate_on", "2026-03-06"),
        ("declaration", "0"),
    ],
)
def test_paper_that_is_not_right_is_not_kept_and_nothing_typed_is_lost(secretariat, paper, name, value):
    page = send(secretariat, paper, **{name: value})
    assert (page.status_code, list(page.context["form"].errors)) == (200, [name])
    assert 'value="Wethouder"' in page.content.decode()
    assert (Signature.objects.count(), queued()) == (0, [])


def test_paper_is_not_older_than_its_text_or_the_decision(secretariat, paper):
    page = send(secretariat, paper, signed_on="2001-01-01")
    assert list(page.context["form"].errors) == ["signed_on", "mandate_on"]


def test_scan_is_known_by_its_content(secretariat, paper):
    page = send(secretariat, paper, scan=scan(b"<html>geen pdf</html>"))
    assert list(page.context["form"].errors) == ["scan"]


def test_paper_after_a_signature_of_the_same_organisation_is_refused(secretariat, paper, almere, files):
    factories.SignatureFactory(organisation=almere, submitted=True)
    page = send(secretariat, paper)
    assert list(page.context["form"].errors) == ["organisation_name"]
    assert Signature.objects.count() == 1
    assert list(files.glob("mandates/*")) == []


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("stranger", 403), ("programme", 403)])
def test_paper_is_for_the_secretariat(request, who, status):
    assert request.getfixturevalue(who).get(ADDRESS).status_code == status


def test_paper_address_takes_no_other_method(secretariat):
    assert secretariat.put(ADDRESS).status_code == 405


def test_paper_without_a_scan_is_refused_by_the_database():
    with refused_by("alliance_signature_paper_has_its_scan"):
        factories.SignatureFactory(submitted=True, on_paper=True)


def test_withdrawn_paper_has_no_scan_any_more():
    factories.SignatureFactory(withdrawn=True, on_paper=True)
    assert Signature.objects.get().mandate_document.name == ""


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_enter_the_same_paper_at_once_make_one_signature(declaration, almere, files):
    by = factories.UserFactory(is_staff=True, roles=["secretariat"])
    answers = {
        "signer_name": "Anna Aerts", "signer_function": "Wethouder", "signer_email": "anna@almere.example",
        "mandate_by": "College", "mandate_on": timezone.localdate() - timedelta(days=2),
    }  # fmt: skip
    enter = partial(
        enter_paper,
        organisation=almere,
        declaration=declaration,
        signed_on=timezone.localdate(),
        by=by,
        **answers,
    )
    done = at_once(*(partial(enter, scan=ContentFile(PDF, name="document.pdf")) for _colleague in range(2)))
    assert sorted(type(answer).__name__ for answer in done) == ["AlreadySigned", "Signature"]
    assert [type(answer) for answer in done if isinstance(answer, Exception)] == [AlreadySigned]
    assert (Signature.objects.count(), len(list(files.glob("mandates/*")))) == (1, 1)
    assert Organisation.objects.count() == 1
