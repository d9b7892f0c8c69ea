"""A request as recognition sees it, and as a client record made from it would be."""

from comptoir.clients.commands.clients import NewClient
from comptoir.clients.identity import Identity
from comptoir.preregistrations.models import Request


def identity_of(request: Request) -> Identity:
    """The corrected values that tell who the client is."""
    return Identity(
        legal_name=request.legal_name, siret=request.siret, client_number=request.client_number, email=request.email,
        phone=request.phone, address=request.address, postcode=request.postcode, city=request.city,
        person=f"{request.first_name} {request.last_name}",
    )  # fmt: skip


def record_of(request: Request) -> NewClient:
    """The client record these values make, whoever wrote being its first contact (G1)."""
    return NewClient(
        legal_name=request.legal_name, kind=request.kind, siret=request.siret, email=request.email,
        phone=request.phone, address=request.address, postcode=request.postcode, city=request.city,
        contact_first_name=request.first_name, contact_last_name=request.last_name, contact_email=request.email,
        contact_phone=request.phone,
    )  # fmt: skip
