"""How many add-ons are left, and taking some; the counts are held under the lock of their session's seats (C24)."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from comptoir.base.prepared import Prepared, update
from comptoir.bookings.models import AddOnCount, AddOnLine
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import AddOn

_OF_SESSIONS: Prepared[AddOn] = Prepared(
    lambda sessions: AddOn.objects.filter(session__in=sessions).select_related("count").order_by("rank", "pk")
)


class AddOnCounts:
    """The add-ons of some sessions with how many are taken, as they are now."""

    def __init__(self, rows: Collection[AddOn], counts: Mapping[int, AddOnCount]) -> None:
        self.rows = {row.pk: row for row in rows}
        self._counts = dict(counts)

    @classmethod
    def read(cls, session_ids: Collection[int]) -> "AddOnCounts":
        """In one query; under the lock of these sessions' seats, nobody else changes them."""
        rows = _OF_SESSIONS.all(sessions=session_ids)
        return cls(rows, {row.pk: row.count for row in rows if hasattr(row, "count")})

    def left(self, session_id: int) -> dict[int, int | None]:
        """Add-on → how many are left, never below zero; None = no limit."""
        return {pk: self._left(row) for pk, row in self.rows.items() if row.session_id == session_id}

    def on_offer(self, session_id: int) -> dict[int, AddOn]:
        """The add-ons of one session that can be taken, in their order."""
        return {pk: row for pk, row in self.rows.items() if row.session_id == session_id and row.is_active}

    def short(self, session_id: int, wanted: Mapping[int, int]) -> str:
        """What is missing for all of these (add-on → how many) to be had: '' when nothing is, else its name."""
        for pk, count in wanted.items():
            row = self.rows.get(pk)
            if row is None or row.session_id != session_id:
                return _("extra inconnu")
            left = self._left(row)
            if left is not None and left < count:
                return _("extra «\u202f%(name)s\u202f» épuisé") % {"name": row.name}
        return ""

    def write(self, changes: Mapping[int, int]) -> None:
        """So many more, or less, of each are taken. Their sessions' seats must be locked."""
        touched = {pk: by for pk, by in changes.items() if by}
        new = [AddOnCount(add_on_id=pk, taken=by) for pk, by in touched.items() if pk not in self._counts]
        for pk, by in touched.items():
            if pk in self._counts:
                self._counts[pk].taken += by
                update(self._counts[pk], ["taken"])
        if new:
            AddOnCount.objects.bulk_create(new)
            self._counts |= {count.add_on_id: count for count in new}

    def _left(self, row: AddOn) -> int | None:
        taken = self._counts[row.pk].taken if row.pk in self._counts else 0
        return None if row.capacity is None else max(0, row.capacity - taken)


def differences() -> dict[int, tuple[int, int]]:
    """Where counts and lines disagree: add-on → (counted, really taken). Empty, always."""
    held = AddOnLine.objects.filter(registration__state__in=SEATED).order_by().values_list("add_on")
    really = Counter(dict(held.annotate(n=Sum(F("quantity")))))
    stored = Counter(dict(AddOnCount.objects.values_list("add_on", "taken")))
    return {pk: (stored[pk], really[pk]) for pk in stored.keys() | really.keys() if stored[pk] != really[pk]}
