"""Who took a file of people away: the journal keeps it."""

from datetime import datetime

from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


def record_export(shape: str, *, by: Actor, at: datetime) -> None:
    """The journal says that registrations left as a file of that shape."""
    journal.record(what="registration.exported", by=by, at=at, detail={"format": shape})
