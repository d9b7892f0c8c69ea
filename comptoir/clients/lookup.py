"""The clients that share something with requesters: a constant number of indexed look-ups for a whole batch (B6)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from comptoir.clients.keys import name_town_key
from comptoir.clients.matching import Candidate, Identity
from comptoir.clients.models import Client, Contact, RefusedMatch

BATCH = 500  # identities looked up at once
CLOSEST = 4  # clients kept for one value: with more than one it is ambiguous anyway, and a crowd must cost nothing
COLUMNS = ("id", "number", "legal_name", "name_key", "siret", "postcode", "city")


@dataclass(frozen=True)
class Batch:
    """Some requesters, in order, and the organisation whose clients they may be."""

    identities: Sequence[Identity]
    organisation_id: int

    def refused(self) -> dict[str, set[int]]:
        """The clients a person said they are not, by identity (B7)."""
        keys = {one.key for one in self.identities}
        rows = RefusedMatch.objects.filter(identity_key__in=keys, organisation_id=self.organisation_id)
        refused: dict[str, set[int]] = defaultdict(set)
        for key, client_id in rows.values_list("identity_key", "client_id"):
            refused[key].add(client_id)
        return refused

    def candidates(self) -> Iterator[list[Candidate]]:
        """The candidates of each, in the same order. Seven statements at most."""
        own = Client.objects.filter(organisation_id=self.organisation_id)
        same = [
            (_siret, _found(own, "siret", map(_siret, self.identities))),
            (_number, _found(own, "number", map(_number, self.identities))),
            (_name, _found(own, "name_key", map(_name, self.identities))),
            (_here, _found(own, "name_town_key", map(_here, self.identities))),
            (_anywhere, _found(own, "name_town_key", map(_anywhere, self.identities))),
        ]
        by_email = self._by_email(own)
        for identity in self.identities:
            found = {one.client_id: one for key, hits in same for one in hits.get(key(identity), ())}
            for one in by_email.get(identity.address, ()):
                found[one.client_id] = one
            yield list(found.values())

    def _by_email(self, own: QuerySet[Client]) -> dict[str, list[Candidate]]:
        """Whose address it is: the client's own, or a contact's."""
        addresses = {one.address for one in self.identities}
        people = Contact.objects.filter(client__organisation_id=self.organisation_id)
        hits = _found(own, "email_key", addresses)
        for address, more in _found(people, "email_key", addresses, through="client__").items():
            hits.setdefault(address, []).extend(more)
        return {address: [one._replace(same_email=True) for one in some] for address, some in hits.items()}


def _siret(identity: Identity) -> str:
    return identity.siret_key


def _number(identity: Identity) -> str:
    return identity.number


def _name(identity: Identity) -> str:
    return identity.name


def _here(identity: Identity) -> str:
    return name_town_key(identity.name, identity.town) if identity.town else ""


def _anywhere(identity: Identity) -> str:
    """The same name where the client's town is not known: nothing against it."""
    return name_town_key(identity.name, "") if identity.town else ""


def _found[M: Model](
    rows: QuerySet[M], field: str, values: Iterable[str], *, through: str = ""
) -> dict[str, list[Candidate]]:
    """Candidates by value; only the CLOSEST oldest for each value, chosen in the database."""
    wanted: Collection[str] = {one for one in values if one}
    if not wanted:
        return {}
    rank = Window(RowNumber(), partition_by=[F(field)], order_by=F("id").asc())
    closest = rows.filter(**{f"{field}__in": wanted}).annotate(rank=rank).filter(rank__lte=CLOSEST)
    found: dict[str, list[Candidate]] = defaultdict(list)
    for value, *columns in closest.values_list(field, *(through + name for name in COLUMNS)):
        found[value].append(Candidate(*columns))
    return found
