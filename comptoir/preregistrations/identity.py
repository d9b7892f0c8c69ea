"""A request as recognition sees it, and as a client record made from it would be."""

from typing import Protocol

from comptoir.clients.commands.clients import NewClient
from comptoir.clients.identity import Identity


class Asker(Protocol):
    """Whoever said who asks and for which client: a request, what a requester typed, an enquiry."""

    @property
    def kind(self) -> str: ...
    @property
    def legal_name(self) -> str: ...
    @property
    def siret(self) -> str: ...
    @property
    def client_number(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


def identity_of(request: Asker) -> Identity:
    """The corrected values that tell who the client is."""
    return Identity(
        legal_name=request.legal_name, siret=request.siret, client_number=request.client_number, email=request.email,
        phone=request.phone, address=request.address, postcode=request.postcode, city=request.city,
        person=f"{request.first_name} {request.last_name}",
    )  # fmt: skip


def record_of(request: Asker) -> NewClient:
    """The client record these values make, whoever wrote being its first contact (G1)."""
    return NewClient(
        legal_name=request.legal_name, kind=request.kind, siret=request.siret, email=request.email,
        phone=request.phone, address=request.address, postcode=request.postcode, city=request.city,
        contact_first_name=request.first_name, contact_last_name=request.last_name, contact_email=request.email,
        contact_phone=request.phone,
    )  # fmt: skip
