"""The public pages of the alliance: what they show to whom, and what their forms do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alliance.models import Organisation, Signature
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.mailbox import queued
from tests.pages import english, messages_of, page_template, shown, sign_in_before

pytestmark = pytest.mark.django_db
SIGN = "/steunverklaring/ondertekenen/"


@pytest.fixture
def signature(almere, declaration):
    """Published, of Almere; its signer does not want to be named."""
    return factories.SignatureFactory(
        organisation=almere,
        declaration=declaration,
        published=True,
        code="ABCDEFGH2345",
        signer_email="anna@almere.example",
    )


@pytest.fixture
def unconfirmed(almere, declaration):
    """Waits for the link with the token `secret`."""
    return factories.SignatureFactory(
        organisation=almere, declaration=declaration, signer_email="anna@almere.example",
        confirmation_hash=hash_token("secret"), confirmation_expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/steunverklaring/", "GET, HEAD"),
        ("/steunverklaring/versies/1/", "GET, HEAD"),
        (SIGN, "GET, HEAD, POST"),
        ("/steunverklaring/bevestigen/secret/", "GET, HEAD, POST"),
        ("/steunverklaring/bewijs/ABCDEFGH2345/", "GET, HEAD"),
        ("/ondertekenaars/", "GET, HEAD"),
    ],
)
def test_wrong_method_is_refused(visitor, signature, address, allowed):
    wrong = visitor.delete(address) if "POST" in allowed else visitor.post(address)
    assert (wrong.status_code, wrong["Allow"]) == (405, allowed)
    assert visitor.head(address).status_code in (200, 410)


# The declaration


def test_declaration_shows_the_text_in_force(visitor, declaration, signature):
    factories.SignatureFactory(declaration=declaration, submitted=True)
    factories.DeclarationFactory(version=2, published_at=None, text_nl="Nog geheim.")
    page = visitor.get("/steunverklaring/")
    assert (page.status_code, page.context["declaration"], page.context["is_current"]) == (
        200,
        declaration,
        True,
    )
    assert (page.context["signatory_count"], list(page.context["versions"])) == (1, [declaration])
    assert "Wij werken samen." in shown(page)
    assert declaration.sha256 in shown(page)
    assert "Nog geheim." not in page.content.decode()


def test_declaration_before_the_first_is_missing(visitor):
    factories.DeclarationFactory(published_at=None)
    assert visitor.get("/steunverklaring/").status_code == 404
    assert visitor.get(SIGN).status_code == 404


def test_declaration_speaks_english_under_en(visitor, declaration):
    assert "We work together." in shown(visitor.get("/en/steunverklaring/"))


def test_declaration_shows_no_markup_of_its_author(visitor):
    factories.DeclarationFactory(text_nl="# Kop\n\n<script>alert(1)</script>")
    page = visitor.get("/steunverklaring/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)


def test_declaration_of_an_older_version_says_that_it_is_not_in_force(visitor, declaration):
    newer = factories.DeclarationFactory(version=2)
    page = visitor.get("/en/steunverklaring/versies/1/")
    assert (page.context["declaration"], page.context["is_current"]) == (declaration, False)
    assert "This is not the text in force" in shown(page)
    assert visitor.get(newer.get_absolute_url()).context["is_current"] is True


@pytest.mark.parametrize("version", [2, 9])
def test_declaration_version_that_was_never_in_force_is_missing(visitor, declaration, version):
    factories.DeclarationFactory(version=2, published_at=None)
    assert visitor.get(f"/steunverklaring/versies/{version}/").status_code == 404


# The link in the mail


def test_opening_the_link_changes_nothing(visitor, unconfirmed):
    page = visitor.get("/steunverklaring/bevestigen/secret/")
    assert (page.status_code, page.context["signature"]) == (200, unconfirmed)
    assert "Almere" in shown(page)
    unconfirmed.refresh_from_db()
    assert (unconfirmed.status, queued()) == ("unconfirmed", [])


def test_pressing_the_button_confirms(visitor, unconfirmed):
    page = visitor.post("/steunverklaring/bevestigen/secret/")
    assert (page.status_code, page_template(page)) == (200, "alliance/signature_confirmed.html")
    unconfirmed.refresh_from_db()
    assert unconfirmed.status == "submitted"
    assert [kind for kind, _to, _language in queued()] == [
        "alliance/signature_received",
        "alliance/signature_to_verify",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("dead", ["unknown", "expired", "used"])
def test_link_that_does_not_work_any_more_says_so(visitor, unconfirmed, method, dead):
    if dead == "expired":
        Signature.objects.update(confirmation_expires_at=timezone.now() - timedelta(seconds=1))
    if dead == "used":
        visitor.post("/steunverklaring/bevestigen/secret/")
    token = "guess" if dead == "unknown" else "secret"
    page = getattr(visitor, method)(f"/steunverklaring/bevestigen/{token}/")
    assert (page.status_code, page_template(page)) == (410, "alliance/signature_link_dead.html")
    assert "Almere" not in shown(page)


def test_link_of_a_second_signer_says_that_the_organisation_has_signed(visitor, unconfirmed, signature):
    page = visitor.post("/steunverklaring/bevestigen/secret/")
    assert (page.status_code, page_template(page), page.context["organisation"].name) == (
        409,
        "alliance/signature_taken.html",
        "Almere",
    )
    unconfirmed.refresh_from_db()
    assert (unconfirmed.status, queued()) == ("unconfirmed", [])


# The proof


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("published", 200),
        ("on_hold", 200),
        ("withdrawn", 200),
        ("submitted", 404),
        ("rejected", 404),
        ("expired", 404),
    ],
)
def test_proof_exists_of_what_the_world_may_know(visitor, administrator, status, answer):
    signature = factories.SignatureFactory(**{status: True})
    assert visitor.get(signature.get_absolute_url()).status_code == answer
    assert administrator.get(signature.get_absolute_url()).status_code == answer


def test_proof_of_an_unknown_code_is_missing(visitor, signature):
    assert visitor.get("/steunverklaring/bewijs/ABCDEFGH2346/").status_code == 404


@pytest.mark.parametrize(("consent", "named"), [(True, True), (False, False)])
def test_proof_names_the_signer_with_consent_only(visitor, signature, consent, named):
    Signature.objects.update(publish_name=consent)
    page = visitor.get(signature.get_absolute_url())
    assert page.context["signature"] == signature
    assert ("Anna Aerts" in page.content.decode(), "Burgemeester" in shown(page)) == (named, True)
    assert "anna@almere.example" not in page.content.decode()


# Withdrawing


def withdraw_address(client) -> str:
    """Where the signature of the organisation of `client` is withdrawn."""
    return english(
        "alliance:signature_withdraw", Signature.objects.get(organisation=client.organisation).code
    )


def test_withdrawing_asks_first(representative):
    page = representative.get(withdraw_address(representative))
    assert (page.status_code, page.context["signature"].status) == (200, "published")
    assert list(Organisation.objects.signatories()) == [representative.organisation]


def test_withdrawing_is_effective_at_once(representative):
    answer = representative.post(withdraw_address(representative), {"reason": "Fusie."})
    signature = Signature.objects.get()
    assert (signature.status, signature.reason, signature.decided_by) == (
        "withdrawn",
        "Fusie.",
        representative.user,
    )
    assert (answer.status_code, answer.url) == (302, english("alliance:signature_proof", signature.code))
    assert messages_of(answer) == [
        ("success", f"The signature of {representative.organisation} is withdrawn.")
    ]
    assert list(Organisation.objects.signatories()) == []


def test_withdrawing_with_too_long_a_reason_keeps_what_was_typed(representative):
    page = representative.post(withdraw_address(representative), {"reason": "x" * 501})
    assert (page.status_code, page.context["form"]["reason"].value()) == (200, "x" * 501)
    assert Signature.objects.get().status == "published"


def test_withdrawing_twice_is_refused(representative):
    address = withdraw_address(representative)
    answers = [representative.post(address, {"reason": ""}).status_code for _attempt in range(2)]
    assert answers == [302, 403]


def test_withdrawing_is_for_its_own_representatives(visitor, stranger, editor, representative, signature):
    address = f"{signature.get_absolute_url()}intrekken/"
    answer = visitor.post(address)
    assert (answer.status_code, answer.url) == (302, sign_in_before(address))
    assert stranger.post(address).status_code == 403
    assert representative.post(address).status_code == 403
    assert editor.post(withdraw_address(editor)).status_code == 403
    assert set(Signature.objects.values_list("status", flat=True)) == {"published"}


def test_withdrawing_what_is_not_public_is_missing(stranger):
    hidden = factories.SignatureFactory(submitted=True)
    assert stranger.get(f"{hidden.get_absolute_url()}intrekken/").status_code == 404


# Who signed


def test_signatories_are_those_with_a_signature_in_force(visitor, signature, almere):
    for status in ("submitted", "on_hold", "rejected", "withdrawn", "expired"):
        factories.SignatureFactory(organisation__name=f"Verborgen {status}", **{status: True})
    factories.SignatureFactory(organisation__name="Verborgen unconfirmed")
    page = visitor.get("/ondertekenaars/")
    assert (list(page.context["page"]), page.context["signatory_count"]()) == ([almere], 1)
    assert "Almere" in shown(page)
    assert "Verborgen" not in page.content.decode()


def test_signatories_are_narrowed_by_the_address(visitor, signature, almere):
    factories.SignatureFactory(published=True, organisation__province="zeeland")
    page = visitor.get("/ondertekenaars/?province=flevoland")
    assert (list(page.context["page"]), page.context["signatory_count"]()) == ([almere], 2)


def test_signatories_that_nobody_matches_lead_to_signing(visitor, signature):
    page = visitor.get("/en/ondertekenaars/?q=zzz")
    assert list(page.context["page"]) == []
    assert "No signatory matches" in shown(page)


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 2), ("x", 1), ("-1", 2)])
def test_signatories_have_pages(visitor, asked, number):
    for name in range(25):
        factories.SignatureFactory(published=True, organisation__name=f"G{name:02}")
    page = visitor.get(f"/ondertekenaars/?page={asked}")
    shown_names = [organisation.name for organisation in page.context["page"]]
    assert shown_names == ([f"G{name:02}" for name in range(24)] if number == 1 else ["G24"])
