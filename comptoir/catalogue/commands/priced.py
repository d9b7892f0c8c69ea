"""What a session lists at a price, rates and add-ons alike: added, changed, taken off the offer, put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.base.text import clean_line, folded
from comptoir.catalogue.commands.rows import check_may_write, locked_session
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import AddOn, SeatType
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

type Row = SeatType | AddOn


@dataclass(frozen=True)
class Shelf:
    """One of the two lists, the word its acts begin with in the journal, and what its refusals say."""

    model: type[SeatType] | type[AddOn]
    code: str
    unnamed: Promise
    named_twice: Promise
    unknown: Promise

    def add(self, session_id: int, values: Mapping[str, object], faults: Faults, *, by: Actor, at: datetime) -> int:
        """The session lists it, last unless ranked. Answers its id."""
        session = locked_session(session_id, by=by)
        row = self.model(session=session, **self._checked(session.pk, values, faults, 0))
        if values["rank"] is None:
            listed = self.model._default_manager.filter(session=session)
            row.rank = listed.aggregate(last=Max("rank", default=0))["last"] + 1
        row.save(force_insert=True)
        self._record("added", row, by=by, at=at)
        return row.pk

    def change(self, pk: int, values: Mapping[str, object], faults: Faults, *, by: Actor, at: datetime) -> None:
        """It reads as told from now on."""
        row = self._locked(pk, by=by)
        wanted = self._checked(row.session_id, values, faults, pk)
        changed = [field for field, value in wanted.items() if getattr(row, field) != value]
        if changed:
            for field in changed:
                setattr(row, field, wanted[field])
            row.save(update_fields=changed)
            self._record("changed", row, by=by, at=at)

    def offer(self, pk: int, is_active: bool, *, by: Actor, at: datetime) -> None:
        """It is on the offer, or no longer."""
        row = self._locked(pk, by=by)
        if row.is_active != is_active:
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            self._record("activated" if is_active else "deactivated", row, by=by, at=at)

    def _locked(self, pk: int, *, by: Actor) -> Row:
        check_may_write(by)
        mine = self.model._default_manager.filter(pk=pk, session__organisation_id=by.organisation_id)
        row = mine.select_related("session").first()
        if row is None:
            raise Missing(str(self.unknown))
        locked_session(row.session_id, by=by)
        return row

    def _checked(self, session_id: int, values: Mapping[str, object], faults: Faults, pk: int) -> dict[str, object]:
        """The values as stored, no rank said leaving the one there is. Raises what `faults` gathered with its own."""
        name, rank = clean_line(str(values["name"])), values["rank"]
        if not name:
            faults.add("name", str(self.unnamed))
        faults.lengths(self.model, {"name": name})
        others = self.model._default_manager.filter(session=session_id).exclude(pk=pk).values_list("name", flat=True)
        if folded(name) in {folded(one) for one in others}:
            faults.add("name", str(self.named_twice))
        if isinstance(rank, int) and not 0 <= rank <= 999:
            faults.add("rank", _("Indiquez un rang entre 0 et 999."))
        faults.refuse()
        return {field: value for field, value in values.items() if field != "rank" or value is not None} | {
            "name": name
        }

    def _record(self, what: str, row: Row, *, by: Actor, at: datetime) -> None:
        detail: dict[str, object] = {"id": row.session_id, self.code.replace("-", "_"): row.pk}
        journal.record(what=f"{self.code}.{what}", about=row.session.reference, by=by, at=at, detail=detail)
