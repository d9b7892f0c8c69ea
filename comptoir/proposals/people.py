"""Whom a sending writes to: the clients chosen, the address and the name of each, and those nobody can write to."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from comptoir.clients.models import Client, Contact
from comptoir.mail import cleaning
from comptoir.proposals.models import Sending

_BETWEEN = re.compile(r"[,;\s]+")


@dataclass(frozen=True)
class Recipient:
    """One mail to write."""

    client_id: int
    client: str
    contact: str
    to: tuple[str, ...]


@dataclass
class Sorted:
    """What becomes of the clients chosen; `wrong`: client → what was typed and is no address."""

    written: list[Recipient] = field(default_factory=list)
    mute: list[Recipient] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)

    @property
    def all(self) -> list[Recipient]:
        """Everybody chosen, by name."""
        return sorted([*self.written, *self.mute], key=lambda one: (one.client.casefold(), one.client_id))


def addresses(text: str) -> tuple[list[str], list[str]]:
    """The addresses of a field, parted by commas, semicolons or spaces; and what among them is none."""
    return cleaning.sorted_out(_BETWEEN.split(text))


def sort_out(chosen: Collection[int], typed: Mapping[str, str], *, organisation_id: int) -> Sorted:
    """Each client's mail: to what was typed for it, else to its main contact, else to its own address. Two queries."""
    clients = Client.objects.filter(organisation_id=organisation_id, pk__in=chosen).order_by("name_key", "pk")
    rows = clients.values_list("pk", "legal_name", "email")
    main = Contact.objects.filter(client__in=chosen, is_main=True)
    contacts = {one.client_id: one for one in main.only("client_id", "first_name", "last_name", "email")}
    done = Sorted()
    for pk, name, email in rows:
        contact = contacts.get(pk)
        usual = (contact.email if contact else "") or email
        to, wrong = addresses(typed.get(str(pk), usual))
        if wrong:
            done.wrong[pk] = wrong[0]
        named = f"{contact.first_name} {contact.last_name}".strip() if contact else ""
        one = Recipient(pk, name, named, tuple(to))
        (done.written if to else done.mute).append(one)
    return done


def of(sending: Sending) -> Sorted:
    """Those of a draft."""
    return sort_out(sending.chosen, sending.to, organisation_id=sending.organisation_id)
