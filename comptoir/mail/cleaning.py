"""What may enter a mail: values without anything a server, a database or a header could take for an order (T42)."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_BREAKS = re.compile("\r\n|[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")  # all that anything takes for a new line
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # unseen controls, halves of characters
_SUSPECT = re.compile(f"{_BREAKS.pattern}|{_NOT_TEXT.pattern}")
_PRINTED_ASCII = re.compile(r"[!-~]+")


def line(value: str) -> str:
    """One line, as typed otherwise: spaces that do not break stay what they are."""
    if _SUSPECT.search(value):
        value = _NOT_TEXT.sub("", _BREAKS.sub(" ", value))
    return value.strip()


def lines(value: str) -> str:
    """Several lines, each as typed otherwise."""
    return "\n".join(line(one) for one in _BREAKS.split(value)).strip("\n")


def is_address(text: str) -> bool:
    """Whether mail can be addressed there: one plain address, no quotes, no display name, RFC 5321 lengths."""
    if len(text) > 254 or '"' in text:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return _PRINTED_ASCII.fullmatch(on_the_wire(text)) is not None


def on_the_wire(address: str) -> str:
    """The address as servers want it: a domain with accents in its ASCII form."""
    name, at, domain = address.rpartition("@")
    try:
        return name + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address


def sorted_out(addresses: list[str]) -> tuple[list[str], list[str]]:
    """The addresses, each once whatever its case, and those among them that cannot be written to."""
    once = {one.casefold(): one for one in reversed([line(one) for one in addresses]) if one}
    kept = list(reversed(once.values()))
    return kept, [one for one in kept if not is_address(one)]
