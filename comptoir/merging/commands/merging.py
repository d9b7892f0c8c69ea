"""Merge clients, and undo it (G4, G6)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing
from comptoir.clients import fields, keeping
from comptoir.clients.keys import number_key
from comptoir.clients.models import Client, FormerNumber, Suspicion
from comptoir.clients.perimeter import require_work
from comptoir.journal import commands as journal
from comptoir.merging import records
from comptoir.merging.giving_back import CLIENT, ensure_main, give_back
from comptoir.merging.handover import Handover
from comptoir.merging.models import Changed, Emptied, Merge
from comptoir.merging.refusals import AlreadyEmptied, NoLongerUndone, SameRecord
from comptoir.organisations.actors import Actor

CHOSEN = (*fields.CLIENT_TEXTS, "territory_id", "payer_id")


@transaction.atomic
def merge_clients(
    *, target_number: str, source_ids: Collection[int], kept_fields: Mapping[str, int] | None = None, by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Everything that hung on the sources hangs on the target, and their numbers lead to it; the merge's id.

    `kept_fields`: field → id of the record whose value the target takes; the others keep the target's.
    Refuses: Forbidden, Missing, Invalid (no source, unknown field), SameRecord, AlreadyEmptied.
    """
    require_work(by)
    number = number_key(target_number)
    target_id = _id_of(number, by=by)
    sources = sorted(set(source_ids))
    if not sources:
        raise Invalid(_("Choisissez au moins une autre fiche à fusionner."))
    if target_id in sources:
        raise SameRecord(_("Une fiche ne se fusionne pas avec elle-même."), field="target")
    found = records.locked([target_id, *sources], by=by)
    target = found.pop(target_id)
    records.require_kept(target)
    merge = Merge.objects.create(
        organisation_id=by.organisation_id, target=target, target_number=target.number, at=at,
        by_user_id=by.user_id, by_name=by.name,
    )  # fmt: skip
    _take_fields(merge, target, found, kept_fields or {})
    _pays_itself(merge, target, sources)
    merge.moved = sum(_empty(merge, source, target) for source in found.values())
    merge.save(update_fields=["moved"])
    ensure_main(target)
    _look_again([target, *found.values()])
    detail = {"merge": merge.pk, "from": [one.number for one in found.values()], "moved": merge.moved}
    journal.record(what="client.merged", about=target.number, by=by, at=at, detail=detail)
    return merge.pk


@transaction.atomic
def undo_merge(*, merge_id: int, by: Actor, at: datetime) -> int:
    """What moved is back where it was, what came since stays; how many rows were left alone (gone or changed since).

    Refuses: Forbidden, Missing, NoLongerUndone (after 30 days, twice, a record deleted or merged since).
    """
    require_work(by)
    merge = Merge.objects.filter(pk=merge_id, organisation_id=by.organisation_id).first()
    if merge is None:
        raise Missing(_("Cette fusion n’existe pas."))
    notes = list(merge.sources.order_by("-pk"))
    _check_records(merge, notes)
    target_id = merge.target_id or 0  # it is there: just checked
    found = records.locked([target_id, *(note.client_id or 0 for note in notes)], by=by)
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    _check_moment(merge, at=at)
    target = found[target_id]
    if kept := records.leads_to(target):
        sentence = _("La fiche %(number)s a depuis été fusionnée dans %(kept)s\u00a0: annulez d’abord cette fusion-là.")
        raise NoLongerUndone(sentence % {"number": target.number, "kept": kept.number})
    merge.left_alone = give_back(merge, target, [(note, found[note.client_id or 0]) for note in notes])
    merge.undone_at, merge.undone_by_name = at, by.name
    merge.save(update_fields=["left_alone", "undone_at", "undone_by_name"])
    _look_again(list(found.values()))
    detail = {"merge": merge.pk, "from": [note.number for note in notes], "left": merge.left_alone}
    journal.record(what="client.merge-undone", about=target.number, by=by, at=at, detail=detail)
    return merge.left_alone


def _id_of(number: str, *, by: Actor) -> int:
    found = Client.objects.filter(organisation_id=by.organisation_id, number=number).values_list("pk", flat=True)
    if not found:
        raise Missing(_("Aucun client ne porte ce numéro."), field="target")
    return found[0]


def _empty(merge: Merge, source: Client, target: Client) -> int:
    kept = records.leads_to(source)
    if kept is not None and kept.pk != target.pk:
        sentence = _("La fiche %(number)s a déjà été fusionnée dans %(kept)s.")
        raise AlreadyEmptied(sentence % {"number": source.number, "kept": kept.number})
    note = Emptied.objects.create(merge=merge, client=source, number=source.number, named=kept is None)
    moved = Handover(merge, note, source, target).run()
    if kept is None:
        FormerNumber.objects.create(
            organisation_id=source.organisation_id, number=source.number, former_id=source.pk,
            imported_id=source.imported_id, client=target,
        )  # fmt: skip
    return moved


def _take_fields(merge: Merge, target: Client, sources: Mapping[int, Client], kept: Mapping[str, int]) -> None:
    taken = {name: client_id for name, client_id in kept.items() if client_id != target.pk}
    if any(name not in CHOSEN or client_id not in sources for name, client_id in taken.items()):
        raise Invalid(_("Choisissez chaque valeur parmi celles des fiches à fusionner."))
    changed = False
    for name, client_id in taken.items():
        before, after = getattr(target, name), getattr(sources[client_id], name)
        if before != after:
            changed = True
            Changed.objects.create(
                merge=merge, holder=CLIENT, row_id=target.pk, column=name, before=before, after=after
            )
            setattr(target, name, after)
    if changed:
        fields.derive_client(target)
        target.save()


def _pays_itself(merge: Merge, target: Client, sources: Collection[int]) -> None:
    """Whoever was its payer and is now itself is no longer named: nobody pays for themselves."""
    if target.payer_id in {*sources, target.pk}:
        Changed.objects.create(merge=merge, holder=CLIENT, row_id=target.pk, column="payer_id", before=target.payer_id)
        target.payer_id = None
        target.save(update_fields=["payer"])


def _look_again(clients: list[Client]) -> None:
    """What a scan said of these records no longer holds: their traits are made anew, and the next one compares them."""
    ids = [one.pk for one in clients]
    Suspicion.objects.filter(Q(left__in=ids) | Q(right__in=ids)).delete()
    keeping.keep(ids, organisation_id=clients[0].organisation_id, again=True)


def _check_records(merge: Merge, notes: list[Emptied]) -> None:
    if merge.target_id is None or any(note.client_id is None for note in notes):
        raise NoLongerUndone(_("L’une des fiches a été supprimée\u00a0: cette fusion ne s’annule plus."))


def _check_moment(merge: Merge, *, at: datetime) -> None:
    if merge.undone_at:
        raise NoLongerUndone(_("Cette fusion est déjà annulée."))
    if not merge.can_be_undone(at):
        raise NoLongerUndone(_("Une fusion s’annule pendant 30 jours\u00a0: ce délai est passé."))
