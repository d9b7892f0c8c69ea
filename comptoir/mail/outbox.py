"""The rows that are due: taken by one sender at a time, given back when it dies, settled one by one."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from comptoir.mail.fate import What, told
from comptoir.mail.models import Message
from comptoir.mail.smtp import Answer
from comptoir.mail.states import MailState

log = structlog.get_logger(__name__)
CLAIM = timedelta(minutes=5)  # outlives the longest batch (sending.LONGEST_BATCH and one handover): only the dead lapse
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))  # then hourly
GIVE_UP_AFTER = timedelta(days=3)  # for a mail that a server keeps putting off; an absent server is waited for


def due(at: datetime) -> QuerySet[Message]:
    """What should leave now: queued ones, and those whose sender has not been heard of since its claim lapsed."""
    return Message.objects.filter(next_at__lte=at)


@transaction.atomic
def claim(*, at: datetime, limit: int) -> list[Message]:
    """At most `limit` due mails are ours until `at` + CLAIM, oldest first; another sender takes others."""
    rows = due(at).order_by("next_at", "id").select_for_update(skip_locked=True, of=("self",))
    mine = list(rows.select_related("organisation")[:limit])
    Message.objects.filter(pk__in=[one.pk for one in mine]).update(state=MailState.SENDING, next_at=at + CLAIM)
    for one in mine:
        one.state, one.next_at = MailState.SENDING, at + CLAIM
    return mine


def give_back(messages: list[Message], *, at: datetime) -> None:
    """Mails that were taken but not offered are due at once again, none the worse for it."""
    if messages:
        _ours(messages).update(state=MailState.QUEUED, next_at=at)


@transaction.atomic
def strand(messages: list[Message], said: str, *, at: datetime) -> None:
    """No server: ours and all others that are due wait longer and longer, and leave once one answers."""
    others = due(at).order_by("id").select_for_update(skip_locked=True).values_list("pk", flat=True)[:5000]
    pks = [*_ours(messages).select_for_update().values_list("pk", flat=True), *others]
    steps = [When(attempts=count, then=Value(at + delay)) for count, delay in enumerate(RETRIES)]
    Message.objects.filter(pk__in=pks).update(
        state=MailState.QUEUED,
        next_at=Case(*steps, default=Value(at + RETRIES[-1])),
        attempts=F("attempts") + 1,
        is_stranded=True,
        last_error=said[:300],
    )


@transaction.atomic
def recall_stranded(*, at: datetime) -> None:
    """A server answers: what waited for one need not wait any longer."""
    rows = Message.objects.filter(state=MailState.QUEUED, is_stranded=True, next_at__gt=at)
    pks = rows.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(pks[:5000])).update(next_at=at)


def settle(message: Message, answers: dict[str, Answer], *, cut: str = "", at: datetime) -> None:
    """The mail's row says what the server answered. Nothing is written when the claim lapsed meanwhile."""
    changes = _after(message, answers, cut, at)
    if not _ours([message]).update(**changes):
        log.warning("mail.claim_lost", mail=message.pk)
    for name, value in changes.items():
        setattr(message, name, value)


def _ours(messages: list[Message]) -> QuerySet[Message]:
    """Those of the rows whose claim is still the one we took."""
    lapses = messages[0].next_at
    return Message.objects.filter(pk__in=[one.pk for one in messages], state=MailState.SENDING, next_at=lapses)


def _after(message: Message, answers: dict[str, Answer], cut: str, at: datetime) -> dict[str, Any]:
    kept = message.answers | {one: [answer.code, answer.said] for one, answer in answers.items() if answer.is_final}
    left = [one for one in message.recipients if one not in kept]
    pending = next((answer for answer in answers.values() if not answer.is_final), None)
    error = cut or (f"{pending.code} {pending.said}" if pending else "")
    if left and pending and at - message.queued_at > GIVE_UP_AFTER:
        kept |= {one: [pending.code, pending.said] for one in left}
        left = []
    refused = [f"{code} {said}" for code, said in kept.values() if not Answer(code, said).is_accepted]
    is_accepted = any(answer.is_accepted for answer in answers.values())
    state = MailState.QUEUED if left else MailState.REFUSED if refused else MailState.SENT
    return {
        "state": state,
        "answers": kept,
        "attempts": message.attempts + 1,
        "next_at": at + RETRIES[min(message.attempts, len(RETRIES) - 1)] if left else None,
        "is_stranded": False,
        "sends": message.sends + is_accepted,
        "sent_at": at if is_accepted else message.sent_at,
        "secret": message.secret if left else "",
        "last_error": "" if state == MailState.SENT else (error if left else refused[0])[:300],
        "fate": _fate(message, answers, error if left else "", at),
    }


def _fate(message: Message, answers: dict[str, Answer], error: str, at: datetime) -> list[dict[str, Any]]:
    fate = message.fate
    for answer in dict.fromkeys(answers.values()):  # the same sentence for several recipients is one event
        if answer.is_final:
            what = What.SENT if answer.is_accepted else What.REFUSED
            fate = told(fate, what, at=at, said=f"{answer.code} {answer.said}")
    return told(fate, What.DELAYED, at=at, said=error) if error else fate
