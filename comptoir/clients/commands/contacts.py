"""The people at a client: add, change, remove, choose the main one, open and close their access to the space (A4)."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.accounts import commands as accounts
from comptoir.accounts import queries as people
from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.clients import fields, keeping
from comptoir.clients.models import Client, Contact
from comptoir.clients.perimeter import own_client, require_work
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class ContactDetails(TypedDict, total=False):
    """What is known of a person; what is left out keeps its value."""

    first_name: str
    last_name: str
    email: str
    phone: str


class AccessTaken(Refusal):
    """Another contact of this client already signs in with that address."""

    code = "access-taken"


@transaction.atomic
def add_contact(
    *, client_id: int, by: Actor, at: datetime, is_main: bool = False, **details: Unpack[ContactDetails]
) -> int:
    """The client has one more contact, whose id is returned; the first of all is the main one.

    Refuses: Forbidden, Missing, Invalid or Several.
    """
    client = own_client(client_id, by=by)
    texts = _checked(details)
    contact = insert_contact(client, texts, is_main=is_main)
    _seen_again(client)
    journal.record(what="client.contact-added", about=client.number, by=by, at=at, detail={"contact": contact.pk})
    return contact.pk


@transaction.atomic
def change_contact(*, contact_id: int, by: Actor, at: datetime, **details: Unpack[ContactDetails]) -> list[str]:
    """The contact holds these values; the names of the fields that changed are returned.

    An account keeps the address it signs in with: that is the person's to change. Refuses: Forbidden, Missing, Invalid
    or Several.
    """
    contact = _own_contact(contact_id, by=by)
    texts = _checked({name: getattr(contact, name) for name in fields.CONTACT_TEXTS} | details)
    changed = [name for name, text in texts.items() if getattr(contact, name) != text]
    if changed:
        _write(contact, texts)
        contact.save()
        _seen_again(contact.client)
        _record("client.contact-changed", contact, by=by, at=at)
    return changed


@transaction.atomic
def remove_contact(*, contact_id: int, by: Actor, at: datetime) -> None:
    """The contact is gone, and its access with it; if it was the main one, the oldest left takes its place.

    Refuses: Forbidden, Missing.
    """
    contact = _own_contact(contact_id, by=by)
    client, was_main = contact.client, contact.is_main
    contact.delete()
    heir = client.contacts.order_by("id").first()
    if was_main and heir is not None:
        client.contacts.filter(pk=heir.pk).update(is_main=True)
    _seen_again(client)
    journal.record(what="client.contact-removed", about=client.number, by=by, at=at, detail={"contact": contact_id})


@transaction.atomic
def set_main_contact(*, contact_id: int, by: Actor, at: datetime) -> None:
    """This contact is the main one, and no other. Refuses: Forbidden, Missing."""
    contact = _own_contact(contact_id, by=by)
    if contact.is_main:
        return
    _make_main(contact.client, contact.pk)
    _seen_again(contact.client)
    _record("client.contact-main", contact, by=by, at=at)


@transaction.atomic
def give_access(*, contact_id: int, by: Actor, at: datetime) -> int:
    """The contact has an account for the client's space, whose id is returned; a mailed link will give it a password.

    An account that already has the contact's address is the one: its owner reads that mailbox. Again: the same id.
    Refuses: Forbidden, Missing, Invalid (no address), AccessTaken.
    """
    contact = _own_contact(contact_id, by=by)
    if contact.user_id is not None:
        return contact.user_id
    if not contact.email:
        sentence = _("Cet interlocuteur n’a pas d’adresse de courriel\u00a0: ajoutez-la, puis ouvrez l’accès.")
        raise Invalid(sentence, field="email")
    known = people.by_email(contact.email)
    user_id = known.pk if known else _open_account(contact, at=at)
    if contact.client.contacts.filter(user_id=user_id).exists():
        raise AccessTaken(_("Un autre interlocuteur de ce client a déjà un accès avec cette adresse."), field="email")
    Contact.objects.filter(pk=contact.pk).update(user_id=user_id)
    _record("client.access-given", contact, by=by, at=at)
    return user_id


@transaction.atomic
def withdraw_access(*, contact_id: int, by: Actor, at: datetime) -> None:
    """The contact no longer reaches the client's space; the account is left alone. Refuses: Forbidden, Missing."""
    contact = _own_contact(contact_id, by=by)
    if contact.user_id is None:
        return
    Contact.objects.filter(pk=contact.pk).update(user=None)
    _record("client.access-withdrawn", contact, by=by, at=at)


def insert_contact(client: Client, texts: Mapping[str, str], *, is_main: bool) -> Contact:
    """Add a checked contact to a locked client; the first one is the main one whatever was asked."""
    contact = Contact(client=client)
    _write(contact, texts)
    contact.save(force_insert=True)
    if is_main or not client.contacts.filter(is_main=True).exists():
        _make_main(client, contact.pk)
    return contact


def _seen_again(client: Client) -> None:
    """The engine sees the client with its people as they are now, and the next scan compares it."""
    keeping.keep([client.pk], organisation_id=client.organisation_id, again=True)


def _open_account(contact: Contact, *, at: datetime) -> int:
    first_name, last_name = contact.first_name, contact.last_name
    return accounts.open_account(
        login=contact.email, email=contact.email, first_name=first_name, last_name=last_name, at=at
    )


def _record(what: str, contact: Contact, *, by: Actor, at: datetime) -> None:
    journal.record(what=what, about=contact.client.number, by=by, at=at, detail={"contact": contact.pk})


def _make_main(client: Client, contact_id: int) -> None:
    client.contacts.filter(is_main=True).update(is_main=False)
    client.contacts.filter(pk=contact_id).update(is_main=True)


def _checked(details: Mapping[str, object]) -> dict[str, str]:
    texts = fields.cleaned({name: str(text) for name, text in details.items()})
    refuse_all(fields.contact_problems(texts))
    return texts


def _write(contact: Contact, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        setattr(contact, name, text)
    fields.derive_contact(contact)


def _own_contact(contact_id: int, *, by: Actor) -> Contact:
    require_work(by)
    rows = Contact.objects.filter(client__organisation_id=by.organisation_id)
    client_id = rows.filter(pk=contact_id).values_list("client_id", flat=True).first()
    if client_id is None:
        raise Missing(_("Cet interlocuteur n’existe pas."))
    own_client(client_id, by=by)
    contact = rows.select_related("client").filter(pk=contact_id).first()
    if contact is None:  # removed while we waited for the client
        raise Missing(_("Cet interlocuteur n’existe pas."))
    return contact
