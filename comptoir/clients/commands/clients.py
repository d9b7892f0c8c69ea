"""Open and change a client record."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.speaking import in_house
from comptoir.clients import fields, keeping
from comptoir.clients.commands import numbers
from comptoir.clients.commands.contacts import insert_contact
from comptoir.clients.identity import Identity
from comptoir.clients.keys import SERIES, client_number
from comptoir.clients.matching import Match, matches
from comptoir.clients.models import Client
from comptoir.clients.payers import payer_of
from comptoir.clients.perimeter import own_client, require_work
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Territory
from comptoir.organisations.numbers import next_numbers


class ClientDetails(TypedDict, total=False):
    """The columns a person fills in; those left out keep their value (or are empty in a new record)."""

    legal_name: str
    kind: str
    siret: str
    email: str
    phone: str
    address: str
    postcode: str
    city: str
    territory_id: int | None
    payer_number: str
    notes: str


class NewClient(ClientDetails, total=False):
    """The same, with the first contact."""

    contact_first_name: str
    contact_last_name: str
    contact_email: str
    contact_phone: str


class ClientKnown(Refusal):
    """This organisation already has that client, or one much like it. `match` says which and why."""

    code = "client-known"

    def __init__(self, sentence: str, match: Match) -> None:
        super().__init__(sentence, field="legal_name")
        self.match = match


@transaction.atomic
def create_client(
    *, by: Actor, at: datetime, unless_known: bool = False, tell_number: bool = False, asked_by: str = "",
    **details: Unpack[NewClient],
) -> int:  # fmt: skip
    """A client exists, with the next number (G1) and its main contact when one is given; its id is returned.

    `tell_number`: the number is mailed to the contact, else to the client, to be given next time (G1). `asked_by`: the
    reference of its request; the record bears the number that was mailed then, if one was, and no second one leaves.
    `unless_known`: refuse when the record would be a duplicate (G2); decided while creations stand in line, so that a
    double click makes one client. Refuses: Forbidden, Invalid or Several (every field at fault), ClientKnown.
    """
    require_work(by)
    texts = fields.cleaned({name: details.get(name, "") for name in fields.CLIENT_TEXTS if name in details})  # type: ignore[misc]
    person = _first_contact(details)
    territory_id = details.get("territory_id")
    payer_id, unknown = payer_of(details.get("payer_number", ""), by=by)
    problems = fields.client_problems({"legal_name": "", **texts}) + _territory_problems(territory_id, by=by) + unknown
    refuse_all(problems + (_named_contact(fields.contact_problems(person)) if person else []))
    mailed = numbers.take(asked_by, organisation_id=by.organisation_id)
    fresh = next_numbers(by.organisation_id, SERIES, 0 if mailed else 1)  # from here on, other creations wait
    if unless_known:
        _refuse_known(texts, person, by=by)
    client = Client(organisation_id=by.organisation_id, number=mailed or client_number(fresh[0]), created_at=at)
    client.territory_id, client.payer_id = territory_id, payer_id
    _write(client, texts)
    client.save(force_insert=True)
    if person:
        insert_contact(client, person, is_main=True)
    keeping.keep([client.pk], organisation_id=by.organisation_id)
    if tell_number and not mailed:
        _tell_number(client, person, at=at)
    journal.record(what="client.created", about=client.number, by=by, at=at)
    return client.pk


@transaction.atomic
def change_client(*, client_id: int, by: Actor, at: datetime, **details: Unpack[ClientDetails]) -> list[str]:
    """The record holds these values; the names of the fields that changed are returned, none when nothing did.

    Refuses: Forbidden, Missing, Invalid or Several (every field at fault).
    """
    client = own_client(client_id, by=by)
    texts = fields.cleaned({name: details[name] for name in fields.CLIENT_TEXTS if name in details})  # type: ignore[literal-required]
    changed = [name for name, text in texts.items() if getattr(client, name) != text]
    territory_id = details.get("territory_id", client.territory_id)
    payer_id, unknown = client.payer_id, list[Refusal]()
    if "payer_number" in details:
        payer_id, unknown = payer_of(details["payer_number"], by=by, of=client)
    problems = fields.client_problems({name: texts[name] for name in changed})
    refuse_all(problems + _territory_problems(territory_id, by=by) + unknown)
    if territory_id != client.territory_id:
        client.territory_id = territory_id
        changed.append("territory")
    if payer_id != client.payer_id:
        client.payer_id = payer_id
        changed.append("payer")
    if changed:
        _write(client, texts)
        client.save()
        keeping.keep([client.pk], organisation_id=by.organisation_id, again=True)
        journal.record(what="client.changed", about=client.number, by=by, at=at, detail={"fields": changed})
    return changed


@in_house
def _tell_number(client: Client, person: dict[str, str], *, at: datetime) -> None:
    reader = person.get("email") or client.email
    if not reader:
        return
    name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
    numbers.tell(
        client.number, reader=reader, contact=name, legal_name=client.legal_name, about=client.number,
        organisation_id=client.organisation_id, at=at,
    )  # fmt: skip


def _write(client: Client, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        setattr(client, name, text)
    if texts.get("siret"):
        client.doubtful_siret = ""  # mended
    fields.derive_client(client)


def _first_contact(details: NewClient) -> dict[str, str]:
    given = {name: str(details.get(f"contact_{name}", "")) for name in fields.CONTACT_TEXTS}
    texts = fields.cleaned(given)
    return texts if any(texts.values()) else {}


def _named_contact(problems: list[Refusal]) -> list[Refusal]:
    """The fields of the contact carry another name on the form that makes both at once."""
    return [Invalid(one.sentence, field=f"contact_{one.field}") for one in problems]


def _territory_problems(territory_id: int | None, *, by: Actor) -> list[Refusal]:
    if territory_id is None:
        return []
    if Territory.objects.filter(pk=territory_id, organisation_id=by.organisation_id).exists():
        return []
    return [Invalid(_("Ce secteur n’existe pas."), field="territory_id")]


def _refuse_known(texts: dict[str, str], person: dict[str, str], *, by: Actor) -> None:
    """As a request that comes in is weighed (B6): by the record's own address and phone, then by its contact's."""
    typed = {name: texts.get(name, "") for name in ("legal_name", "siret", "address", "postcode", "city")}
    name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
    reached = [(one.get("email", ""), one.get("phone", "")) for one in (texts, person)]
    identities = [Identity(**typed, email=email, phone=phone, person=name) for email, phone in reached]
    found = [match for match in matches(identities, organisation_id=by.organisation_id) if match]
    if found:
        match = max(found, key=lambda one: (one.is_certain, one.score))
        sentence = _("Ce client existe peut-être déjà\u00a0: %(number)s %(name)s (%(reason)s).")
        about = {"number": match.number, "name": match.legal_name, "reason": match.reason}
        raise ClientKnown(sentence % about, match)
