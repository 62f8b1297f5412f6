"""Documents, pictures and publiccode.yml of a practice."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from knowledgebase.actions import writing
from knowledgebase.forms.publiccode import PubliccodeForm
from knowledgebase.models import Attachment, Picture
from smartsociety.core.revisions import ChangedMeanwhile
from tests import factories
from tests.database import refused_by
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
PAGE = "/en/kennisbank/concept/bewerken/bijlagen/"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF"
CODE = b"""publiccodeYmlVersion: "0.4"
url: https://code.example/slimme-lamp
legal:
  license: EUPL-1.2
  repoOwner: Gemeente Voorbeeldstad
maintenance:
  type: internal
  contacts:
    - name: Jan Jansen
"""


@pytest.fixture
def draft(editor, files):
    """A draft of the organisation of `editor`."""
    for folder in ("practices", "pictures"):
        (files / folder).mkdir()
    return factories.PracticeFactory(draft=True, slug="concept", owner=editor.organisation)


def attach(client, content=PDF, name="nota.pdf", **answers):
    """Send the form for a document."""
    typed = {"kind": "memo", "title": "Adviesnota", "licence": "CC-BY-4.0"} | answers
    upload = SimpleUploadedFile(name, content)
    fields = {f"document-{key}": value for key, value in typed.items()}
    return client.post(PAGE, {"what": "document", "document-file": upload} | fields)


def png() -> bytes:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (4, 3)).save(made, "PNG")
    return made.getvalue()


def test_document_is_known_by_its_content_and_counted(editor, draft, representative):
    assert attach(editor, name="../../nota.exe").status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.ending, attachment.size, attachment.created_by) == ("pdf", len(PDF), editor.user)
    address = f"/kennisbank/concept/bijlagen/{attachment.pk}/"
    answer = editor.get(address)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="adviesnota.pdf"'
    attachment.refresh_from_db()
    assert attachment.downloads == 1


@pytest.mark.parametrize(
    ("content", "answers", "wrong"),
    [
        (b"MZ a program", {}, "document-file"),
        (b"", {}, "document-file"),
        (PDF, {"title": ""}, "document-title"),
        (PDF, {"licence": "mine"}, "document-licence"),
    ],
)
def test_document_that_cannot_be_is_refused(editor, draft, content, answers, wrong):
    page = attach(editor, content, **answers)
    assert list(page.context["document_form"].errors) == [wrong.removeprefix("document-")]
    assert Attachment.objects.count() == 0


def test_document_of_a_draft_is_not_for_others(visitor, stranger, draft):
    attachment = factories.AttachmentFactory(practice=draft)
    for client in (visitor, stranger):
        assert client.get(f"/kennisbank/concept/bijlagen/{attachment.pk}/").status_code == 404
    assert (
        stranger.post(f"/kennisbank/concept/bewerken/bijlagen/{attachment.pk}/verwijderen/").status_code
        == 404
    )


def test_picture_is_drawn_anew_and_has_words(editor, draft):
    sent = {"what": "picture", "picture-file": SimpleUploadedFile("lamp.png", png())}
    page = editor.post(PAGE, sent | {"picture-alt": ""})
    assert list(page.context["picture_form"].errors) == ["alt"]
    sent["picture-file"] = SimpleUploadedFile("lamp.png", png())
    assert editor.post(PAGE, sent | {"picture-alt": "Een lantaarnpaal."}).status_code == 302
    picture = Picture.objects.get()
    answer = editor.get(f"/kennisbank/concept/beelden/{picture.pk}/")
    assert (answer["Content-Type"], b"".join(answer.streaming_content)[:4]) == ("image/webp", b"RIFF")
    assert 'alt="Een lantaarnpaal."' in editor.get("/kennisbank/concept/").content.decode()


def test_removing_takes_the_file_too(editor, draft, django_capture_on_commit_callbacks):
    attachment, picture = (
        factories.AttachmentFactory(practice=draft),
        factories.PictureFactory(practice=draft),
    )
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{PAGE}{attachment.pk}/verwijderen/")
        editor.post(f"/en/kennisbank/concept/bewerken/beelden/{picture.pk}/verwijderen/")
    gone = [each.file.storage.exists(each.file.name) for each in (attachment, picture)]
    assert (gone, Attachment.objects.count(), Picture.objects.count()) == ([False, False], 0, 0)


def test_history_tells_what_was_attached_and_removed(editor, draft):
    attach(editor, title="Bestek")
    picture = factories.PictureFactory(practice=draft, alt="Een lamp.")
    editor.post(f"{PAGE}{Attachment.objects.get().pk}/verwijderen/")
    editor.post(f"/en/kennisbank/concept/bewerken/beelden/{picture.pk}/verwijderen/")
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = [each.words for each in told if not each.is_text]
    assert sorted(text for text in words if text.startswith(("Document", "Picture"))) == [
        "Document added: Bestek",
        "Document removed: Bestek",
        "Picture added: Een lamp.",
        "Picture removed: Een lamp.",
    ]


def test_download_is_nothing_that_the_history_tells(editor, draft):
    attachment = factories.AttachmentFactory(practice=draft)
    assert (
        b"".join(editor.get(f"/kennisbank/concept/bijlagen/{attachment.pk}/").streaming_content)[:4]
        == b"%PDF"
    )
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = [each.words for each in told if not each.is_text]
    assert [text for text in words if "Adviesnota" in text] == ["Document added: Adviesnota"]


# With what is published


def picture(client, **answers):
    """Send the form for a picture."""
    typed = {"what": "picture", "picture-alt": "Een lamp.", **answers}
    return client.post(PAGE, typed | {"picture-file": SimpleUploadedFile("lamp.png", png())})


@pytest.fixture
def published(editor, files):
    """In the knowledge base, of the organisation of `editor`."""
    for folder in ("practices", "pictures"):
        (files / folder).mkdir()
    return factories.PracticeFactory(slug="concept", owner=editor.organisation)


def addresses(practice) -> list[str]:
    """Of the documents and the pictures."""
    return [
        *(f"/kennisbank/concept/bijlagen/{each.pk}/" for each in practice.attachments.all()),
        *(f"/kennisbank/concept/beelden/{each.pk}/" for each in practice.pictures.all()),
    ]


def statuses(client, practice) -> list[int]:
    """What `client` gets of all that is attached."""
    answers = [client.get(address) for address in addresses(practice)]
    for answer in answers:
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file
    return [answer.status_code for answer in answers]


def send_in(client) -> None:
    """The change, with all that comes with it."""
    client.post("/en/kennisbank/concept/wijziging/insturen/", {"note": ""})


def test_what_is_added_to_what_is_published_waits_for_an_editor(editor, visitor, reviewer, published):
    before = factories.AttachmentFactory(practice=published, title="Van eerder")
    attach(editor, title="Bestek")
    answer = picture(editor)
    assert messages_of(answer)[-1] == ("success", "It is part of your change now. Send that in.")
    assert (statuses(visitor, published), statuses(editor, published)) == ([200, 404, 404], [200] * 3)
    assert ["Bestek" in shown(client.get("/kennisbank/concept/")) for client in (visitor, editor)] == [
        False
    ] * 2
    assert shown(editor.get(PAGE)).count("Not sent in yet") == 2
    send_in(editor)
    page = editor.get(PAGE)
    assert (shown(page).count("Waits for an editor"), 'name="what"' in page.text) == (2, False)
    assert "Bestek" in shown(reviewer.get("/en/kennisbank/concept/wijziging/"))
    assert statuses(reviewer, published) == [200] * 3
    change = published.proposals.get()
    writing.approve_proposal(proposal=change, revision=change.revision, by=reviewer.user)
    assert statuses(visitor, published) == [200] * 3
    assert "Bestek" in shown(visitor.get("/kennisbank/concept/"))
    editor.post(f"{PAGE}{before.pk}/verwijderen/")  # at once: what is gone harms nobody
    assert "Van eerder" not in shown(visitor.get("/kennisbank/concept/"))
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = [each.words for each in told if not each.is_text]
    for kind, came in (("Document", "Bestek"), ("Picture", "Een lamp.")):  # in one test all is stamped alike
        assert [each for each in words if each.startswith(kind) and came in each] == [
            f"{kind} approved: {came}",
            f"{kind} added to a proposed change: {came}",
        ]
    assert "Document removed: Van eerder" in words


@pytest.mark.parametrize("end", ["withdraw", "decline", "send back"])
def test_what_came_with_a_change_goes_with_it(
    editor, visitor, published, end, django_capture_on_commit_callbacks
):
    attach(editor)
    attachment, change, by = Attachment.objects.get(), published.proposals.get(), factories.UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        if end == "withdraw":
            writing.withdraw_proposal(proposal=change, by=editor.user)
        else:
            writing.submit_proposal(proposal=change, note="", by=editor.user)
            again = end == "send back"
            writing.decline_proposal(
                proposal=change, revision=change.revision, reason="Nee.", again=again, by=by
            )
    kept = attachment.file.storage.exists(attachment.file.name)
    assert (kept, Attachment.objects.exists()) == ((True, True) if end == "send back" else (False, False))
    assert set(statuses(visitor, published)) <= {404}


def test_nothing_is_added_while_an_editor_reads_the_change(editor, published):
    attach(editor)
    send_in(editor)
    words = "An editor looks at your change now. Until it is decided it cannot be changed."
    assert messages_of(attach(editor, title="Later"))[-1] == ("error", words)
    assert Attachment.objects.get().title == "Adviesnota"


def test_editor_who_read_the_change_without_the_document_does_not_approve_it(editor, published):
    change = writing.propose(practice=published, revision=0, values={"problem": "Licht."}, by=editor.user)
    read = change.revision
    attach(editor)
    change = writing.submit_proposal(proposal=change, note="", by=editor.user)
    with pytest.raises(ChangedMeanwhile):
        writing.approve_proposal(proposal=change, revision=read, by=factories.UserFactory())


def test_text_is_written_on_after_a_document_was_added(editor, published):
    attach(editor)  # while the form of the text, without a change yet, was open
    change = writing.propose(practice=published, revision=0, values={"problem": "Licht."}, by=editor.user)
    assert (change.values, change.attachments.count()) == ({"problem": "Licht."}, 1)


def test_what_waits_proves_nothing_yet(editor, published):
    shown_one, _waits = factories.AttachmentFactory(practice=published), attach(editor)
    form = editor.get("/en/kennisbank/concept/bewijs/").context["form"]
    assert list(form.fields["attachment"].queryset) == [shown_one]


@pytest.mark.parametrize(
    ("status", "told"),
    [("draft", "This is a draft"), ("published", "readers see it once an editor has approved that")],
)
def test_page_says_when_others_see_what_is_attached(editor, files, status, told):
    factories.practice_at(status, slug="concept", owner=editor.organisation)
    words = ("This is a draft", "readers see it once an editor has approved that")
    page = shown(editor.get(PAGE))
    assert [each for each in words if each in page] == [told]


def test_removing_asks_first(editor, draft):
    factories.AttachmentFactory(practice=draft)
    factories.PictureFactory(practice=draft)
    assert shown(editor.get(PAGE)).count("You cannot undo this.") == 2


@pytest.mark.parametrize(
    ("constraint", "factory", "fields"),
    [
        ("knowledgebase_attachment_kind_is_known", factories.AttachmentFactory, {"kind": "letter"}),
        ("knowledgebase_attachment_licence_is_known", factories.AttachmentFactory, {"licence": "mine"}),
        ("knowledgebase_picture_says_what_there_is_to_see", factories.PictureFactory, {"alt": " "}),
    ],
)
def test_database_refuses(files, constraint, factory, fields):
    with refused_by(constraint):
        factory(**fields)


def test_publiccode_fills_in_what_it_knows_and_no_person(editor, draft):
    upload = SimpleUploadedFile("publiccode.yml", CODE)
    answer = editor.post("/en/kennisbank/concept/bewerken/publiccode/", {"file": upload})
    draft.refresh_from_db()
    assert messages_of(answer)[0][0] == "success"
    assert (draft.source_url, draft.licence, draft.maintainer) == (
        "https://code.example/slimme-lamp",
        "EUPL-1.2",
        "Gemeente Voorbeeldstad",
    )
    assert "Jan Jansen" not in shown(editor.get("/kennisbank/concept/"))


def test_publiccode_says_what_it_took_and_what_stays_as_it_was(editor, draft):
    draft.source_url, draft.licence, draft.maintainer = "https://oud.example/", "MIT", "Oude beheerder"
    draft.save()
    code = b"publiccodeYmlVersion: '0.5'\nurl: git@code.example:lamp.git\nlegal: {license: EUPL-1.2}\n"
    address = "/en/kennisbank/concept/bewerken/publiccode/"
    answer = editor.post(address, {"file": SimpleUploadedFile("publiccode.yml", code)})
    draft.refresh_from_db()
    assert (draft.source_url, draft.licence, draft.maintainer) == (
        "https://oud.example/",
        "EUPL-1.2",
        "Oude beheerder",
    )
    assert messages_of(answer) == [
        ("success", "Filled in from publiccode.yml: licence. Look whether it is right."),
        (
            "warning",
            (
                "Not taken, so this stays as it was; change it if it is not right: address of the code: "
                "“git@code.example:lamp.git” is no web address. maintainer: not in the file."
            ),
        ),
    ]
    back = editor.get(address)
    assert (back.status_code, back.url) == (302, "/en/kennisbank/concept/bewerken/code/")


@pytest.mark.parametrize(
    ("told", "maintainer"),
    [
        ("organisation: {name: Gemeente Ede}\nlegal: {repoOwner: Oud}", "Gemeente Ede"),
        ("maintenance: {contractors: [{name: Bouwer BV}]}\norganisation: {name: Ede}", "Bouwer BV"),
        ("legal: {mainCopyrightOwner: Ede}", "Ede"),
        ("organisation: Ede\nlegal: {repoOwner: Wageningen}", "Wageningen"),
    ],
)
def test_publiccode_names_who_maintains_the_code(told, maintainer):
    code = f"publiccodeYmlVersion: '0.5'\n{told}\n".encode()
    form = PubliccodeForm(None, {"file": SimpleUploadedFile("publiccode.yml", code)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"] == {"maintainer": maintainer}
    assert sorted(form.untaken) == ["licence", "source_url"]


def test_publiccode_that_is_too_long_is_not_cut_off():
    code = b"publiccodeYmlVersion: '0.5'\nurl: https://code.example/\nlegal: {license: %s}\n" % (b"x" * 99)
    form = PubliccodeForm(None, {"file": SimpleUploadedFile("publiccode.yml", code)})
    assert form.is_valid()
    assert form.cleaned_data["file"] == {"source_url": "https://code.example/"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [", "line"),
        (b"just words", "publiccodeYmlVersion"),
        (b"\xff\xfe\x00", "no YAML"),
        (b"publiccodeYmlVersion: 1", "Nothing in this publiccode.yml"),
        (b"!!python/object/apply:os.system [ls]", "no YAML"),
        (b"&a " * 300, "no publiccode"),
        (b"x" * 100_001, "100 kB"),
    ],
    ids=["broken", "words", "bytes", "nothing", "program", "anchors", "large"],
)
def test_publiccode_that_cannot_be_is_refused_with_why(content, words):

    form = PubliccodeForm(None, {"file": SimpleUploadedFile("publiccode.yml", content)})
    with override("en"):
        assert words in str(form.errors["file"])
