"""What a requester typed, as the spool file keeps it: the originals beside the corrections, and what a search reads."""

from collections.abc import Iterable, Mapping
from typing import Any

from comptoir.base.text import digits, folded

_CLIENT = ("kind", "legal_name", "siret", "address", "postcode", "city")
_CONTACT = ("first_name", "last_name", "email", "phone")
PERSON = ("first_name", "last_name", "email")


def originals(typed: Mapping[str, Any]) -> dict[str, str]:
    """The requester's values as typed, under the names of the columns that hold them corrected (B5)."""
    client, contact = typed["client"], typed["contact"]
    return {
        **{name: client[name] for name in _CLIENT},
        "client_number": client["number"],
        **{name: contact[name] for name in _CONTACT},
        "message": typed["message"],
    }


def original_people(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The participants as typed, in the order of their lines."""
    return [{name: line[name] for name in PERSON} for line in typed["lines"]]


def search_key(typed: Mapping[str, Any], corrected: Iterable[str] = ()) -> str:
    """What a search looks in: reference, client, requester, people and courses, as typed and as corrected."""
    texts = [typed["reference"], *originals(typed).values(), digits(typed["contact"]["phone"])]
    for line in typed["lines"]:
        texts += [line["session"], line["activity"], *(line[name] for name in PERSON)]
    return " ".join(dict.fromkeys(folded(" ".join([*texts, *corrected])).split()))


def without_people(typed: Mapping[str, Any], *, legal_name: str) -> dict[str, Any]:
    """The same, of the same shape, saying nothing of anybody (C9): the client keeps the legal name given here."""
    places = dict.fromkeys(("address", "postcode", "city"), "")
    return {
        **typed,
        "client": {**typed["client"], **places, "legal_name": legal_name},
        "contact": dict.fromkeys(_CONTACT, ""),
        "message": "",
        "lines": [{**line, **dict.fromkeys(PERSON, "")} for line in typed["lines"]],
    }
