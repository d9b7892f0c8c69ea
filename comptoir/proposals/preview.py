"""The mail of one client as it will be received, made by what sends it and kept nowhere."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing
from comptoir.mail.drafts import Desk
from comptoir.mail.models import Message
from comptoir.proposals import people, queries
from comptoir.proposals.filling import Filler
from comptoir.proposals.models import Sending

REFERENCE = "PD-APERCU"  # its link opens nothing


def preview(sending: Sending, client_id: int, *, at: datetime) -> tuple[Message, list[str]]:
    """The mail, with the words and the deadline that the row holds now; and the names of what goes with it.

    Refuses: Missing (no such client in the draft), Invalid (no deadline yet).
    """
    found = people.of(sending)
    one = next((one for one in found.all if one.client_id == client_id), None)
    if one is None:
        raise Missing(_("Ce client n’est pas parmi les destinataires."))
    if sending.deadline_at is None:
        raise Invalid(_("Choisissez une échéance\u00a0: le message la dit."), field="deadline")
    filler = Filler.of(sending, [client_id], deadline=sending.deadline_at)
    names = filler.calendar_names(one, at=at) + [file.name for file in queries.files(sending)]
    return Desk().row(filler.draft(one, REFERENCE, at=at, bare=True), at=at), names
