"""Put back what a merge moved, save what was deleted or changed since: that stays, and is counted."""

from typing import Any

from django.db.models import F

from comptoir.clients import fields
from comptoir.clients.models import Client, Contact, FormerNumber
from comptoir.merging import pairs
from comptoir.merging.holders import BY_CODE, CONTACTS, REFUSALS
from comptoir.merging.models import Changed, Emptied, Merge

CLIENT = "client"  # holder of the values of the kept record itself


def give_back(merge: Merge, target: Client, sources: list[tuple[Emptied, Client]]) -> int:
    """Rows and values are as before the merge; how many were left alone is returned. All are locked by the caller."""
    left = 0
    for note, source in sources:
        for moved in note.moved.order_by("-pk"):
            left += _rows(moved.holder, moved.ids, target, source)
        if note.named:
            FormerNumber.objects.filter(former_id=source.pk, client=target).delete()
    left += sum(not _value(one) for one in merge.changes.order_by("-pk"))
    for client in (target, *(source for _note, source in sources)):
        ensure_main(client)
    return left


def _rows(code: str, ids: list[int], target: Client, source: Client) -> int:
    if code == pairs.CODE:
        return pairs.give_back(ids, source, target)
    holder = BY_CODE[code]
    if holder == CONTACTS:
        back = [_contact(one, source) for one in target.contacts.filter(pk__in=ids).order_by("pk")]
        return len(ids) - sum(back)
    rows = holder.rows(target).filter(pk__in=ids)
    if holder == REFUSALS:
        rows = rows.exclude(identity_key__in=list(holder.rows(source).values_list("identity_key", flat=True)))
    if holder.by_session:
        rows = rows.exclude(session_id__in=list(holder.rows(source).values_list("session_id", flat=True)))
    return len(ids) - rows.update(**{holder.column: holder.key(source)})


def _contact(one: Contact, source: Client) -> bool:
    """Back at the source, unless somebody with the same account was added there meanwhile."""
    if one.user_id and source.contacts.filter(user_id=one.user_id).exists():
        return False
    one.is_main = one.is_main and not source.contacts.filter(is_main=True).exists()
    one.client = source
    one.save(update_fields=["client", "is_main"])
    return True


def _value(change: Changed) -> bool:
    """Whether this value is as it was: untouched since, or a later merge now answers for it."""
    later = (
        Changed.objects.filter(holder=change.holder, row_id=change.row_id, column=change.column, pk__gt=change.pk)
        .filter(merge__undone_at__isnull=True)
        .exclude(merge_id=change.merge_id)
        .order_by("pk")
        .first()
    )
    if later is not None and later.before == change.after:
        later.before = change.before
        later.save(update_fields=["before"])
        return True
    model = Client if change.holder == CLIENT else Contact
    row: Any = model._default_manager.filter(pk=change.row_id).first()
    if row is None or getattr(row, change.column) not in (change.after, change.before) or _clashes(row, change):
        return False
    setattr(row, change.column, change.before)
    (fields.derive_client if change.holder == CLIENT else fields.derive_contact)(row)
    row.save()
    return True


def _clashes(row: Any, change: Changed) -> bool:
    """Whether another contact took the place meanwhile (the main one, or that account's), or the payer is gone."""
    if change.column == "payer_id":
        return change.before is not None and not Client.objects.filter(pk=change.before).exists()
    if change.column not in ("is_main", "user_id") or not change.before:
        return False
    others = Contact.objects.filter(client_id=row.client_id).exclude(pk=row.pk)
    return others.filter(**{change.column: change.before}).exists()


def ensure_main(client: Client) -> None:
    """Whoever has contacts has a main one: the oldest, when none is."""
    if not client.contacts.filter(is_main=True).exists():
        oldest = client.contacts.order_by("pk").values("pk")[:1]
        client.contacts.filter(pk__in=list(oldest.values_list(F("pk"), flat=True))).update(is_main=True)
