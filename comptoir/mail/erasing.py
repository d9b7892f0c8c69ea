"""Mails emptied of what they said of people: the row stays, with its fate's dates (C9)."""

from collections.abc import Collection

from comptoir.mail.models import Enclosure, Message
from comptoir.mail.states import OPEN, MailState

EMPTY = {"subject": "Effacé", "text": "", "html": "", "secret": "", "values": {}, "last_error": ""}


def erase(abouts: Collection[str], *, organisation_id: int, addresses: bool = True) -> None:
    """What was written about these references is gone, and to whom, unless told otherwise; what waited will not leave.

    In the caller's transaction.
    """
    found = Message.objects.filter(organisation_id=organisation_id, about__in=abouts)
    found.filter(state__in=OPEN).update(state=MailState.CANCELLED, next_at=None)
    found.update(**EMPTY, fate=[])
    Enclosure.objects.filter(message__in=found.order_by().values("pk")).delete()
    if addresses:
        found.update(to=[], cc=[], bcc=[], reply_to="", answers={})
