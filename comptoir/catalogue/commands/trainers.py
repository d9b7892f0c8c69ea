"""Who teaches a session: names, of the staff or from outside."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.text import clean_line, folded
from comptoir.catalogue.commands.rows import locked_session, one_at_a_time
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import Trainer
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

MOST_TRAINERS = 12


@transaction.atomic
def set_trainers(*, session_id: int, names: Sequence[str], by: Actor, at: datetime) -> None:
    """These people, and only they, teach the session; a name known already, however accented, is the same person.

    Refuses: Forbidden, Missing, Invalid on `trainers` (too many, too long).
    """
    session = locked_session(session_id, by=by)
    wanted = {folded(name): name for name in map(clean_line, names) if folded(name)}
    faults = Faults()
    if len(wanted) > MOST_TRAINERS:
        faults.add("trainers", _("Une session a {most} formateurs au plus.").format(most=MOST_TRAINERS))
    if any(len(name) > 120 or len(key) > 120 for key, name in wanted.items()):
        faults.add("trainers", _("Ce nom est trop long\u00a0: 120 caractères au plus."))
    faults.refuse()
    if set(session.trainers.values_list("key", flat=True)) == wanted.keys():
        return
    one_at_a_time(by.organisation_id)
    known = Trainer.objects.filter(organisation_id=by.organisation_id, key__in=wanted)
    new = wanted.keys() - set(known.values_list("key", flat=True))
    Trainer.objects.bulk_create(Trainer(organisation_id=by.organisation_id, key=key, name=wanted[key]) for key in new)
    session.trainers.set(known.all())
    detail: dict[str, object] = {"id": session.pk, "fields": ["trainers"]}
    journal.record(what="session.changed", about=session.reference, by=by, at=at, detail=detail)
