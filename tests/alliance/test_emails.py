"""What the mails of the alliance say, and where their links lead. The English words are in the source."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext, override

from alliance import emails
from smartsociety.core.models import Mail
from tests import factories
from tests.mailbox import links_in

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
SITE = "https://portal.example"


@pytest.fixture(autouse=True)
def addresses(settings):
    """The addresses that mails name."""
    settings.SITE_URL, settings.SECRETARIAT_EMAIL = SITE, "secretariaat@vng.example"


@pytest.fixture
def signature(almere):
    """Of Almere, with everything that a mail can tell."""
    return factories.SignatureFactory(
        organisation=almere,
        submitted=True,
        code="ABCDEFGH2345",
        signer_name="Anna Aerts",
        signer_email="anna@almere.example",
        language="en",
        mandate_by="B&W",
        confirmation_expires_at=MOMENT,
    )


def write(name, signature) -> Mail:
    """Queue this mail about `signature`."""
    extra = {
        "confirm_signature": {"token": "T0KEN"},
        "signature_withdrawn": {"to": "anna@almere.example", "language": signature.language},
    }
    getattr(emails, name)(signature, **extra.get(name, {}))
    return Mail.objects.latest("pk")


LETTERS = {
    "confirm_signature": ("Confirm the signature of Almere", ["/steunverklaring/bevestigen/T0KEN/"]),
    "signature_received": ("We have received the signature of Almere", []),
    "signature_published": (
        "Almere is now a signatory",
        ["/organisaties/almere/", "/steunverklaring/bewijs/ABCDEFGH2345/", "/account/login/"],
    ),
    "signature_rejected": (
        "We cannot publish the signature of Almere yet",
        ["/steunverklaring/ondertekenen/"],
    ),
    "signature_withdrawn": (
        "The signature of Almere is withdrawn",
        ["/steunverklaring/bewijs/ABCDEFGH2345/"],
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_letter_to_the_signer_in_english(signature, name):
    subject, paths = LETTERS[name]
    mail = write(name, signature)
    assert (mail.kind, mail.to, mail.language, mail.subject) == (
        f"alliance/{name}",
        "anna@almere.example",
        "en",
        subject,
    )
    assert links_in(mail) == [f"{SITE}/en{path}" for path in paths]
    assert "Mail to secretariaat@vng.example." in mail.text


@pytest.mark.parametrize("name", LETTERS)
def test_letter_to_the_signer_in_dutch_leads_to_dutch_pages(signature, name):
    signature.language = "nl"
    mail = write(name, signature)
    assert (mail.language, links_in(mail)) == ("nl", [f"{SITE}{path}" for path in LETTERS[name][1]])
    assert '<html lang="nl"' in mail.html


@pytest.mark.parametrize(
    "name", ["confirm_signature", "signature_received", "signature_published", "signature_rejected"]
)
def test_letter_names_the_signer_whom_it_greets(signature, name):
    assert "Dear Anna Aerts," in write(name, signature).text.split("\n")


def test_letter_of_withdrawal_names_nobody(signature):
    signature.forget_signer()
    mail = write("signature_withdrawn", signature)
    assert (mail.to, "Anna" in mail.text + mail.html) == ("anna@almere.example", False)


def test_letter_to_confirm_says_how_long_the_link_works(signature):
    assert "The link works for 7 days, until 2 March 2026." in write("confirm_signature", signature).text


def test_letter_of_rejection_gives_the_reason_as_it_was_typed(signature):
    signature.reason = 'Het besluit van "B&W" <ontbreekt>.'
    mail = write("signature_rejected", signature)
    assert 'Het besluit van "B&W" <ontbreekt>.' in mail.text.split("\n")
    assert "B&amp;W&quot; &lt;ontbreekt&gt;" in mail.html


def test_letter_text_keeps_signs_and_its_html_escapes_them(signature, almere):
    almere.name = "Vis & <Zn>"
    mail = write("signature_received", signature)
    assert mail.subject == "We have received the signature of Vis & <Zn>"
    assert ("Vis & <Zn>" in mail.text, "Vis &amp; &lt;Zn&gt;" in mail.html, "<Zn>" in mail.html) == (
        True,
        True,
        False,
    )


def test_letter_to_the_secretariat_is_dutch_and_leads_to_its_desk(signature):
    mail = write("signature_to_verify", signature)
    assert (mail.kind, mail.to, mail.language) == (
        "alliance/signature_to_verify",
        "secretariaat@vng.example",
        "nl",
    )
    assert links_in(mail) == [f"{SITE}/beheer/ondertekeningen/{signature.pk}/"]
    assert "anna@almere.example" not in mail.subject + mail.text


@pytest.mark.parametrize(
    ("in_register", "website", "told"),
    [
        (
            True,
            "https://almere.example",
            [
                "The organisation is in the register of public bodies.",
                "The mail address fits the organisation.",
            ],
        ),
        (
            False,
            "",
            [
                "The organisation is not in the register of public bodies: the signer entered it.",
                "We could not see from the mail address that the signer works there.",
            ],
        ),
    ],
)
def test_letter_to_the_secretariat_weighs_the_evidence(signature, almere, in_register, website, told):
    almere.in_register, almere.website = in_register, website
    with override("nl"):
        sentences = " ".join(gettext(sentence) for sentence in told)
    assert sentences in write("signature_to_verify", signature).text.split("\n")
