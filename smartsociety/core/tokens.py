"""Secrets in links: random, sent once, stored only as a hash."""

import secrets
from hashlib import sha256


def new_token() -> tuple[str, str]:
    """A token for a link and the hash to store."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """The stored form of `token`."""
    return sha256(token.encode()).hexdigest()
