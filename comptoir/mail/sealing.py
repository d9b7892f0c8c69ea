"""Single-use links wait in the outbox sealed: neither the database, a backup nor the desk can read them (E3, R7)."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


def seal(link: str) -> str:
    """The link, readable only with the deployment's secret key."""
    return _box().encrypt(link.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The link again; empty when the secret key has changed since."""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        return ""


def placeholder(message_id: str) -> str:
    """What stands in the stored words in the link's place: an address that leads nowhere, unlike any other."""
    return f"https://lien-masque.invalid/{message_id.partition('@')[0]}"


def _box() -> Fernet:
    key = salted_hmac("comptoir.mail.sealing", b"link", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
