"""The proof of a signature: page, PDF, badge and the page for in a frame, each true at all times."""

import io
import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone

from smartsociety.core import pdf as documents
from tests import factories
from tests.core.test_headers import policy
from tests.pages import english, shown

pytestmark = pytest.mark.django_db
CODE = "ABCDEFGH2345"
PROOF = f"/steunverklaring/bewijs/{CODE}"
PARTS = ["/", ".pdf", "/badge.svg", "/insluiten/"]
HEADINGS = {
    "published": "This signature is in force",
    "on_hold": "This signature is on hold",
    "withdrawn": "This signature is no longer in force",
}


def signature(status="published", **fields):
    fields = {"organisation__name": "Almere", "code": CODE} | fields
    return factories.signature_at(status, **fields)


def pdf(client, address=f"{PROOF}.pdf"):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(answer.content))


def svg(content):
    """The image as a tree; it is our own, so nothing hostile is parsed."""
    return ET.fromstring(content)  # noqa: S314


def words_of(file):
    """The words of a PDF in reading order, through the map of each font from signs to letters."""
    words = []
    for page in file.pages:
        maps = {}
        for name, font in page.Resources.Font.items():
            text = font.ToUnicode.read_bytes().decode()
            maps[name] = {
                code.lower(): bytes.fromhex(letters).decode("utf-16-be")
                for code, letters in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", text)
            }
        letters = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                letters = maps[str(operands[0])]
            elif str(operator) in ("TJ", "Tj"):
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String)).hex()
                words.append("".join(letters.get(codes[i : i + 4], "") for i in range(0, len(codes), 4)))
    return " ".join("".join(words).split())


@pytest.mark.parametrize("status", ["published", "on_hold", "withdrawn"])
@pytest.mark.parametrize("part", PARTS)
def test_everyone_may_look_up_a_public_signature(everyone, status, part):
    signature(status)
    assert {who: client.get(PROOF + part).status_code for who, client in everyone.items()} == dict.fromkeys(
        everyone, 200
    )


@pytest.mark.parametrize("status", ["unconfirmed", "submitted", "rejected", "expired"])
@pytest.mark.parametrize("part", PARTS)
def test_what_was_never_published_has_no_proof(secretariat, visitor, status, part):
    signature(status)
    assert [client.get(PROOF + part).status_code for client in (visitor, secretariat)] == [404, 404]


@pytest.mark.parametrize("part", PARTS)
def test_unknown_code_is_missing_and_a_proof_is_only_read(visitor, part):
    assert visitor.get(PROOF + part).status_code == 404
    signature()
    wrong = visitor.post(PROOF + part)
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("status", ["published", "on_hold", "withdrawn"])
def test_page_says_how_it_stands(visitor, status):
    signature(status)
    page = shown(visitor.get(f"/en{PROOF}/"))
    assert [heading for heading in HEADINGS.values() if heading in page] == [HEADINGS[status]]


def test_page_tells_what_by_whom_when_and_with_what_mandate(visitor):
    signed = signature(
        publish_name=True,
        text_sha256="b" * 64,
        checked_on=timezone.localdate(),
        mandate_by="Raad van bestuur",
    )
    page = shown(visitor.get(f"/en{PROOF}/"))
    assert [words for words in ("Almere", "Anna Aerts, Burgemeester", "Raad van bestuur", "version 1", "b" * 64, CODE,
                                "Last confirmed by the organisation on") if words not in page] == []  # fmt: skip
    assert signed.signer_email not in page


def test_name_without_consent_and_name_of_who_withdrew_are_nowhere(visitor):
    signature(publish_name=False)
    for part in PARTS:
        assert "Anna Aerts" not in visitor.get(PROOF + part).content.decode("latin-1")
    assert "Anna Aerts" not in words_of(pdf(visitor))


def test_newer_version_is_told_with_what_changed(visitor, almere):
    signature(organisation=almere)
    assert "in force now" not in shown(visitor.get(f"/en{PROOF}/"))
    second = factories.DeclarationFactory(version=2, text_nl="Anders.", published_at=timezone.now())
    page = visitor.get(f"/en{PROOF}/")
    assert (page.context["newer_version"], page.context["later_signature"]) == (second, None)
    assert f'href="{english("alliance:declaration_compare", 2, 1)}"' in page.content.decode()
    assert "Since then version 2 of the text came into force." in words_of(pdf(visitor, f"/en{PROOF}.pdf"))
    assert "Version 2 is in force now." in shown(visitor.get(f"/en{PROOF}/insluiten/"))
    later = signature(organisation=almere, declaration=second, code="ABCDEFGH2346")
    page = visitor.get(f"/en{PROOF}/")
    assert page.context["later_signature"] == later
    assert f'href="/en{PROOF[:-1]}6/"' in page.content.decode()


def test_version_that_is_not_in_force_yet_is_not_told(visitor):
    signature()
    factories.DeclarationFactory(version=2, published_at=None)
    assert visitor.get(f"{PROOF}/").context["newer_version"] is None


def test_silence_on_the_yearly_question_is_told(visitor):
    signature(
        nudged_at=timezone.now() - timedelta(days=200), checked_on=timezone.localdate() - timedelta(days=600)
    )
    heading = "This signature is in force, but not confirmed lately"
    assert heading in shown(visitor.get(f"/en{PROOF}/"))
    assert heading in words_of(pdf(visitor, f"/en{PROOF}.pdf"))
    assert "Not confirmed lately" in visitor.get(f"/en{PROOF}/badge.svg").content.decode()


# The document


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
@pytest.mark.parametrize("status", ["published", "on_hold", "withdrawn"])
def test_pdf_is_archival_and_accessible(visitor, status, prefix, language):
    signature(status)
    file = pdf(visitor, f"{prefix}{PROOF}.pdf")
    with file.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert "Almere" in meta["dc:title"]
    assert (
        str(file.Root.Lang),
        bool(file.Root.MarkInfo.Marked),
        bool(file.Root.ViewerPreferences.DisplayDocTitle),
    ) == (language, True, True)
    assert "/StructTreeRoot" in file.Root
    fonts = [font for page in file.pages for font in page.Resources.Font.values()]
    descriptors = [descendant.FontDescriptor for font in fonts for descendant in font.DescendantFonts]
    assert descriptors != []
    assert all(
        {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in descriptors
    )


def _tags(node, found):
    if isinstance(node, pikepdf.Array):
        for part in node:
            _tags(part, found)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append((str(node.S), str(node.get("/Alt", ""))))
        _tags(node.get("/K"), found)
    return found


def test_pdf_has_an_outline_a_list_and_a_described_code(visitor):
    signature()
    file = pdf(visitor, f"/en{PROOF}.pdf")
    tags = _tags(file.Root.StructTreeRoot.K, [])
    kinds = [kind for kind, _alt in tags]
    assert [kind for kind in kinds if kind in ("/H1", "/H2")] == ["/H1", "/H2", "/H2"]
    assert {"/L", "/LI", "/Link"} <= set(kinds)
    assert [alt for kind, alt in tags if kind == "/Figure"] == ["QR code to the page of this proof"]


@pytest.mark.parametrize("status", ["published", "on_hold", "withdrawn"])
def test_pdf_says_how_it_stands(visitor, status):
    signature(status)
    words = words_of(pdf(visitor, f"/en{PROOF}.pdf"))
    assert [heading for heading in HEADINGS.values() if heading in words] == [HEADINGS[status]]
    assert ("Withdrawn on" in words) is (status == "withdrawn")


def test_pdf_follows_the_signature_at_once(visitor):
    signed = signature()
    assert HEADINGS["published"] in words_of(pdf(visitor, f"/en{PROOF}.pdf"))
    signed.become("on_hold")
    signed.save()
    answer = visitor.get(f"/en{PROOF}.pdf")
    assert answer["Cache-Control"] == "no-cache"
    assert HEADINGS["on_hold"] in words_of(pdf(visitor, f"/en{PROOF}.pdf"))


def test_pdf_is_made_once_for_the_same_words(visitor, monkeypatch):
    signature()
    first = visitor.get(f"{PROOF}.pdf").content
    monkeypatch.setattr(documents, "_compile", None)
    assert visitor.get(f"{PROOF}.pdf").content == first


@pytest.mark.parametrize(
    "name", ['#panic("x")', "$x$ *b* _i_ `r` @ref <l>", "\\ #sys.inputs", '"]); read("/etc/passwd")']
)
def test_names_are_text_never_code(visitor, name):
    signature(organisation__name=name, mandate_by=name)
    words = words_of(pdf(visitor))
    assert words.replace(" ", "").count(name.replace(" ", "")) >= 2


@pytest.mark.parametrize(
    "name", ["Stichting 🎉 feest", "日本 partner", "خليج", "Ștefan Ørsted Żółć", "x" * 120]
)
def test_pdf_of_any_name_is_made(visitor, name):
    signature(organisation__name=name)
    with pdf(visitor).open_metadata() as meta:
        assert meta["pdfaid:conformance"] == "A"


def test_pdf_is_cited_by_its_code(visitor):
    signature()
    answer = visitor.get(f"{PROOF}.pdf")
    assert answer["Content-Disposition"] == f'inline; filename="smart-society-{CODE}.pdf"'
    assert answer["X-Robots-Tag"] == "noindex"


# On other sites


@pytest.mark.parametrize(
    ("status", "words"),
    [("published", "Signed, in force"), ("on_hold", "On hold"), ("withdrawn", "Withdrawn")],
)
def test_badge_is_a_light_image_with_a_title_that_is_true(visitor, status, words):
    signature(status)
    answer = visitor.get(f"/en{PROOF}/badge.svg")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "public, max-age=300")
    assert len(answer.content) < 2500
    image = svg(answer.content)
    space = "{http://www.w3.org/2000/svg}"
    assert (image.get("role"), image.get("aria-labelledby"), image.get("lang")) == ("img", "t", "en")
    assert (
        image.find(f"{space}title").text
        == f"Almere, Smart Society declaration of support, version 1: {HEADINGS[status]}"
    )
    assert words in image.findall(f".//{space}text")[-1].text
    assert not re.search(rb"<script|style=|<style|href", answer.content)


def test_badge_of_a_long_or_strange_name_stays_an_image(visitor):
    signature(organisation__name='Stichting <b>&"zeer</b> lange naam voor een kleine vereniging')
    image = svg(visitor.get(f"{PROOF}/badge.svg").content)
    texts = [text.text for text in image.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[1] == 'Stichting <b>&"zeer</b> lange naa…'
    assert "kleine vereniging" in image.find("{http://www.w3.org/2000/svg}title").text


def test_only_the_embedded_page_may_be_framed(visitor):
    signature()
    framed = visitor.get(f"{PROOF}/insluiten/")
    assert "X-Frame-Options" not in framed
    assert policy(framed)["frame-ancestors"] == "*"
    assert policy(framed)["default-src"] == "'none'"
    for part in ("/", "/badge.svg", ".pdf"):
        answer = visitor.get(PROOF + part)
        assert (answer["X-Frame-Options"], policy(answer)["frame-ancestors"]) == ("DENY", "'none'")


def test_embedded_page_knows_nobody_and_sets_nothing(secretariat):
    signature()
    page = secretariat.get(f"{PROOF}/insluiten/")
    assert secretariat.user.email not in page.content.decode()
    assert "<form" not in page.content.decode()
    assert not page.cookies
    assert 'target="_blank" rel="noopener"' in page.content.decode()


def test_ready_html_is_escaped_twice_so_that_it_can_be_copied(visitor, settings):
    signature(organisation__name='Vereniging "A" & <B>')
    page = visitor.get(f"/en{PROOF}/").content.decode()
    assert f"&lt;img src=&quot;{settings.SITE_URL}" not in page  # the quotes of our own markup are plain
    assert f'&lt;iframe src="{settings.SITE_URL}/en{PROOF}/insluiten/"' in page
    assert "Vereniging &amp;quot;A&amp;quot; &amp;amp; &amp;lt;B&amp;gt;" in page
