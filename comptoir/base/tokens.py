"""Opaque tokens and readable references."""

import secrets

# No 0/O, 1/I/L, U/V: a reference is read aloud on the phone and typed again.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def new_token() -> str:
    """A secret of 256 bits for a link or a form: URL-safe, never guessable, never derived."""
    return secrets.token_urlsafe(32)


def new_reference(prefix: str, length: int = 9) -> str:
    """A reference people can read aloud, such as `PR-7K3QX9MB` (29**9 values; unicity is the table’s)."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
