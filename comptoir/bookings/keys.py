"""What a registration is found by: its booking's reference, the names and the addresses, without accents or case."""

from comptoir.base.text import email_key, folded
from comptoir.bookings.models import Booking, Registration


def search_key(booking: Booking, row: Registration) -> str:
    """One line of comparable text; an address is kept whole, so that a part of it is found too."""
    texts = (booking.reference, row.last_name, row.first_name, booking.contact_name)
    known = [folded(text) for text in texts] + [email_key(row.email), email_key(booking.contact_email)]
    return " ".join(dict.fromkeys(text for text in known if text))


def search_words(text: str) -> list[str]:
    """The words of which each must be found; one with an « @ » is part of an address and is kept as it is."""
    words: list[str] = []
    for word in text.split():
        words += [email_key(word)] if "@" in word else folded(word).split()
    return words
