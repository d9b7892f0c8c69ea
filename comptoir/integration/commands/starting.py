"""Validation of the assistant: a run is made and the requests are its own, at once and for nobody else (B17, T07)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.integration.models import Run
from comptoir.integration.options import Options as Options  # part of this door's signature
from comptoir.integration.states import Method
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel, Staff, Territory
from comptoir.organisations.numbers import next_numbers
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.queries import intake
from comptoir.preregistrations.states import RequestState


class NothingToIntegrate(Refusal):
    """No request waits among those chosen: another run took them, or they went to the bin (T07)."""

    code = "nothing-to-integrate"


@dataclass(frozen=True)
class Started:
    """The run, and how many requests it took of those asked for. `created` is False for a second click."""

    run_id: int
    reference: str
    total: int
    created: bool


@dataclass(frozen=True)
class _Wanted:
    """Which of the waiting requests: ids None = all, and only those confirmed by `until`."""

    ids: Collection[int] | None
    until: datetime | None


def start(
    *,
    ticket: str,
    method: str,
    options: Options,
    request_ids: Collection[int] | None = None,
    until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Started:
    """A run waits for a worker, and its requests belong to it; nothing is integrated yet.

    `request_ids` None = every waiting request; `until` = only those confirmed by then. The same ticket again is the
    same run.
    Refuses: Forbidden, Missing (an option of another organisation), NothingToIntegrate.
    """
    if not by.works_intake:
        raise Forbidden(_("L’intégration est réservée à l’administration et aux commerciaux."))
    if found := _known(ticket, by=by):
        return found
    try:
        with transaction.atomic():
            return _create(ticket, Method(method), options, _Wanted(request_ids, until), by=by, at=at)
    except IntegrityError:
        if found := _known(ticket, by=by):
            return found
        raise


def _known(ticket: str, *, by: Actor) -> Started | None:
    run = Run.objects.filter(organisation_id=by.organisation_id, ticket=ticket).first()
    return Started(run.pk, run.reference, run.total, created=False) if run else None


def _create(ticket: str, method: Method, options: Options, wanted: _Wanted, *, by: Actor, at: datetime) -> Started:
    reference = f"IN-{next_numbers(by.organisation_id, 'run')[0]:05}"
    run = Run.objects.create(
        organisation_id=by.organisation_id, reference=reference, ticket=ticket, method=method, total=0,
        by_user_id=by.user_id, by_name=by.name, created_at=at, **_columns(method, options, by=by),
    )  # fmt: skip
    run.total = _claim(reference, wanted, by=by)
    if not run.total:
        raise NothingToIntegrate(
            _("Aucune pré-inscription à intégrer\u00a0: une autre personne vient peut-être de les prendre.")
        )
    run.save(update_fields=["total"])
    journal.record(
        what="intake.run-started", about=reference, by=by, at=at, detail={"method": method, "total": run.total}
    )
    return Started(run.pk, reference, run.total, created=True)


def _claim(reference: str, wanted: _Wanted, *, by: Actor) -> int:
    """They are taken under lock: a request claimed by another run at the same moment is not taken twice."""
    groups = [None] if wanted.ids is None else batched(sorted(wanted.ids), intake.CHUNK)
    taken = 0
    for ids in groups:
        ready = intake.ready(organisation_id=by.organisation_id, ids=ids, until=wanted.until).values("pk")
        free = Request.objects.filter(pk__in=ready, state=RequestState.PENDING, claim="")
        taken += free.update(claim=reference)
    return taken


def _columns(method: Method, options: Options, *, by: Actor) -> dict[str, object]:
    """The options that apply to the method, each checked to be the organisation's own."""
    first = method == Method.DEALS
    mine = {"organisation_id": by.organisation_id}
    rep = options.sales_rep_id if first else None
    territory = options.territory_id if first else None
    level = None if first else options.level_id or _default_level(by)
    found = (
        rep is None or Staff.objects.filter(pk=rep, is_active=True, **mine).exists(),
        territory is None or Territory.objects.filter(pk=territory, **mine).exists(),
        level is None or ConfirmationLevel.objects.filter(pk=level, **mine).exists(),
    )
    if not all(found):
        raise Missing(_("Une option choisie n’existe plus\u00a0: choisissez-la à nouveau."))
    return {
        "sales_rep_id": rep, "territory_id": territory, "level_id": level, "mail_owner": options.mail_owner,
        "mail_assistant": options.mail_assistant, "mail_sales_rep": options.mail_sales_rep,
        "print_report": options.print_report,
    }  # fmt: skip


def _default_level(by: Actor) -> int | None:
    levels = ConfirmationLevel.objects.filter(organisation_id=by.organisation_id, is_default=True)
    return levels.values_list("pk", flat=True).first()
