"""What a line of a file does to the base: one decision for preview and run. Writes a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from comptoir.base.pouring import pour
from comptoir.base.text import folded
from comptoir.clients import fields, keeping
from comptoir.clients.importable import Row, likely_kind
from comptoir.clients.keys import SERIES, client_number, search_key
from comptoir.clients.models import Client, Contact, FormerNumber
from comptoir.clients.sharing import IMPORTED, NUMBERED, rows
from comptoir.clients.tally import Tally
from comptoir.organisations.actors import Actor
from comptoir.organisations.numbers import next_numbers

BATCH = 1000  # lines a transaction: short enough for the counter to sell seats in between

_WRITTEN = (
    "legal_name", "siret", "doubtful_siret", "email", "phone", "address", "postcode", "city",
    "name_key", "name_town_key", "email_key", "search_key",
)  # fmt: skip
_CLIENT = ("organisation_id", "number", "imported_id", "kind", *_WRITTEN, "notes")
_CONTACT = ("client_id", "first_name", "last_name", "email", "email_key", "phone", "search_key", "is_main")


@dataclass
class Base:
    """The records that some rows already have, by the identifier of the file, and the names of their contacts.

    `merged`: the identifiers whose record was merged into another; that one is here in its place.
    """

    clients: dict[str, Client]
    people: dict[int, set[str]]
    merged: frozenset[str] = frozenset()


def known(lines: Sequence[Row], *, organisation_id: int, lock: bool = False) -> Base:
    """What the base holds of these lines: four statements at most, two when all are new.

    One record is one object, however many lines lead to it.
    """
    names = [line.imported_id for line in lines]
    former = FormerNumber.objects.filter(organisation_id=organisation_id).exclude(imported_id="")
    kept = dict(former.filter(imported_id__in=names).values_list("imported_id", "client_id")) if former.exists() else {}
    ids = {pk for pk, _name in rows(IMPORTED, names, organisation_id)} | set(kept.values())
    if not ids:
        return Base({}, {})
    found = Client.objects.filter(organisation_id=organisation_id, pk__in=ids)
    by_id = {client.pk: client for client in (found.select_for_update() if lock else found)}
    clients = {client.imported_id: client for client in by_id.values() if client.imported_id}
    clients |= {name: by_id[client_id] for name, client_id in kept.items() if client_id in by_id}
    people: dict[int, set[str]] = {client.pk: set() for client in clients.values()}
    contacts = Contact.objects.filter(client__in=people).values_list("client_id", "first_name", "last_name")
    for client_id, first_name, last_name in contacts:
        people[client_id].add(folded(f"{first_name} {last_name}"))
    return Base(clients, people, frozenset(kept))


def changes(row: Row, client: Client, base: Base) -> dict[str, str]:
    """The columns the line would change: what it fills in otherwise than the record; empty texts change nothing.

    The line of a record that was merged into this one only fills what is blank: a person chose the rest (G4).
    """
    changed = {name: text for name, text in row.texts.items() if text and text != getattr(client, name)}
    if row.imported_id in base.merged:
        return {name: text for name, text in changed.items() if not getattr(client, name)}
    if row.doubtful_siret and not client.siret and row.doubtful_siret != client.doubtful_siret:
        changed["doubtful_siret"] = row.doubtful_siret
    elif "siret" in changed:
        changed["doubtful_siret"] = ""
    return changed


def is_new_person(row: Row, client: Client, base: Base) -> bool:
    """Whether the line names somebody the record does not know."""
    name = folded(" ".join(row.contact))
    return bool(name) and name not in base.people[client.pk]


def foresee(lines: Sequence[Row], tally: Tally, *, organisation_id: int) -> None:
    """Count what `write` would do with these lines. Reads only."""
    base = known(lines, organisation_id=organisation_id)
    for row in lines:
        client = base.clients.get(row.imported_id)
        if client is None:
            tally.created += 1
        elif changes(row, client, base) or is_new_person(row, client, base):
            tally.changed += 1
        else:
            tally.unchanged += 1


def write(lines: Sequence[Row], tally: Tally, *, by: Actor, at: datetime) -> None:
    """The lines are in the base, in the caller's transaction; what was there already is not doubled."""
    next_numbers(by.organisation_id, SERIES, 0)  # none taken yet, but other creations wait from here on
    base = known(lines, organisation_id=by.organisation_id, lock=True)
    fresh = [row for row in lines if row.imported_id not in base.clients]
    created = _created(fresh, by=by, at=at)
    people = [(client_id, row.contact, True) for client_id, row in zip(created, fresh, strict=True) if any(row.contact)]
    changed = []
    for row in lines:
        if client := base.clients.get(row.imported_id):
            texts, is_new = changes(row, client, base), is_new_person(row, client, base)
            if is_new:
                people.append((client.pk, row.contact, not base.people[client.pk]))
                base.people[client.pk].add(folded(" ".join(row.contact)))
            if texts:
                _set(client, texts)
            if texts or is_new:
                changed.append(client)
    Client.objects.bulk_update({one.pk: one for one in changed}.values(), _WRITTEN, batch_size=200)
    pour(Contact, _CONTACT, (_contact(*one) for one in people))
    keeping.forget([client.pk for client in changed])
    tally.created += len(created)
    tally.changed += len(changed)
    tally.unchanged += len(lines) - len(created) - len(changed)


def _created(lines: Sequence[Row], *, by: Actor, at: datetime) -> list[int]:
    """The ids of the new clients, in the order of the lines. Poured: row objects and their SQL took half the time."""
    positions = next_numbers(by.organisation_id, SERIES, len(lines)) if lines else ()
    moment = connection.ops.adapt_datetimefield_value(at)
    numbers = [client_number(position) for position in positions]
    clients = []
    for row, number in zip(lines, numbers, strict=True):
        said = {
            **row.texts, "doubtful_siret": row.doubtful_siret, "number": number, "imported_id": row.imported_id,
            "kind": likely_kind(row.texts["legal_name"]), "organisation_id": by.organisation_id, "notes": "",
        }  # fmt: skip
        said |= fields.client_keys(said)
        clients.append([*(said[name] for name in _CLIENT), moment])
    pour(Client, (*_CLIENT, "created_at"), clients)
    ids = dict(rows(NUMBERED, numbers, by.organisation_id))
    return [ids[number] for number in numbers]


def _set(client: Client, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        setattr(client, name, text)
    fields.derive_client(client)


def _contact(client_id: int, name: tuple[str, str], is_main: bool) -> list[object]:
    return [client_id, *name, "", "", "", search_key(*name), is_main]
