"""Single-use links wait in the outbox sealed: neither the database, a backup nor the desk can read them (E3, R7)."""

from comptoir.base import sealing

PURPOSE = "comptoir.mail.sealing"


def seal(link: str) -> str:
    """The link, readable only with the deployment's secret key."""
    return sealing.seal(link, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    """The link again; empty when the secret key has changed since."""
    return sealing.unseal(sealed, purpose=PURPOSE)


def placeholder(message_id: str) -> str:
    """What stands in the stored words in the link's place: an address that leads nowhere, unlike any other."""
    return f"https://lien-masque.invalid/{message_id.partition('@')[0]}"
