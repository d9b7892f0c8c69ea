"""Read clients: the list, one client, the type-ahead. Always from the desk's side (T62)."""

from dataclasses import dataclass

from django.db.models import Case, Count, FilteredRelation, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.base.text import digits, folded
from comptoir.clients import numbers
from comptoir.clients.keys import number_key, search_words
from comptoir.clients.models import Client, ClientImport, Contact, FormerNumber, Place
from comptoir.clients.perimeter import sees_clients
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation

FEWEST_LETTERS = 2  # of a type-ahead


@dataclass(frozen=True)
class Suggestion:
    """One line of the type-ahead."""

    client_id: int
    label: str
    detail: str


def clients(*, seen_by: Actor, text: str = "", emptied: bool = False) -> QuerySet[Client]:
    """The organisation's clients, by name; `text`: words of the name, number, SIRET, town, e-mail, phone, contact.

    A record merged into another is not among them, save with `emptied`; its number finds the one kept (G6).
    Each row has `main_first_name`, `main_last_name`, `main_email` of its main contact. Empty for who may not see them.
    """
    rows = _own(seen_by) if emptied else kept(_own(seen_by), organisation_id=seen_by.organisation_id)
    return (
        rows.filter(bearing(text, seen_by=seen_by))
        .annotate(main=FilteredRelation("contacts", condition=Q(contacts__is_main=True)))
        .annotate(main_first_name=_main("first_name"), main_last_name=_main("last_name"), main_email=_main("email"))
        .select_related("territory")
        .order_by("name_key", "id")
    )


def kept(rows: QuerySet[Client], *, organisation_id: int) -> QuerySet[Client]:
    """Without those merged into another. One list for the whole statement: not a look-up a row."""
    return rows.exclude(pk__in=FormerNumber.objects.filter(organisation_id=organisation_id).values("former_id"))


def bearing(text: str, *, seen_by: Actor) -> Q:
    """Every word is somewhere in the record or in a contact; or the text is its number, however written."""
    words = Q()
    for word in search_words(text):
        people = Contact.objects.filter(client__organisation_id=seen_by.organisation_id, search_key__contains=word)
        places = Place.objects.filter(client__organisation_id=seen_by.organisation_id, search_key__contains=word)
        words &= (
            Q(search_key__contains=word) | Q(pk__in=people.values("client_id")) | Q(pk__in=places.values("client_id"))
        )
    return words | numbers.bearing(number_key(text), organisation_id=seen_by.organisation_id) if words else words


def _own(seen_by: Actor) -> QuerySet[Client]:
    rows = Client.objects.filter(organisation_id=seen_by.organisation_id)
    return rows if sees_clients(seen_by) else rows.none()


def _main(column: str) -> Case:
    return Case(When(main__isnull=False, then=f"main__{column}"), default=Value(""))


def client(client_id: int, *, seen_by: Actor) -> Client:
    """One client, even merged into another, with `contacts_count`. Refuses: Missing."""
    rows = clients(seen_by=seen_by, emptied=True).annotate(
        contacts_count=Count("contacts", distinct=True),
        access_count=Count("contacts", filter=Q(contacts__user__isnull=False), distinct=True),
    )
    found = rows.filter(pk=client_id).select_related("territory", "payer").first()
    if found is None:
        raise Missing(_("Ce client n’existe pas."))
    return found


def id_of_number(number: str, *, seen_by: Actor) -> int | None:
    """The id of the client that number leads to, however written; None when it leads nowhere."""
    key = number_key(number)
    return numbers.led_to([key], organisation_id=seen_by.organisation_id).get(key) if sees_clients(seen_by) else None


def kept_instead(client_id: int, *, seen_by: Actor) -> int | None:
    """The id of the record kept, when that of this id was merged into it then deleted (G6); else None."""
    rows = _own(seen_by)
    if rows.filter(pk=client_id).exists():
        return None
    former = FormerNumber.objects.filter(organisation_id=seen_by.organisation_id, former_id=client_id)
    return rows.filter(pk__in=former.values("client_id")).values_list("pk", flat=True).first()


def kept_for(client_id: int, *, seen_by: Actor) -> Client | None:
    """The record this one was merged into (G4); None when it was not."""
    former = FormerNumber.objects.filter(organisation_id=seen_by.organisation_id, former_id=client_id)
    return _own(seen_by).filter(pk__in=former.values("client_id")).first()


def contacts(client_id: int, *, seen_by: Actor) -> QuerySet[Contact]:
    """The client's contacts, the main one first."""
    return (
        Contact.objects.filter(client__in=_own(seen_by).filter(pk=client_id))
        .select_related("user", "client")
        .order_by("-is_main", "last_name", "first_name", "id")
    )


def places(client_id: int, *, seen_by: Actor) -> QuerySet[Place]:
    """Where else the client is reached, by name."""
    rows = Place.objects.filter(client__in=_own(seen_by).filter(pk=client_id))
    return rows.select_related("client").order_by("label", "id")


def place(place_id: int, *, seen_by: Actor) -> Place:
    """One of them, with its client. Refuses: Missing."""
    found = Place.objects.filter(pk=place_id, client__in=_own(seen_by)).select_related("client").first()
    if found is None:
        raise Missing(_("Ces coordonnées n’existent pas."))
    return found


def contact(contact_id: int, *, seen_by: Actor) -> Contact:
    """One contact with its client. Refuses: Missing."""
    rows = Contact.objects.filter(pk=contact_id, client__in=_own(seen_by)).select_related("user", "client")
    found = rows.first()
    if found is None:
        raise Missing(_("Cet interlocuteur n’existe pas."))
    return found


def suggest(text: str, *, seen_by: Actor, limit: int = 10) -> list[Suggestion]:
    """The clients a person may mean while typing: exact number or SIRET first, then names that begin so (B7)."""
    if len(text.strip()) < FEWEST_LETTERS:
        return []
    rank = Case(
        When(number=number_key(text), then=0),
        When(siret=digits(text) or "-", then=0),
        When(name_key__startswith=folded(text) or "-", then=1),
        default=2,
        output_field=IntegerField(),
    )
    rows = clients(seen_by=seen_by, text=text).annotate(rank=rank).order_by("rank", "name_key", "id")
    return [Suggestion(row.pk, row.legal_name, _detail(row)) for row in rows[:limit]]


def imports(*, seen_by: Actor) -> QuerySet[ClientImport]:
    """The files dropped so far, newest first."""
    rows = ClientImport.objects.filter(organisation_id=seen_by.organisation_id).order_by("-id")
    return rows if seen_by.works_intake else rows.none()


def import_(import_id: int, *, seen_by: Actor) -> ClientImport:
    """One of them. Refuses: Missing."""
    found = imports(seen_by=seen_by).filter(pk=import_id).first()
    if found is None:
        raise Missing(_("Cet import n’existe pas."))
    return found


def _detail(row: Client) -> str:
    return " · ".join(part for part in (row.number, f"{row.postcode} {row.city}".strip(), row.siret, row.email) if part)


def organisations_of(user_id: int) -> list[Organisation]:
    """The organisations in which this person signs in as a client's contact, by name."""
    return list(
        Organisation.objects.filter(clients__contacts__user_id=user_id, is_active=True)
        .distinct()
        .order_by("name", "pk")
    )


def readers(*, organisation_id: int) -> QuerySet[Contact]:
    """The contacts who can sign in to the client's space of this organisation, by client."""
    rows = Contact.objects.filter(client__organisation_id=organisation_id, user__is_active=True)
    return rows.select_related("client", "user").order_by("client__legal_name", "pk")
