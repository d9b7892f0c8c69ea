"""A request as the matching engine sees it."""

from comptoir.clients.matching import Identity
from comptoir.preregistrations.models import Request


def identity_of(request: Request) -> Identity:
    """The corrected values that tell who the client is."""
    return Identity(
        legal_name=request.legal_name, siret=request.siret, client_number=request.client_number, email=request.email,
        phone=request.phone, postcode=request.postcode, city=request.city,
    )  # fmt: skip
