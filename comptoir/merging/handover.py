"""Move what hangs on one record to another, and note it; people known on both sides are settled, never doubled."""

from dataclasses import dataclass

from comptoir.clients import fields
from comptoir.clients.models import Client, Contact, RefusedMatch
from comptoir.merging import pairs as refused_pairs
from comptoir.merging.holders import BY_SESSION, CONTACTS, REFUSALS, WHOLE, Holder, sessions_of
from comptoir.merging.models import Changed, Emptied, Merge, Moved

FILLED = ("first_name", "last_name", "phone", "user_id")


@dataclass(frozen=True)
class Handover:
    """One emptied record, the kept one, and the merge that notes what moves. Both are locked by the caller."""

    merge: Merge
    note: Emptied
    source: Client
    target: Client

    def run(self) -> int:
        """Everything of the source is the target's; the number of rows that moved is returned."""
        pairs = refused_pairs.hand_over(self.note, self.source, self.target)
        return pairs + sum((self._whole(), self._sessions(), self._contacts(), self._refusals()))

    def _whole(self) -> int:
        moved = 0
        for holder in WHOLE:
            moved += self._move(holder, list(holder.rows(self.source).order_by("pk").values_list("pk", flat=True)))
        return moved

    def _sessions(self) -> int:
        """The dates it confirms; where the target confirms the same session's, each keeps its own answer."""
        both = sessions_of(self.target)
        free = {one: one.rows(self.source).exclude(session_id__in=both) for one in BY_SESSION}
        ids = {one: list(rows.order_by("pk").values_list("pk", flat=True)) for one, rows in free.items()}
        return sum(self._move(one, found) for one, found in ids.items())

    def _refusals(self) -> int:
        """What the target refused too is left behind: said once is enough."""
        both = RefusedMatch.objects.filter(client=self.target).values("identity_key")
        own = RefusedMatch.objects.filter(client=self.source).exclude(identity_key__in=both)
        return self._move(REFUSALS, list(own.order_by("pk").values_list("pk", flat=True)))

    def _contacts(self) -> int:
        """Each person is known once: a second record of somebody stays behind, what only it knew is taken over."""
        moving: list[int] = []
        people = list(self.target.contacts.order_by("-is_main", "pk"))
        for one in self.source.contacts.order_by("-is_main", "pk"):
            if (same := same_person(one, people)) is not None:
                self._absorb(one, same)
                continue
            if one.is_main and any(other.is_main for other in people):
                self._set(one, "is_main", value=False)
                one.save(update_fields=["is_main"])
            people.append(one)
            moving.append(one.pk)
        return self._move(CONTACTS, moving)

    def _absorb(self, double: Contact, kept: Contact) -> None:
        missing = {name: getattr(double, name) for name in FILLED if getattr(double, name) and not getattr(kept, name)}
        for name, value in missing.items():
            self._set(kept, name, value=value)
        if double.user_id:  # one person reaches one record of the two
            self._set(double, "user_id", value=None)
            double.save(update_fields=["user"])
        if missing:
            fields.derive_contact(kept)
            kept.save()

    def _set(self, row: Contact, column: str, *, value: object) -> None:
        before = getattr(row, column)
        Changed.objects.create(
            merge=self.merge, holder=CONTACTS.code, row_id=row.pk, column=column, before=before, after=value
        )
        setattr(row, column, value)

    def _move(self, holder: Holder, ids: list[int]) -> int:
        if ids:
            holder.rows(self.source).filter(pk__in=ids).update(**{holder.column: holder.key(self.target)})
            Moved.objects.create(source=self.note, holder=holder.code, ids=ids)
        return len(ids)


def same_person(one: Contact, people: list[Contact]) -> Contact | None:
    """Who of these is that person: the same account, else the same address without two different accounts."""
    if one.user_id:
        for other in people:
            if other.user_id == one.user_id:
                return other
    for other in people:
        if one.email_key and other.email_key == one.email_key and not (one.user_id and other.user_id):
            return other
    return None
