"""The sales territories (B13): add, rename, close, open again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.administration.rights import require_administrator
from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.text import clean_line
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Territory


class TerritoryNameTaken(Refusal):
    """The organisation has a territory of that name."""

    code = "territory-name-taken"


@transaction.atomic
def add_territory(*, name: str, by: Actor, at: datetime) -> int:
    """A territory of that name can be chosen; answers its id. Refuses: Forbidden, Invalid, TerritoryNameTaken."""
    require_administrator(by)
    row = Territory(organisation_id=by.organisation_id, name=_name(name))
    _save(row)
    journal.record(what="territory.added", about=f"territory {row.pk}", by=by, at=at)
    return row.pk


@transaction.atomic
def rename_territory(*, territory_id: int, name: str, by: Actor, at: datetime) -> None:
    """It has this name, on everything it is already on. Refuses: Missing, Invalid, TerritoryNameTaken."""
    require_administrator(by)
    row = _own(territory_id, by)
    row.name = _name(name)
    _save(row)
    journal.record(what="territory.renamed", about=f"territory {row.pk}", by=by, at=at)


@transaction.atomic
def set_territory_active(*, territory_id: int, is_active: bool, by: Actor, at: datetime) -> None:
    """It is offered or no longer offered in lists; what bears it keeps it. Refuses: Missing."""
    require_administrator(by)
    row = _own(territory_id, by)
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    what = "territory.reactivated" if is_active else "territory.deactivated"
    journal.record(what=what, about=f"territory {row.pk}", by=by, at=at)


def _name(text: str) -> str:
    name = clean_line(text)
    if not 0 < len(name) <= 80:
        raise Invalid(_("Le nom d’un secteur a de 1 à 80 caractères."), field="name")
    return name


def _own(territory_id: int, by: Actor) -> Territory:
    row = Territory.objects.filter(pk=territory_id, organisation_id=by.organisation_id).first()
    if row is None:
        raise Missing(_("Ce secteur n’existe pas."))
    return row


def _save(row: Territory) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TerritoryNameTaken(_("Un secteur porte déjà ce nom."), field="name") from error
