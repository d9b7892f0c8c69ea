"""The client behind a signed-in person (A4): found from the account by the server, never from what a form says."""

from dataclasses import dataclass

from comptoir.clients.models import Client, Contact


@dataclass(frozen=True)
class Reader:
    """A client's contact, signed in to the client's space of one organisation."""

    contact: Contact
    client: Client


def reader_of(user_id: int, *, organisation_id: int) -> Reader | None:
    """The contact this account is in this organisation, the main one first; None when it is nobody's."""
    contact = (
        Contact.objects.filter(user_id=user_id, user__is_active=True, client__organisation_id=organisation_id)
        .select_related("client")
        .order_by("-is_main", "pk")
        .first()
    )
    return Reader(contact, contact.client) if contact else None
