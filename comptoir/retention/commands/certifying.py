"""The certificate of an erasure, in the transaction that erases, and its line of the journal."""

from datetime import datetime

from comptoir.base.tokens import new_reference
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.retention.models import Certificate
from comptoir.retention.rules import InForce
from comptoir.retention.states import Kind


def certify(kind: Kind, count: int, *, by: Actor, at: datetime, held: InForce | None = None) -> str:
    """It is written that so many records went, by which rule (none: at a person's request); answers its reference."""
    made = Certificate.objects.create(
        organisation_id=by.organisation_id, reference=new_reference("CE"), kind=kind,
        months=held.months if held else None, before=held.cutoff.day if held else None, count=count, at=at,
        by_user_id=by.user_id, by_name=by.name,
    )  # fmt: skip
    what = "retention.applied" if held else "retention.person-erased"
    journal.record(what=what, about=made.reference, by=by, at=at, detail={"records": str(kind), "count": count})
    return made.reference
