"""One-line changes to the product that the fault tests must notice."""

from comptoir.mail import drafts, outbox, sending, smtp, wire
from comptoir.mail.models import Message
from comptoir.mail.states import MailState


def sent_before_it_is_offered():
    """A claim that already says « sent »: a killed sender loses its mails."""
    claim = outbox.claim

    def claim_as_sent(*, at, limit):
        mine = claim(at=at, limit=limit)
        Message.objects.filter(pk__in=[one.pk for one in mine]).update(state=MailState.SENT, next_at=None)
        return mine

    outbox.claim = claim_as_sent


def new_id_at_each_offer():
    """A Message-ID made when sending: the copy of an ambiguous cut cannot be told from another mail."""
    content = wire.content

    def fresh(message, **parts):
        message.message_id = drafts.new_message_id()
        return content(message, **parts)

    sending.wire.content = fresh


def settled_at_the_end():
    """Rows written once the whole batch is done: a kill doubles all of it."""
    settle, give_back = outbox.settle, []
    outbox.settle = lambda *args, **more: give_back.append((args, more))
    send = sending.send_batch

    def send_batch(**more):
        outcome = send(**more)
        for args, kept in give_back:
            settle(*args, **kept)
        return outcome

    sending.send_batch = send_batch


def gives_up_without_a_server():
    """An absent server counts as a refusal."""

    def refuse(messages, said, *, at):
        Message.objects.filter(pk__in=[one.pk for one in messages]).update(state=MailState.REFUSED, next_at=None)

    outbox.strand = refuse


def temporary_is_final():
    """A 4xx answer is taken for good."""
    smtp.Answer.is_final = property(lambda self: self.code >= 250)


def claims_never_lapse():
    """A dead sender's mails stay « being sent »."""
    due = outbox.due
    outbox.due = lambda at: due(at).filter(state=MailState.QUEUED)
