"""Mails emptied of what they said of people: the row stays, with its fate's dates (C9)."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from comptoir.mail.models import Attachment, Enclosure, Message
from comptoir.mail.states import OPEN, MailState

EMPTY = {
    "subject": "Effacé", "text": "", "html": "", "secret": "", "values": {}, "last_error": "", "reply_to": "",
}  # fmt: skip


def erase(abouts: Collection[str], *, organisation_id: int, addresses: bool = True) -> None:
    """What was written about these references is gone, and to whom, unless told otherwise; what waited will not leave.

    In the caller's transaction.
    """
    _empty(Message.objects.filter(organisation_id=organisation_id, about__in=abouts), addresses=addresses)


def erase_messages(message_ids: Collection[int]) -> None:
    """These mails say nothing any more, and to nobody; what no mail carries since goes too. Same transaction."""
    rows = Message.objects.filter(pk__in=message_ids)
    held = Enclosure.objects.filter(message__in=message_ids).values_list("attachment_id", flat=True)
    carried = set(held)
    _empty(rows, addresses=True)
    still = Enclosure.objects.filter(attachment=OuterRef("pk"))
    Attachment.objects.filter(~Exists(still), pk__in=carried).delete()


def to_addresses(address: str, *, organisation_id: int) -> list[int]:
    """The ids of the mails of the organisation that went, or go, to this address, whatever its case."""
    rows = Message.objects.filter(organisation_id=organisation_id)
    columns = ("to", "cc", "bcc")
    found = rows.annotate(**{f"{one}_text": Cast(one, TextField()) for one in columns})
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}_text__icontains": f'"{address}"'})
    return list(found.filter(wanted).order_by("pk").values_list("pk", flat=True))


def _empty(found: QuerySet[Message], *, addresses: bool) -> None:
    found.filter(state__in=OPEN).update(state=MailState.CANCELLED, next_at=None)
    found.update(**EMPTY, fate=[])
    Enclosure.objects.filter(message__in=found.order_by().values("pk")).delete()
    if addresses:
        found.update(to=[], cc=[], bcc=[], answers={})
