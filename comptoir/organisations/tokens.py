"""The keys of programs: how one looks, and the digest that is kept of it."""

import hashlib

from comptoir.base.tokens import new_token

PREFIX = "cpt_"  # so that a scanner of leaked secrets recognises one


def new_key() -> str:
    """A key to show once: 256 bits, never derived."""
    return PREFIX + new_token()


def digest_of(key: str) -> str:
    """What is stored: the key has 256 bits of its own, so a plain SHA-256 gives nothing back."""
    return hashlib.sha256(key.encode()).hexdigest()
