"""The bytes that leave: headers that can hold nothing but themselves (T42), text and HTML side by side, files after."""

import re
from collections.abc import Sequence
from email.header import Header
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr, quote
from typing import Any

from django.conf import settings

from comptoir.mail import cleaning
from comptoir.mail.attachments import File
from comptoir.mail.models import Message

_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
LINE = 76  # characters (RFC 2047, 2)
_NOTHING = UnstructuredHeader.value_parser("")


class AsTyped(UnstructuredHeader):
    """A header whose words are shown as typed: an encoded word that somebody typed is not decoded on the way."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the value as it is."""
        kwds["parse_tree"] = _NOTHING
        kwds["decoded"] = value

    @property
    def header_name(self) -> str:
        """The name it goes by: an attribute of every header object, which the type stubs leave out."""
        return str(getattr(self, "name", ""))

    def fold(self, *, policy: Policy) -> str:
        """The header's lines, in 7-bit characters."""
        return f"{self.header_name}: {self._folded()}{policy.linesep}"

    def _folded(self) -> str:
        return _encoded(str(self), header=self.header_name)


class Sender(AsTyped):
    """« From »: the organisation's name, shown as typed, and the address of this deployment."""

    def _folded(self) -> str:
        name, _, address = str(self).rpartition(" ")
        return f"{_phrase(name)} {address}"


def _registry() -> Any:
    """Our headers are written as they are given, MIME's own by the library."""
    ours: Any = AsTyped
    registry: Any = HeaderRegistry(use_default_map=False, default_class=ours)
    for name in ("content-type", "content-transfer-encoding", "content-disposition", "mime-version"):
        registry.map_to_type(name, HeaderRegistry().registry[name])
    registry.map_to_type("from", Sender)
    return registry


POLICY = SMTP.clone(header_factory=_registry())


def content(message: Message, *, organisation_name: str, text: str, html: str, files: Sequence[File] = ()) -> bytes:
    """The whole message in 7-bit form. Recipients in copy are named, hidden ones are nowhere (T44)."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = f"{cleaning.line(organisation_name)} <{sender_address()}>"
    mail["To"] = ", ".join(_addresses(message.to)) or "undisclosed-recipients:;"
    if message.cc:
        mail["Cc"] = ", ".join(_addresses(message.cc))
    if message.reply_to:
        mail["Reply-To"] = cleaning.on_the_wire(message.reply_to)
    mail["Subject"] = cleaning.line(message.subject)
    mail["Date"] = format_datetime(message.queued_at)
    mail["Message-ID"] = f"<{message.message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    for file in files:
        _add(mail, file)
    return mail.as_bytes()


def _add(mail: EmailMessage, file: File) -> None:
    """One more part, in base64 whatever it is: no server on the way may change a byte of it."""
    main, _slash, kind = file.media_type.partition("/")
    parameters = {"charset": "utf-8", "method": _method(file.content)} if file.media_type == "text/calendar" else {}
    mail.add_attachment(file.content, maintype=main, subtype=kind, filename=file.name, params=parameters)


def _method(calendar: bytes) -> str:
    """What the calendar asks for: the part's parameter says the same as its first object (RFC 6047, 2.4)."""
    found = _METHOD.search(calendar)
    return found[1].decode("ascii") if found else "PUBLISH"


def sender_address() -> str:
    """The envelope's sender: the deployment's own address, whatever the organisation."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _addresses(addresses: list[str]) -> list[str]:
    return [cleaning.on_the_wire(one) for one in addresses if cleaning.is_address(one)]


def _phrase(name: str) -> str:
    plain = name.isascii() and "=?" not in name
    return f'"{quote(name)}"' if plain else _encoded(name, header="From")


def _encoded(words: str, *, header: str) -> str:
    is_plain = words.isascii() and "=?" not in words
    if is_plain and len(header) + len(words) < LINE - 2:
        return words
    charset = "us-ascii" if is_plain else "utf-8"
    return Header(words, charset, header_name=header, maxlinelen=LINE).encode(linesep="\r\n")
