"""Requesters made ready for the engine: what their keys would miss, by indexed look-ups for a whole batch (B6, B7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from comptoir.clients import numbers
from comptoir.clients.identity import Identity
from comptoir.clients.recognising import Asked
from comptoir.clients.sharing import REFUSED, closest, rows

CLOSEST = 4  # clients kept for one address or bare name: when more have it, it tells nobody


def refused(identities: Iterable[Identity], organisation_id: int) -> dict[str, set[int]]:
    """The clients a person said they are not, by identity (B7)."""
    keys = {one.key for one in identities}
    found: dict[str, set[int]] = defaultdict(set)
    for key, client_id in rows(REFUSED, keys, organisation_id):
        found[key].add(client_id)
    return found


def asked(identities: Sequence[Identity], organisation_id: int) -> list[Asked]:
    """Each with the client whose number it gives, and those that bear its address or, where no place tells, its name.

    Four statements at most, however many there are.
    """

    def found(field: str, values: Iterable[str]) -> Mapping[str, list[int]]:
        return closest(field, set(values), organisation_id=organisation_id, most=CLOSEST)

    named = numbers.led_to({one.number for one in identities}, organisation_id=organisation_id)
    by_email = found("email_key", (one.email_key for one in identities))
    by_name = found("name_key", (one.bare_name for one in identities))
    placeless = found("name_town_key", (one.placeless_name for one in identities))
    return [
        Asked(
            one.traits, (named[one.number],) if one.number in named else (),
            {*by_email[one.email_key], *by_name[one.bare_name], *placeless[one.placeless_name]},
        )
        for one in identities
    ]  # fmt: skip
