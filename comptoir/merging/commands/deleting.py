"""Delete by hand the record a merge emptied (G5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.clients.keys import number_key
from comptoir.journal import commands as journal
from comptoir.merging import queries, records
from comptoir.merging.commands.forgetting import forget
from comptoir.merging.models import Merge
from comptoir.merging.refusals import NotConfirmed, NotEmptied, StillHolding
from comptoir.organisations.actors import Actor


@transaction.atomic
def delete_emptied(*, client_id: int, typed_number: str, by: Actor, at: datetime) -> None:
    """The emptied record is gone for good; its number still leads to the kept one; its merge is no longer undone.

    Refuses: Forbidden, Missing, NotEmptied, StillHolding (saying what), NotConfirmed.
    """
    client = records.locked([client_id], by=by)[client_id]
    if records.leads_to(client) is None:
        raise NotEmptied(_("Seule une fiche fusionnée dans une autre se supprime."))
    if left := queries.still_held(client):
        what = ", ".join(f"{one.label} ({one.count})" for one in left)
        raise StillHolding(_("Cette fiche porte encore\u00a0: %(what)s. Fusionnez-la de nouveau.") % {"what": what})
    if number_key(typed_number) != client.number:
        raise NotConfirmed(_("Écrivez %(number)s pour confirmer.") % {"number": client.number}, field="number")
    forget(Merge.objects.filter(sources__client=client), at=at)
    client.delete()
    journal.record(what="client.deleted", about=client.number, by=by, at=at)
