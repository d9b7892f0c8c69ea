"""Who a requester says to be, as typed; and what a refused match is remembered under (B6, B7). Pure."""

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property

from comptoir.base.text import digits, email_key, folded
from comptoir.clients.keys import name_town_key, number_key, stored_name_key, town_key
from comptoir.clients.traits import Traits, traits

LONGEST = 1_000  # characters; no column holds as many


@dataclass(frozen=True)
class Identity:
    """Texts as typed, of any length and any characters; only what a database can hold of them is kept."""

    legal_name: str = ""
    siret: str = ""
    client_number: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    person: str = ""

    def __post_init__(self) -> None:
        for one in fields(self):
            text = getattr(self, one.name)
            if not (text.isascii() and text.isprintable() and len(text) <= LONGEST):
                kept = text[:LONGEST].encode(errors="ignore").decode().replace("\0", "")
                object.__setattr__(self, one.name, kept)

    @cached_property
    def traits(self) -> Traits:
        """As the engine compares it."""
        return traits(
            name=self.legal_name, siret=self.siret, address=self.address, postcode=self.postcode, city=self.city,
            phone=self.phone, email=self.email, person=folded(self.person),
        )  # fmt: skip

    @cached_property
    def number(self) -> str:
        """The client number as we write it; empty when none was typed."""
        return number_key(self.client_number)

    @cached_property
    def email_key(self) -> str:
        """The address as the records of people have it."""
        return email_key(self.email)[:254]

    @cached_property
    def placeless_name(self) -> str:
        """The whole name, as a record without a town has it: the engine's other keys all want a place."""
        return name_town_key(self._name, "")

    @cached_property
    def bare_name(self) -> str:
        """The whole name when no place was typed with it: it is looked up wherever the record is. Else empty."""
        return "" if self.traits.town or self.traits.postcode else self._name

    @cached_property
    def key(self) -> str:
        """Digest of what tells this requester from another: a refused match is remembered under it (B7)."""
        number = digits(self.siret)
        siret = number if len(number) == 14 else number[:9] if len(number) == 9 else ""
        place = town_key(self.city) or self.postcode
        parts = (self._name, siret if siret.strip("0") else "", self.number, email_key(self.email), place)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @cached_property
    def _name(self) -> str:
        return stored_name_key(self.legal_name)
