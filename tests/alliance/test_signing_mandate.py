"""The mandate of a signature: who decided, when, and the document that shows it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alliance import actions
from alliance.models import Signature

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def upload(content: bytes = PDF, name: str = "besluit.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def errors_of(page) -> dict:
    return {name: list(words) for name, words in page.context["form"].errors.items()}


def test_document_is_kept_under_a_random_name_and_goes_along(walk, files):
    walk.to_check(mandaat={"document": upload(name="geheim besluit.exe")})
    kept = walk.draft.mandate_document.name
    assert (kept.endswith(".pdf"), "geheim" in kept, (files / kept).read_bytes()) == (True, False, PDF)
    walk.post("controle")
    assert (Signature.objects.get().mandate_document.name, walk.draft.mandate_document.name) == (kept, "")


def test_document_stays_when_another_answer_is_wrong(walk, files):
    page = walk.post("mandaat", mandate_by="", document=upload())
    assert (page.status_code, bool(walk.draft.mandate_document)) == (200, True)


def test_document_of_another_kind_is_refused_and_the_rest_is_kept(walk, files):
    page = walk.post("mandaat", document=upload(b"MZ\x90", "besluit.pdf"))
    assert list(errors_of(page)) == ["document"]
    assert (walk.draft.mandate_document.name, walk.draft.answers["mandaat"]["mandate_on"]) == (
        "",
        ["2026-03-02"],
    )


def test_document_is_taken_away_or_put_in_place_of_another(walk, files, django_capture_on_commit_callbacks):
    walk.post("mandaat", document=upload())
    first = walk.draft.mandate_document.name
    with django_capture_on_commit_callbacks(execute=True):
        walk.post("mandaat", document=upload(PDF + b"\n"))
    assert ((files / first).exists(), walk.draft.mandate_document.name != first) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        walk.post("mandaat", remove_document="on")
    assert (walk.draft.mandate_document.name, list((files / "mandates").iterdir())) == ("", [])


@pytest.mark.parametrize(("address", "needed"), [("anna@gmail.com", True), ("anna@almere.example", False)])
def test_free_mail_needs_the_document(walk, files, address, needed):
    walk.post("ondertekenaar", signer_email=address)
    assert (walk.post("mandaat").status_code == 200) is needed
    assert walk.post("mandaat", document=upload()).status_code == 302
    assert walk.post("mandaat").status_code == 302


def test_free_mail_chosen_after_the_mandate_still_needs_the_document(walk):
    walk.to_check()
    walk.post("ondertekenaar", signer_email="anna@gmail.com")
    assert walk.get("controle/").url == f"{walk.root}mandaat/?controle=1"


@pytest.mark.parametrize(("days", "status"), [(0, 302), (1, 200)])
def test_decision_lies_in_the_past(walk, days, status):
    assert (
        walk.post("mandaat", mandate_on=str(timezone.localdate() + timedelta(days=days))).status_code
        == status
    )


def test_document_goes_with_the_signature_that_expires(walk, files, django_capture_on_commit_callbacks):
    walk.to_check(mandaat={"document": upload()})
    walk.post("controle")
    Signature.objects.update(confirmation_expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.expire_unconfirmed() == 1
    assert (Signature.objects.get().mandate_document.name, list((files / "mandates").iterdir())) == ("", [])
