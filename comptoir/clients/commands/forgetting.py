"""What a client's record says of people goes: its contacts, and the whole person when the client is one."""

from collections.abc import Collection

from django.db.models import Q

from comptoir.base.text import speaks_of
from comptoir.clients import fields, keeping
from comptoir.clients.models import Client, ClientImport, Contact, Place

NOBODY = "Nom effacé"  # with its number: no search for duplicates takes two of them for one
EMPTIED = ("siret", "doubtful_siret", "email", "phone", "address", "postcode", "city", "notes")


def forget_contacts(contact_ids: Collection[int]) -> None:
    """These contacts are gone; the oldest left of a client is its main one. In the caller's transaction."""
    rows = Contact.objects.filter(pk__in=contact_ids)
    ids = set(rows.values_list("client_id", flat=True))
    clients = list(Client.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    rows.delete()
    for client in clients:
        heir = client.contacts.order_by("id").first()
        if heir is not None and not client.contacts.filter(is_main=True).exists():
            client.contacts.filter(pk=heir.pk).update(is_main=True)
        keeping.keep([client.pk], organisation_id=client.organisation_id, again=True)


def forget_persons(client_ids: Collection[int]) -> None:
    """These private persons have no name nor address; the number, and what hangs on it, stay. Same transaction."""
    for client in Client.objects.select_for_update().filter(pk__in=client_ids).order_by("pk"):
        client.legal_name = f"{NOBODY} ({client.number})"
        for name in EMPTIED:
            setattr(client, name, "")
        fields.derive_client(client)
        client.save()
        Place.objects.filter(client=client).delete()
        Contact.objects.filter(client=client).delete()
        keeping.keep([client.pk], organisation_id=client.organisation_id, again=True)


def forget_problems(import_ids: Collection[int]) -> None:
    """The lines that imports quoted are gone; the counts stay. In the caller's transaction."""
    ClientImport.objects.filter(pk__in=import_ids).update(problems=[])


def forget_person(address: str, marks: Collection[str], *, organisation_id: int) -> None:
    """No client is reached at this address, and no line of notes nor of an import speaks of the person.

    In the caller's transaction.
    """
    own = Client.objects.filter(organisation_id=organisation_id)
    for client in own.filter(Q(email_key=address) | ~Q(notes="")).order_by("pk"):
        kept = "\n".join(line for line in client.notes.split("\n") if not speaks_of(line, marks))
        email = "" if client.email_key == address else client.email
        if (kept, email) != (client.notes, client.email):
            client.notes, client.email = kept, email
            fields.derive_client(client)
            client.save()
            keeping.keep([client.pk], organisation_id=organisation_id, again=True)
    places = Place.objects.filter(client__organisation_id=organisation_id, email__iexact=address)
    for place in places:
        place.email = ""
        fields.derive_place(place)
        place.save()
    imports = ClientImport.objects.filter(organisation_id=organisation_id).exclude(problems=[])
    forget_problems([one.pk for one in imports if speaks_of(str(one.problems), marks)])
