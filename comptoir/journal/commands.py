"""Write the journal: one row in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from comptoir.base.prepared import insert
from comptoir.journal.models import Entry
from comptoir.organisations.actors import Actor


def _entry(what: str, about: str, by: Actor, at: datetime, detail: dict[str, object] | None) -> Entry:
    return Entry(
        organisation_id=by.organisation_id,
        at=at,
        by_user_id=by.user_id,
        by_name=by.name,
        as_name=by.acting_for,
        what=what,
        about=about,
        detail=detail or {},
    )


def record(*, what: str, about: str = "", by: Actor, at: datetime, detail: dict[str, object] | None = None) -> None:
    """One act is in the journal once the caller's transaction commits. `detail` holds ids and counts only."""
    insert([_entry(what, about, by, at, detail)])


def record_many(*, what: str, abouts: Iterable[str], by: Actor, at: datetime) -> None:
    """The same act about many things, in one statement."""
    Entry.objects.bulk_create([_entry(what, about, by, at, None) for about in abouts], batch_size=500)
