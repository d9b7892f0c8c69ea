"""One conversation with the SMTP server: what it answers for each recipient, told apart from its being away."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import mailers

from comptoir.mail.cleaning import line

LONGEST_HANDOVER = 90.0  # seconds one mail may take, all recipients together, before we hang up
# 5xx answers about us rather than about the mail: wrong order of commands, sign-in needed or refused.
_OUR_FAULT = frozenset({503, 530, 534, 535, 538})
_CLOSING = 421


@dataclass(frozen=True)
class Answer:
    """A server's reply about one recipient."""

    code: int
    said: str

    @property
    def is_accepted(self) -> bool:
        """The server took charge of the mail."""
        return 200 <= self.code < 300

    @property
    def is_final(self) -> bool:
        """Asking again would get the same answer."""
        return self.is_accepted or (500 <= self.code < 600 and self.code not in _OUR_FAULT)


class Away(Exception):
    """No server to talk to, or it hung up; `said` is what is known of why."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass
class Handover:
    """What is known after a mail was offered; recipients without an answer are asked again later."""

    answers: dict[str, Answer] = field(default_factory=dict)
    cut: str = ""  # the conversation ended during this mail: what was said
    has_begun: bool = False  # its content was on the way: a cut then may have left a copy behind


@contextmanager
def conversation() -> Iterator["Conversation"]:
    """An open conversation with the configured server. Raises Away when there is none."""
    try:
        smtp = _open()
    except OSError as error:  # smtplib's own errors are OSErrors too
        raise Away(_sentence(error)) from error
    try:
        yield Conversation(smtp)
    finally:
        with suppress(OSError):
            smtp.quit()
        smtp.close()


def _open() -> smtplib.SMTP:
    """Connected, encrypted and signed in as the settings say. We greet with our own name: nothing is looked up."""
    options: Any = mailers["default"]  # Django's SMTP backend: it reads and checks the settings
    name = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    more = {"context": options.ssl_context} if options.use_ssl else {}
    smtp: smtplib.SMTP = options.connection_class(
        options.host, options.port, local_hostname=name, timeout=options.timeout, **more
    )
    try:
        if options.use_tls:
            smtp.starttls(context=options.ssl_context)
        if options.username and options.password:
            smtp.login(options.username, options.password)
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


class Conversation:
    """Several mails, one after the other, over one connection."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def hand_over(self, *, sender: str, recipients: list[str], content: bytes) -> Handover:
        """Offer one mail. Never raises for what a server does: a lost connection is told in `cut`."""
        handover = Handover()
        try:
            self._offer(handover, sender, recipients, content)
        except (OSError, Away) as error:
            handover.cut = _sentence(error)
            self._smtp.close()
        return handover

    def _offer(self, handover: Handover, sender: str, recipients: list[str], content: bytes) -> None:
        deadline = monotonic() + LONGEST_HANDOVER
        answer = self._heard(*self._smtp.mail(sender))
        if not answer.is_accepted:  # about us, never about these recipients: they are all asked again
            handover.answers = {one: Answer(451, _said(answer)) for one in recipients}
            self._smtp.rset()
            return
        for one in recipients:
            if monotonic() > deadline:
                raise Away("timeout")
            handover.answers[one] = self._heard(*self._smtp.rcpt(one))
        accepted = [one for one, answer in handover.answers.items() if answer.is_accepted]
        for one in accepted:
            del handover.answers[one]  # not until the server has the whole of it
        if not accepted:
            self._smtp.rset()
            return
        handover.has_begun = True
        answer = self._data(content)
        handover.answers |= dict.fromkeys(accepted, answer)
        if not answer.is_accepted:
            self._smtp.rset()

    def _data(self, content: bytes) -> Answer:
        try:
            return self._heard(*self._smtp.data(content))
        except smtplib.SMTPDataError as error:
            return self._heard(error.smtp_code, error.smtp_error)

    def _heard(self, code: int, said: bytes | str) -> Answer:
        answer = Answer(code, _text(said))
        if code == _CLOSING:
            raise Away(_said(answer))
        return answer


def _said(answer: Answer) -> str:
    return f"{answer.code} {answer.said}".strip()


def _text(said: bytes | str) -> str:
    return line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:280]


def _sentence(error: Exception) -> str:
    if isinstance(error, Away):
        return error.said
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(Answer(error.smtp_code, _text(error.smtp_error)))
    return line(str(error))[:280] or type(error).__name__
