"""Working a deal: what it is worth, where it stands, what is next, what was said (B18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Invalid, Missing, Refusal, Several
from comptoir.base.text import clean_line
from comptoir.clients.commands import numbers
from comptoir.clients.models import Client
from comptoir.deals.models import Deal, Note
from comptoir.deals.states import OPEN_STAGES, Stage, check_move
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation, Staff, Territory
from comptoir.organisations.numbers import next_numbers

SERIES = "deal"


class AlreadyClosed(Refusal):
    """A won deal is not changed any more: its registrations are."""

    code = "already-closed"


@dataclass(frozen=True)
class DealValues:
    """What a person may set on a deal. `amount_cents` without VAT; `chance` in per cent."""

    title: str
    amount_cents: int
    chance: int
    owner_id: int | None = None
    territory_id: int | None = None
    client_id: int | None = None
    prospect_name: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    next_step: str = ""
    next_step_on: date | None = None


@transaction.atomic
def open_deal(*, values: DealValues, by: Actor, at: datetime) -> int:
    """A deal exists by hand, new; answers its id. Refuses: Forbidden, Several."""
    columns = _checked(values, by=by)
    number = next_numbers(by.organisation_id, SERIES)[0]
    deal = Deal.objects.create(
        organisation_id=by.organisation_id, reference=f"DO-{number:05}", created_at=at, **columns
    )
    journal.record(what="deal.opened", about=deal.reference, by=by, at=at)
    return deal.pk


@transaction.atomic
def change_deal(*, deal_id: int, values: DealValues, by: Actor, at: datetime) -> None:
    """The deal holds these values; the number given to its request leads to its client.

    Refuses: Missing, Forbidden, AlreadyClosed, Several.
    """
    deal = _own(deal_id, by=by)
    if deal.stage == Stage.WON:
        raise AlreadyClosed(_("Ce dossier est gagné\u00a0: ses inscriptions se modifient dans leurs sessions."))
    columns = _checked(values, by=by)
    changed = [name for name, value in columns.items() if getattr(deal, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(deal, name, columns[name])
    deal.save(update_fields=changed)
    if "client_id" in changed:
        numbers.lead(deal.source, deal.client_id, organisation_id=by.organisation_id)
    journal.record(what="deal.changed", about=deal.reference, by=by, at=at, detail={"fields": changed})


@transaction.atomic
def move_deal(*, deal_id: int, stage: str, because: str = "", by: Actor, at: datetime) -> None:
    """The deal stands at that stage; lost keeps why; winning is `integration.commands.winning`.

    Refuses: Missing, Forbidden, ForbiddenMove, Invalid (won by this door, lost without a reason).
    """
    deal = _own(deal_id, by=by)
    if stage not in Stage.values:
        raise Invalid(_("Choisissez une étape de la liste."), field="stage")
    check_move(deal.stage, stage)
    if stage == Stage.WON:
        raise Invalid(_("Un dossier se gagne avec ses inscriptions."), field="stage")
    if stage == Stage.LOST and not clean_line(because):
        raise Invalid(_("Dites en quelques mots pourquoi ce dossier est perdu."), field="because")
    close(deal, stage, because=because, at=at)
    journal.record(what="deal.moved", about=deal.reference, by=by, at=at, detail={"stage": stage})


def close(deal: Deal, stage: str, *, because: str = "", at: datetime) -> None:
    """Write the stage; won counts 100 %, lost 0 %, a reopened deal takes its organisation's chance again."""
    was_closed = deal.stage not in OPEN_STAGES
    deal.stage = stage
    deal.closed_at = None if stage in OPEN_STAGES else at
    deal.lost_because = clean_line(because)[:200] if stage == Stage.LOST else ""
    if stage in (Stage.WON, Stage.LOST):
        deal.chance = 100 if stage == Stage.WON else 0
    elif was_closed:
        deal.chance = Organisation.objects.values_list("default_chance", flat=True).get(pk=deal.organisation_id)
    deal.save(update_fields=["stage", "closed_at", "lost_because", "chance"])


@transaction.atomic
def write_note(*, deal_id: int, text: str, by: Actor, at: datetime) -> None:
    """The note is kept with author and moment. Refuses: Missing, Forbidden, Invalid (empty)."""
    deal = _own(deal_id, by=by)
    if not text.strip():
        raise Invalid(_("La note est vide."), field="text")
    Note.objects.create(
        deal=deal, text=text.strip()[:5000], written_at=at, written_by_id=by.user_id, written_by_name=by.name
    )
    journal.record(what="deal.noted", about=deal.reference, by=by, at=at)


def _own(deal_id: int, *, by: Actor) -> Deal:
    if not by.works_intake:
        raise Forbidden(_("Le suivi commercial est tenu par l’administration et les commerciaux."))
    deal = Deal.objects.select_for_update().filter(organisation_id=by.organisation_id, pk=deal_id).first()
    if deal is None:
        raise Missing(_("Ce dossier n’existe pas."))
    return deal


def _checked(values: DealValues, *, by: Actor) -> dict[str, object]:
    if not by.works_intake:
        raise Forbidden(_("Le suivi commercial est tenu par l’administration et les commerciaux."))
    columns: dict[str, object] = {
        name: clean_line(value) if isinstance(value, str) else value for name, value in vars(values).items()
    }
    if problems := [*_shape_problems(values), *_choice_problems(columns, by=by)]:
        raise Several(problems)
    return columns


def _shape_problems(values: DealValues) -> list[Refusal]:
    found: list[Refusal] = []
    if not clean_line(values.title):
        found.append(Invalid(_("Donnez un titre au dossier."), field="title"))
    if not 0 <= values.chance <= 100:
        found.append(Invalid(_("La chance va de 0 à 100 %."), field="chance"))
    if not 0 <= values.amount_cents <= 10**13:
        found.append(Invalid(_("Le montant ne peut pas être négatif."), field="amount"))
    return found


_OWNED = {"owner_id": Staff, "territory_id": Territory, "client_id": Client}


def _choice_problems(columns: Mapping[str, object], *, by: Actor) -> list[Refusal]:
    return [
        Invalid(_("Ce choix n’existe plus\u00a0: choisissez à nouveau."), field=name.removesuffix("_id"))
        for name, model in _OWNED.items()
        if columns[name] is not None
        and not model._default_manager.filter(pk=columns[name], organisation_id=by.organisation_id).exists()
    ]
