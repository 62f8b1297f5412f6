"""The mails of the alliance; wording in templates/emails/alliance/."""

from django.conf import settings

from alliance.models import Signature
from smartsociety.core import mail


def confirm_signature(signature: Signature, *, token: str) -> None:
    """To the signer: open this link to confirm. The only place where the token exists in plain text."""
    _to_signer("confirm_signature", signature, link=("alliance:signature_confirm", token))


def signature_received(signature: Signature) -> None:
    """To the signer: confirmed, the secretariat looks at it."""
    _to_signer("signature_received", signature)


def signature_to_verify(signature: Signature) -> None:
    """To the secretariat: something waits."""
    mail.send(
        "alliance/signature_to_verify",
        to=settings.SECRETARIAT_EMAIL,
        language="nl",
        context={
            "signature": signature,
            "url": mail.absolute_url("nl", "alliance:signature_verify", signature.pk),
        },
    )


def signature_published(signature: Signature) -> None:
    """To the signer, who from now on represents the organisation."""
    _to_signer("signature_published", signature, link=("organisation_detail", signature.organisation.slug))


def signature_rejected(signature: Signature) -> None:
    """To the signer, with the reason."""
    _to_signer("signature_rejected", signature)


def signature_withdrawn(signature: Signature, *, to: str, language: str) -> None:
    """To the signer, whose address the row no longer holds."""
    mail.send(
        "alliance/signature_withdrawn",
        to=to,
        language=language,
        context={
            "signature": signature,
            "url": mail.absolute_url(language, "alliance:signature_proof", signature.code),
        },
    )


def _to_signer(kind: str, signature: Signature, *, link: tuple[str, str] | None = None) -> None:
    context = {"signature": signature, "url": mail.absolute_url(signature.language, *link) if link else ""}
    mail.send(f"alliance/{kind}", to=signature.signer_email, language=signature.language, context=context)
