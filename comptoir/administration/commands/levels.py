"""The confirmation levels (B14), in the organisation's own words and order; one is the default."""

from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.administration.rights import require_administrator
from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.text import clean_line
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel, Organisation


class LevelNameTaken(Refusal):
    """The organisation has a level of that name."""

    code = "level-name-taken"


class DefaultLevel(Refusal):
    """The default level must be one that can be chosen."""

    code = "default-level"


@transaction.atomic
def add_level(*, name: str, by: Actor, at: datetime) -> int:
    """A level of that name comes last, and its id is returned; the first of all is the default.

    Refuses: Forbidden, Invalid, LevelNameTaken.
    """
    rows = _all(by)
    row = ConfirmationLevel(
        organisation_id=by.organisation_id,
        name=_name(name),
        rank=max((one.rank for one in rows), default=0) + 1,
        is_default=not any(one.is_default for one in rows),
    )
    _save(row)
    _record("level.added", row, by, at)
    return row.pk


@transaction.atomic
def rename_level(*, level_id: int, name: str, by: Actor, at: datetime) -> None:
    """It has this name, on every registration that bears it. Refuses: Missing, Invalid, LevelNameTaken."""
    row = _own(level_id, _all(by))
    row.name = _name(name)
    _save(row)
    _record("level.renamed", row, by, at)


@transaction.atomic
def move_level(*, level_id: int, way: Literal["up", "down"], by: Actor, at: datetime) -> None:
    """It changes place with its neighbour; at the end already, nothing changes. Refuses: Missing."""
    rows = _all(by)
    row = _own(level_id, rows)
    here = rows.index(row)
    there = here + (1 if way == "down" else -1)
    if not 0 <= there < len(rows):
        return
    rows.insert(there, rows.pop(here))
    for rank, one in enumerate(rows, start=1):
        one.rank = rank
    ConfirmationLevel.objects.bulk_update(rows, ["rank"])
    _record("level.moved", row, by, at)


@transaction.atomic
def set_default_level(*, level_id: int, by: Actor, at: datetime) -> None:
    """It is proposed first when requests are integrated. Refuses: Missing, DefaultLevel when it is closed."""
    rows = _all(by)
    row = _own(level_id, rows)
    if not row.is_active:
        raise DefaultLevel(_("Ce niveau est fermé\u00a0: ouvrez-le d’abord."))
    ConfirmationLevel.objects.filter(organisation_id=by.organisation_id, is_default=True).update(is_default=False)
    ConfirmationLevel.objects.filter(pk=row.pk).update(is_default=True)
    _record("level.made-default", row, by, at)


@transaction.atomic
def set_level_active(*, level_id: int, is_active: bool, by: Actor, at: datetime) -> None:
    """It is offered, or no longer; registrations keep it. Refuses: Missing, DefaultLevel when it is the default."""
    row = _own(level_id, _all(by))
    if row.is_default and not is_active:
        raise DefaultLevel(_("C’est le niveau par défaut\u00a0: choisissez-en un autre d’abord."))
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    _record("level.reactivated" if is_active else "level.deactivated", row, by, at)


def _all(by: Actor) -> list[ConfirmationLevel]:
    """The organisation's levels in order, its row locked: ranks and the default change one at a time."""
    require_administrator(by)
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    return list(ConfirmationLevel.objects.filter(organisation_id=by.organisation_id).order_by("rank", "pk"))


def _own(level_id: int, rows: list[ConfirmationLevel]) -> ConfirmationLevel:
    for row in rows:
        if row.pk == level_id:
            return row
    raise Missing(_("Ce niveau n’existe pas."))


def _name(text: str) -> str:
    name = clean_line(text)
    if not 0 < len(name) <= 80:
        raise Invalid(_("Le nom d’un niveau a de 1 à 80 caractères."), field="name")
    return name


def _save(row: ConfirmationLevel) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise LevelNameTaken(_("Un niveau porte déjà ce nom."), field="name") from error


def _record(what: str, row: ConfirmationLevel, by: Actor, at: datetime) -> None:
    journal.record(what=what, about=f"level {row.pk}", by=by, at=at)
