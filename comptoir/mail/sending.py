"""A batch of due mails over one conversation with the server; what becomes of each is written before the next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from time import monotonic

import structlog
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.mail import attachments, cleaning, outbox, sealing, wire
from comptoir.mail.models import Message
from comptoir.mail.smtp import Answer, Away, Conversation, Handover, conversation
from comptoir.mail.states import MailState

log = structlog.get_logger(__name__)
LONGEST_BATCH = timedelta(seconds=60)


class NotSent(Refusal):
    """The mail has not left; its row says why, and whether it will be tried again."""

    code = "mail-not-sent"


class NoServer(Refusal):
    """No SMTP server answers."""

    code = "mail-no-server"
    kind = "unavailable"


def send_batch(*, at: datetime, limit: int) -> Outcome[int]:
    """Offer what is due to the server, at most `limit` mails and about a minute. See `commands.send_due`."""
    outcome: Outcome[int] = Outcome()
    if not outbox.due(at).exists():  # the usual case, asked twice a second: a read, without the write lock
        return outcome
    started = monotonic()
    mine = outbox.claim(at=at, limit=limit)
    if not mine:
        return outcome

    def now() -> datetime:
        return at + timedelta(seconds=monotonic() - started)

    try:
        with conversation() as talk:
            _talk(talk, mine, outcome, at, now)
    except Away as away:
        outbox.strand(mine, away.said, at=at)
        for one in mine:
            outcome.skip(str(one.pk), NoServer(away.said))
    if outcome.done:
        outbox.recall_stranded(at=at)
    return outcome


def _talk(
    talk: Conversation, mine: list[Message], outcome: Outcome[int], at: datetime, now: Callable[[], datetime]
) -> None:
    for position, message in enumerate(mine):
        if now() - at > LONGEST_BATCH:
            outbox.give_back(mine[position:], at=at)
            return
        handover = _offered(talk, message)
        if handover.cut and position and not handover.has_begun:  # some servers take so many mails a conversation
            outbox.give_back(mine[position:], at=at)
            return
        outbox.settle(message, handover.answers, cut=handover.cut, at=now())
        _note(message, outcome)
        if handover.cut:
            outbox.give_back(mine[position + 1 :], at=at)
            return


def _offered(talk: Conversation, message: Message) -> Handover:
    open_addresses = {cleaning.on_the_wire(one): one for one in message.recipients if one not in message.answers}
    try:
        content = _content(message)
    except Exception:  # one mail that cannot be written must not hold back those behind it
        log.exception("mail.unwritable", mail=message.pk)
        return Handover(
            dict.fromkeys(open_addresses.values(), Answer(451, _("ce message n’a pas pu être mis en forme")))
        )
    if content is None:
        sentence = _("le lien ne peut plus être lu\u00a0: demandez-en un nouveau")
        return Handover(dict.fromkeys(open_addresses.values(), Answer(554, sentence)))
    handover = talk.hand_over(sender=wire.sender_address(), recipients=list(open_addresses), content=content)
    handover.answers = {open_addresses[one]: answer for one, answer in handover.answers.items()}
    return handover


def _content(message: Message) -> bytes | None:
    text, html = message.text, message.html
    if message.secret:
        link = sealing.unseal(message.secret)
        if not link:
            return None
        hidden = sealing.placeholder(message.message_id)
        text, html = text.replace(hidden, link), html.replace(hidden, escape(link))
    files = attachments.files_of(message)
    return wire.content(message, organisation_name=message.organisation.name, text=text, html=html, files=files)


def _note(message: Message, outcome: Outcome[int]) -> None:
    if message.state == MailState.SENT:
        outcome.done.append(message.pk)
    else:
        outcome.skip(str(message.pk), NotSent(message.last_error))
