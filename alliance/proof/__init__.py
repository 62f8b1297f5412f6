"""The proof of a signature: what it says, and how that becomes a PDF that archives keep and everybody can read."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliance.models import Declaration, Signature
from smartsociety.core.pdf import document

TEMPLATE = Path(__file__).parent / "proof.typ"


@dataclass(frozen=True)
class Standing:
    """How a signature stands, in words that are true today."""

    tone: str  # "valid", "warning" or "ended"
    short: str  # for on a badge
    label: str
    explanation: str


def standing(signature: Signature) -> Standing:
    """In force, on hold or withdrawn; the proof, its PDF, the badge and the embedded page all say the same."""
    if signature.status == Signature.Status.WITHDRAWN:
        return Standing(
            "ended",
            _("Withdrawn"),
            _("This signature is no longer in force"),
            _("The organisation signed, and later withdrew. The details of the signer are erased."),
        )
    if signature.status == Signature.Status.ON_HOLD:
        return Standing(
            "warning",
            _("On hold"),
            _("This signature is on hold"),
            _("A question about it is still open, or the organisation did not say that it is still right."),
        )
    if since := signature.not_confirmed_since:
        return Standing(
            "warning",
            _("Not confirmed lately"),
            _("This signature is in force, but not confirmed lately"),
            _(
                "The organisation was asked whether it is still right, and has not answered. Last confirmed on %(day)s."
            )
            % {"day": _day(since)},
        )
    return Standing(
        "valid",
        _("Signed, in force"),
        _("This signature is in force"),
        _("The secretariat at VNG checked the signature before it was published."),
    )


def newer_version(signature: Signature) -> Declaration | None:
    """The text in force when it is a later one than what was signed."""
    current = Declaration.objects.current()
    return current if current and current.version > signature.declaration.version else None


def later_signature(signature: Signature) -> Signature | None:
    """The signature of the same organisation in force under a later version."""
    later = signature.organisation.signatures.published().with_card_data()
    return (
        later.filter(declaration__version__gt=signature.declaration.version)
        .order_by("-declaration__version")
        .first()
    )


def signed_hash(signature: Signature) -> str:
    """The SHA-256 of the text that was on the screen of the signer."""
    return signature.text_sha256 or signature.declaration.sha256


def proof_pdf(signature: Signature) -> bytes:
    """The proof in the present language, as things stand today."""
    today = timezone.localdate()
    return document(TEMPLATE, _content(signature, today), today=today)


def _content(signature: Signature, today: date) -> dict:
    state = standing(signature)
    url = settings.SITE_URL + reverse("alliance:signature_proof", args=[signature.code])
    return {
        "lang": get_language(),
        "author": "Smart Society",
        "code": signature.code,
        "keywords": [signature.code],
        "title": _("Proof of the signature of %(name)s") % {"name": signature.organisation.name},
        "eyebrow": _("Proof of signature"),
        "name": signature.organisation.name,
        "tone": state.tone,
        "status": state.label,
        "explanation": state.explanation,
        "notes": _notes(signature),
        "facts_title": _("What was signed"),
        "facts": _facts(signature),
        "check_title": _("Check this proof"),
        "check_text": _(
            "This document tells how the signature stood on %(day)s. The page behind the code tells how it stands now."
        )
        % {"day": _day(today)},
        "hash_text": _("The SHA-256 identifies the text that was signed; it changes with every letter."),
        "qr": _qr(url),
        "qr_alt": _("QR code to the page of this proof"),
        "url": url,
        "footer": _("Proof %(code)s, made on %(day)s") % {"code": signature.code, "day": _day(today)},
    }


def _notes(signature: Signature) -> list[str]:
    notes = []
    if newer := newer_version(signature):
        notes.append(
            _(
                "Since then version %(new)s of the text came into force. This signature belongs to version %(old)s."
            )
            % {"new": newer.version, "old": signature.declaration.version}
        )
    if signature.declaration.is_concept:
        notes.append(_("The text that was signed is a concept: VNG has not established it yet."))
    return notes


def _facts(signature: Signature) -> list[dict[str, str]]:
    declaration = signature.declaration
    rows = [
        (_("Organisation"), signature.organisation.name, "text"),
        (
            _("Text"),
            _("%(title)s, version %(number)s") % {"title": declaration.title, "number": declaration.version},
            "link",
        ),
        (_("SHA-256 of the text"), signed_hash(signature), "code"),
        (_("Signed by"), signature.public_signer, "text"),
        (_("Decided by"), f"{signature.mandate_by}, {_day(signature.mandate_on)}", "text"),
        (_("Signed on"), _signed_on(signature), "text"),
        (_("Confirmed by the signer on"), "" if signature.on_paper else _day(signature.confirmed_at), "text"),
        (_("Published on"), _day(signature.published_at), "text"),
        (_("Last confirmed by the organisation on"), _day(signature.checked_on), "text"),
        (_("Withdrawn on"), _day(signature.withdrawn_at), "text"),
        (_("Code of this proof"), signature.code, "text"),
    ]
    text_url = settings.SITE_URL + declaration.get_absolute_url()
    return [
        {"label": label, "value": value, "kind": kind, "url": text_url if kind == "link" else ""}
        for label, value, kind in rows
        if value
    ]


def _signed_on(signature: Signature) -> str:
    day = _day(signature.created_at)
    return _("%(day)s, on paper") % {"day": day} if signature.on_paper else day


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, "j F Y") if value else ""


def _qr(url: str) -> str:
    image = io.BytesIO()
    segno.make(url, error="m").save(image, kind="svg", xmldecl=False, border=2, scale=4)
    return image.getvalue().decode()
