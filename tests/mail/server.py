"""A real SMTP server for tests: it takes mails, or refuses, defers, hangs up and kills as it is told."""

import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Taken:
    """One mail the server took charge of."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def mail(self):
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def message_id(self):
        return self.mail["Message-ID"]

    @property
    def text(self):
        return self.mail.get_body(("plain",)).get_content()

    @property
    def html(self):
        return self.mail.get_body(("html",)).get_content()


@dataclass
class Postbox:
    """What the server does; `taken` is what it took. Each hook answers an SMTP reply, or None for the usual one."""

    taken: list[Taken] = field(default_factory=list)
    conversations: int = 0
    on_rcpt: object = staticmethod(lambda address: None)
    on_data: object = staticmethod(lambda envelope: None)
    on_mail: object = staticmethod(lambda address: None)
    cut_at_data: bool = False  # hang up once the client has begun to send the mail
    after_taking: object = staticmethod(lambda taken: None)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.on_mail(address):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.on_rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if answer := self.on_data(envelope):
            return answer
        taken = Taken(envelope.mail_from, envelope.rcpt_tos, envelope.original_content)
        self.taken.append(taken)
        self.after_taking(taken)
        return "250 2.0.0 pris en charge"


class Cutting(SMTP):
    """A server that can hang up in the middle of a mail."""

    async def smtp_DATA(self, arg):  # noqa: N802
        if self.event_handler.cut_at_data:
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Server(Controller):
    """The server in its thread."""

    def factory(self):
        return Cutting(self.handler, **self.SMTP_kwargs)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(postbox, port):
    server = Server(postbox, hostname="127.0.0.1", port=port, server_hostname="test.invalid", data_size_limit=2**25)
    server.start()
    return server
