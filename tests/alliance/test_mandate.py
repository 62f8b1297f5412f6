"""Who may download the document of the decision, and how it is served."""

import pytest
from django.core.files.base import ContentFile

from tests import factories
from tests.pages import sign_in_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(files):
    """Sent in with a document."""
    signature = factories.SignatureFactory(submitted=True, organisation__slug="almere")
    signature.mandate_document.save("document.pdf", ContentFile(b"%PDF-1.7 %%EOF"))
    return signature


def test_document_is_for_those_who_verify(everyone, signature):
    address = f"/beheer/ondertekeningen/{signature.pk}/besluit/"
    answers = {}
    for name, client in everyone.items():
        answer = client.get(address)
        answers[name] = answer.status_code
        if answer.streaming:
            assert list(answer.streaming_content)  # read, so that it is closed
    assert answers == {
        "visitor": 302, "stranger": 403, "representative": 403, "editor": 403, "secretariat": 200, "programme": 403,
        "reviewer": 403, "administrator": 200,
    }  # fmt: skip
    assert everyone["visitor"].get(address).url == sign_in_before(address)


def test_document_is_an_attachment_that_the_browser_does_not_guess_about(secretariat, signature):
    answer = secretariat.get(f"/beheer/ondertekeningen/{signature.pk}/besluit/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 %%EOF"
    assert answer["Content-Disposition"] == 'attachment; filename="besluit-almere.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_document_that_is_not_there_is_missing(secretariat, signature):
    other = factories.SignatureFactory(submitted=True)
    assert secretariat.get(f"/beheer/ondertekeningen/{other.pk}/besluit/").status_code == 404
    signature.mandate_document.storage.delete(signature.mandate_document.name)
    assert secretariat.get(f"/beheer/ondertekeningen/{signature.pk}/besluit/").status_code == 404
    assert secretariat.get("/beheer/ondertekeningen/0/besluit/").status_code == 404
    assert secretariat.post(f"/beheer/ondertekeningen/{signature.pk}/besluit/").status_code == 405
