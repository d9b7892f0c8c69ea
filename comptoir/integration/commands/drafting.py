"""Where a person stands in the assistant is saved at every step, and becomes a run once (B17, T16)."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.tokens import new_token
from comptoir.integration import drafts
from comptoir.integration.commands import starting
from comptoir.integration.commands.starting import Started
from comptoir.integration.models import Draft, Run
from comptoir.integration.options import Options
from comptoir.integration.states import Method
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands import intake


class ChoicesChanged(Refusal):
    """What would be validated is no longer what this page showed."""

    code = "choices-changed"


def keep_selection(
    *, shown: Collection[int], ticked: Collection[int], onwards: bool = False, by: Actor, at: datetime
) -> None:
    """Of the requests `shown` on a page, those `ticked` are chosen and the others are not; nothing ticked at all = all.

    Refuses: Forbidden.
    """
    with transaction.atomic():
        draft = _locked(by, at=at)
        _choose(draft, (set(draft.selection) - set(shown)) | set(ticked), onwards=onwards, at=at)


def choose(*, request_ids: Collection[int] | None, onwards: bool = False, by: Actor, at: datetime) -> None:
    """These requests are chosen and no others; None = every waiting request. Refuses: Forbidden."""
    with transaction.atomic():
        _choose(_locked(by, at=at), request_ids or (), onwards=onwards, at=at)


def throw_away(*, request_ids: Collection[int], by: Actor, at: datetime) -> Outcome[str]:
    """They are in the bin (B8), and no longer of this person's choice: nobody is told of what they did themselves.

    A choice of which nothing is left is every waiting request again. Refuses: Forbidden.
    """
    outcome = intake.bin_requests(request_ids=request_ids, by=by, at=at)
    with transaction.atomic():
        draft = _locked(by, at=at)
        left = set(draft.selection) - set(request_ids)
        if len(left) < len(draft.selection):
            _choose(draft, left, onwards=False, at=at)
    return outcome


def keep_method(*, method: str, by: Actor, at: datetime) -> None:
    """The method is chosen, the options come next. Refuses: Forbidden, Missing."""
    if method not in Method.values:
        raise Missing(_("Choisissez l’une des trois méthodes."), field="method")
    with transaction.atomic():
        draft = _locked(by, at=at)
        draft.method = method
        _save(draft, "options", at=at)


def keep_options(*, options: Options, by: Actor, at: datetime) -> None:
    """The options are chosen, the validation comes next; whether they exist is judged there. Refuses: Forbidden."""
    with transaction.atomic():
        draft = _locked(by, at=at)
        draft.options = {**asdict(options), "reached": draft.options.get("reached", "data")}
        _save(draft, "validation", at=at)


def validate(*, ticket: str, until: datetime, by: Actor, at: datetime) -> Started:
    """A run is made of the person's draft, which begins anew; the same ticket again is the same run.

    `until`: requests confirmed later were not on the page that was validated, and wait for the next run.
    Refuses: Forbidden, ChoicesChanged, and what `starting.start` refuses.
    """
    found = drafts.standing(seen_by=by)
    is_run = Run.objects.filter(organisation_id=by.organisation_id, ticket=ticket).exists()
    if not ticket or (ticket != found.ticket and not is_run):
        raise ChoicesChanged(
            _("Vos choix ont changé depuis l’affichage de cette page\u00a0: vérifiez-les, puis validez.")
        )
    started = starting.start(
        ticket=ticket, method=found.method, options=found.options, request_ids=found.request_ids, until=until, by=by,
        at=at,
    )  # fmt: skip
    Draft.objects.filter(organisation_id=by.organisation_id, user=by.user_id, ticket=ticket).delete()
    return started


def _locked(by: Actor, *, at: datetime) -> Draft:
    """The person's own draft, made when there is none."""
    if not by.works_intake or by.user_id is None:
        raise Forbidden(_("L’assistant d’importation est réservé à l’administration et aux commerciaux."))
    who = {"organisation_id": by.organisation_id, "user_id": by.user_id}
    Draft.objects.get_or_create(**who, defaults={"ticket": new_token(), "touched_at": at})
    return Draft.objects.select_for_update().get(**who)


def _choose(draft: Draft, request_ids: Collection[int], *, onwards: bool, at: datetime) -> None:
    draft.selection = sorted(set(request_ids))
    _save(draft, "method" if onwards else "data", at=at)


def _save(draft: Draft, step: str, *, at: datetime) -> None:
    """Every change makes a new ticket: a validation page opened before it is out of date."""
    reached = draft.options.get("reached", "data")
    if drafts.STEPS.index(step) > drafts.STEPS.index(reached):
        reached = step
    draft.options = {**draft.options, "reached": reached}
    draft.ticket, draft.touched_at = new_token(), at
    draft.save()
