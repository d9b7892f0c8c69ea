"""The clients that share something with requesters: a constant number of indexed look-ups for a whole batch (B6)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from comptoir.clients.keys import name_town_key
from comptoir.clients.matching import Candidate, Identity
from comptoir.clients.models import Client, Contact, FormerNumber, RefusedMatch

BATCH = 500  # identities looked up at once
CLOSEST = 4  # clients kept for one value: with more than one it is ambiguous anyway, and a crowd must cost nothing
COLUMNS = ("id", "number", "legal_name", "name_key", "siret", "postcode", "city")


def _siret(identity: Identity) -> tuple[str, ...]:
    return (identity.siret_key,)


def _number(identity: Identity) -> tuple[str, ...]:
    return (identity.number,)


def _name(identity: Identity) -> tuple[str, ...]:
    return (identity.name,)


def _name_in_town(identity: Identity) -> tuple[str, ...]:
    """The name in its town, and where the client's town is not known: nothing against it."""
    town = identity.town
    return (name_town_key(identity.name, town), name_town_key(identity.name, "")) if town else ()


KEYS: dict[str, Callable[[Identity], tuple[str, ...]]] = {
    "siret": _siret, "number": _number, "name_key": _name, "name_town_key": _name_in_town,
}  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """Some requesters, in order, and the organisation whose clients they may be."""

    identities: Sequence[Identity]
    organisation_id: int

    def refused(self) -> dict[str, set[int]]:
        """The clients a person said they are not, by identity (B7)."""
        keys = {one.key for one in self.identities}
        rows = RefusedMatch.objects.filter(organisation_id=self.organisation_id, identity_key__in=keys)
        refused: dict[str, set[int]] = defaultdict(set)
        for key, client_id in rows.values_list("identity_key", "client_id"):
            refused[key].add(client_id)
        return refused

    def candidates(self) -> Iterator[list[Candidate]]:
        """The candidates of each, in the same order. Six statements at most."""
        own = Client.objects.filter(~emptied("pk"), organisation_id=self.organisation_id)
        people = Contact.objects.filter(~emptied("client_id"), client__organisation_id=self.organisation_id)
        by_key = {
            name: _found(own, name, chain.from_iterable(map(keys, self.identities))) for name, keys in KEYS.items()
        }
        addresses = {one.address for one in self.identities}
        by_email = (_found(own, "email_key", addresses), _found(people, "email_key", addresses, through="client__"))
        for identity in self.identities:
            found: dict[int, Candidate] = {}
            for name, keys in KEYS.items():
                found |= {one.client_id: one for key in keys(identity) for one in by_key[name].get(key, ())}
            for hits in by_email:
                found |= {one.client_id: one._replace(same_email=True) for one in hits.get(identity.address, ())}
            yield list(found.values())


def emptied(column: str) -> Exists:
    """Whether the record of that id was merged into another: nobody is recognised as it (G6)."""
    return Exists(FormerNumber.objects.filter(former_id=OuterRef(column)))


def kept_numbers(identities: Sequence[Identity], organisation_id: int) -> list[Identity]:
    """The same, an old number replaced by that of the record it leads to (G6). At most one statement."""
    typed = {one.number for one in identities if one.number}
    if not typed:
        return list(identities)
    rows = FormerNumber.objects.filter(organisation_id=organisation_id, number__in=typed)
    kept = dict(rows.values_list("number", "client__number"))
    return [replace(one, client_number=kept[one.number]) if one.number in kept else one for one in identities]


def _found[M: Model](
    rows: QuerySet[M], field: str, values: Iterable[str], *, through: str = ""
) -> dict[str, list[Candidate]]:
    """Candidates by value; only the CLOSEST oldest for each value, chosen from the index alone."""
    wanted: Collection[str] = {one for one in values if one}
    if not wanted:
        return {}
    rank = Window(RowNumber(), partition_by=[F(field)], order_by=F("id").asc())
    closest = rows.filter(**{f"{field}__in": wanted}).annotate(rank=rank).filter(rank__lte=CLOSEST).values("pk")
    names = [through + name for name in COLUMNS]
    found: dict[str, list[Candidate]] = defaultdict(list)
    # Asked outside the window, and once: under a window, a column asked twice comes back once.
    chosen = rows.model._default_manager.filter(pk__in=closest)  # the organisation is chosen inside
    for *columns, value in chosen.annotate(value=F(field)).values_list(*names, "value"):
        found[value].append(Candidate(*columns))
    return found
