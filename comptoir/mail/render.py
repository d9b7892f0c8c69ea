"""A mail's subject, text and HTML from its words and its values. Compiled once per words and look; then only joins."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from comptoir.base.colour import palette
from comptoir.base.words import phone
from comptoir.mail import cleaning, skeleton
from comptoir.mail.kinds import KINDS
from comptoir.mail.parsing import LONGEST_SUBJECT, Slot, names, paragraphs, pieces
from comptoir.mail.skeleton import Look, Part
from comptoir.mail.wording.kind import Layout, Variable, Words
from comptoir.mail.wording.variables import ORGANISATION
from comptoir.organisations.models import Organisation


@dataclass(frozen=True)
class Rendered:
    """What is kept in the outbox, and what will leave word for word."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Compiled:
    """The words of one kind in one organisation's frame, waiting for values."""

    subject: Part
    text: Part
    html: Part
    organisation: str
    variables: tuple[Variable, ...]

    def render(
        self, context: Mapping[str, str], button: tuple[str, str] | None = None, second: tuple[str, str] | None = None
    ) -> Rendered:
        """The mail. A value is put in as typed, never read as a variable or as markup; one that is missing is a bug."""
        values = self._values(context, button, second)
        return Rendered(
            subject=_shortened(cleaning.line(self.subject.fill(values, _inline))),
            text=self.text.fill(values, _as_text).strip("\n") + "\n",
            html=self.html.fill(values, _as_html),
        )

    def _values(
        self, context: Mapping[str, str], button: tuple[str, str] | None, second: tuple[str, str] | None
    ) -> dict[str, str]:
        missing = [one.code for one in self.variables if one.code not in context]
        if missing:
            raise ValueError(f"mail without a value for {', '.join(missing)}")
        values = {
            one.code: (cleaning.line if one.layout == Layout.LINE else cleaning.lines)(context[one.code])
            for one in self.variables
        }
        label, url = button or ("", "")
        other, other_url = second or ("", "")
        values |= {"button_label": label, "button_url": url, "second_label": other, "second_url": other_url}
        return values | {ORGANISATION.code: self.organisation}


@lru_cache(maxsize=256)
def compiled(look: Look, words: Words, kind_code: str, language: str) -> Compiled:
    """The words made ready in this look. Same words, same look: the work is done once."""
    kind = KINDS[kind_code]
    known = names(kind)
    body = paragraphs(words.body, known)
    return Compiled(
        subject=skeleton.subject(pieces(words.subject.strip(), known)),
        text=skeleton.text(body, look, language),
        html=skeleton.html(body, look, language, str(look.name)),
        organisation=look.name,
        variables=kind.variables,
    )


def look_of(organisation: Organisation) -> Look:
    """The organisation's frame: its colour made readable, its name and how to reach it in the foot."""
    shades = palette(organisation.colour)
    address = ", ".join(line.strip() for line in organisation.address.splitlines() if line.strip())
    reach = [phone(organisation.phone) if organisation.phone else "", organisation.contact_email]
    foot = (address, " · ".join(one for one in reach if one))
    name = cleaning.line(organisation.name)
    return Look(name, shades.brand, shades.light.accent, tuple(cleaning.line(one) for one in foot if one))


def _shortened(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else subject[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _inline(slot: Slot, value: str) -> str:  # noqa: ARG001  # same signature as its neighbours
    return value


def _as_text(slot: Slot, value: str) -> str:
    if slot.layout == Layout.QUOTE:
        return "\n".join(f"> {line}".rstrip() for line in value.split("\n"))
    return value


def _as_html(slot: Slot, value: str) -> str:
    escaped = escape(value)
    if slot.layout == Layout.LINE:
        return escaped
    if slot.layout == Layout.LIST:
        escaped = "\n".join(_heading(line) for line in escaped.split("\n"))
    return escaped.replace("\n", "<br>")


def _heading(line: str) -> str:
    return line if not line or line.startswith(("–", "-")) else f"<strong>{line}</strong>"
