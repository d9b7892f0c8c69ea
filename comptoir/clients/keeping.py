"""What the engine keeps of clients as they are written: traits, look-up keys, and that the next scan compares them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from comptoir.base.pouring import pour
from comptoir.base.text import folded
from comptoir.clients import sharing
from comptoir.clients.blocking import keys
from comptoir.clients.models import Client, LookupKey, Profile, ToCompare
from comptoir.clients.traits import VERSION, Traits, traits

HEALED = 50_000  # clients seen to in one transaction, some three seconds


def keep(client_ids: Collection[int], *, organisation_id: int, again: bool = False) -> dict[int, Traits]:
    """These clients are as the engine sees them, in the caller's transaction. `again`: they had been kept before."""
    ids = list(client_ids)
    if not ids:
        return {}
    found = _seen(ids, organisation_id)
    if again:
        sharing.forget(ids)
    columns = ("client_id", "organisation_id", "version", "traits")
    pour(Profile, columns, [(pk, organisation_id, VERSION, one.stored()) for pk, one in found.items()])
    # In the order of the index: a page of it is written once, not once a key.
    by_key = sorted((key, pk) for pk, one in found.items() for key in keys(one))
    pour(LookupKey, ("organisation_id", "key", "client_id"), ((organisation_id, key, pk) for key, pk in by_key))
    pour(ToCompare, ("organisation_id", "client_id"), [(organisation_id, pk) for pk in found])
    return found


def forget(client_ids: Collection[int]) -> None:
    """These clients have changed; `heal` sees to them."""
    Profile.objects.filter(client__in=client_ids).delete()


def heal(organisation_id: int) -> None:
    """Every client has its traits and keys by the present rules. Many at once, each part in a transaction."""
    last = 0
    while ids := _forgotten(organisation_id, after=last):
        with transaction.atomic():
            keep(ids, organisation_id=organisation_id, again=True)
        last = ids[-1]


def _forgotten(organisation_id: int, *, after: int) -> list[int]:
    """Clients the engine has not seen, or saw by older rules: written by a way that forgot to say so. By their ids:
    those already seen to are not looked at again for each part.
    """
    fresh = Profile.objects.filter(client=OuterRef("pk"), version=VERSION)
    rows = Client.objects.filter(~Exists(fresh), organisation_id=organisation_id, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:HEALED])


def _seen(ids: Collection[int], organisation_id: int) -> dict[int, Traits]:
    """By hand: of fifty thousand at once, the making of these two statements took as long as their answers."""
    rows = sharing.rows(sharing.SEEN, ids, organisation_id)
    people: dict[int, dict[str, str]] = defaultdict(dict)
    for client_id, first, last, phone, email in sharing.rows(sharing.WHO, [row[0] for row in rows]):
        for what, text in (("person", f"{first} {last}".strip()), ("phone", phone), ("email", email)):
            if text:  # the main contact's, else the oldest's that has one
                people[client_id].setdefault(what, text)
    return {row[0]: _of(row, people[row[0]]) for row in rows}


def _of(row: Sequence[object], people: Mapping[str, str]) -> Traits:
    """A record without an address or a phone of its own is reached by its contacts'."""
    _pk, name, siret, doubtful, address, postcode, city, phone, email = (str(one) for one in row)
    return traits(
        name=name, siret=siret or doubtful, address=address, postcode=postcode, city=city,
        phone=phone or people.get("phone", ""), email=email or people.get("email", ""),
        person=folded(people.get("person", "")),
    )  # fmt: skip
