"""Requesters made ready for the engine: what their keys would miss, by indexed look-ups for a whole batch (B6, B7)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from comptoir.clients.identity import Identity
from comptoir.clients.models import Client, Contact, FormerNumber, RefusedMatch
from comptoir.clients.recognising import Asked

CLOSEST = 4  # clients kept for one address or bare name: when more have it, it tells nobody


def refused(identities: Iterable[Identity], organisation_id: int) -> dict[str, set[int]]:
    """The clients a person said they are not, by identity (B7)."""
    keys = {one.key for one in identities}
    rows = RefusedMatch.objects.filter(organisation_id=organisation_id, identity_key__in=keys)
    found: dict[str, set[int]] = defaultdict(set)
    for key, client_id in rows.values_list("identity_key", "client_id"):
        found[key].add(client_id)
    return found


def asked(identities: Sequence[Identity], organisation_id: int) -> list[Asked]:
    """Each with the client whose number it gives, and those that bear its address or, where no place tells, its name.

    Five statements at most, however many there are.
    """
    own = Client.objects.filter(organisation_id=organisation_id)
    people = Contact.objects.filter(client__organisation_id=organisation_id)
    named = _numbered(identities, organisation_id)
    by_email = _found(people, "email_key", {one.email_key for one in identities}, to="client_id")
    by_name = _found(own, "name_key", {one.bare_name for one in identities})
    placeless = _found(own, "name_town_key", {one.placeless_name for one in identities})
    return [
        Asked(
            one.traits, named.get(one.number, ()),
            {*by_email[one.email_key], *by_name[one.bare_name], *placeless[one.placeless_name]},
        )
        for one in identities
    ]  # fmt: skip


def _numbered(identities: Iterable[Identity], organisation_id: int) -> dict[str, tuple[int, ...]]:
    """By number typed, the client that has it, or that an old number leads to (G6)."""
    typed = {one.number for one in identities if one.number}
    if not typed:
        return {}
    own = Client.objects.filter(organisation_id=organisation_id, number__in=typed)
    former = FormerNumber.objects.filter(organisation_id=organisation_id, number__in=typed)
    found = dict(own.values_list("number", "pk")) | dict(former.values_list("number", "client_id"))
    return {number: (pk,) for number, pk in found.items()}


def _found[M: Model](
    rows: QuerySet[M], field: str, values: Collection[str], *, to: str = "pk"
) -> defaultdict[str, list[int]]:
    """Ids of clients by value, the CLOSEST oldest for each; chosen from the index alone."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    wanted = {one for one in values if one}
    if not wanted:
        return found
    rank = Window(RowNumber(), partition_by=[F(field)], order_by=F("id").asc())
    closest = rows.filter(**{f"{field}__in": wanted}).annotate(rank=rank).filter(rank__lte=CLOSEST)
    for value, pk in closest.values_list(field, to):
        found[value].append(pk)
    return found
