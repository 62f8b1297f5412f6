"""Secrets in links: random, sent once, stored only as a hash; or sealed, and not stored at all."""

import secrets
from hashlib import sha256

from django.core.signing import BadSignature, Signer


def new_token() -> tuple[str, str]:
    """A token for a link and the hash to store."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """The stored form of `token`."""
    return sha256(token.encode()).hexdigest()


def sealed(purpose: str, value: str) -> str:
    """A token that only we can make: `value` with our seal, the same every time.

    For links that later mails must repeat. Whoever reads the database cannot make one; a new value ends the old link.
    """
    return Signer(salt=purpose, sep=".").sign(value)


def unsealed(purpose: str, token: str) -> str | None:
    """The value in a token of this purpose; None when the seal is not ours."""
    try:
        return Signer(salt=purpose, sep=".").unsign(token)
    except BadSignature:
        return None
