"""A session again at another date, and a series of them from a rule."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.catalogue import hours, series
from comptoir.catalogue.checks import check_rule, session_key
from comptoir.catalogue.commands.publication import why_not_publishable
from comptoir.catalogue.commands.rows import locked_session
from comptoir.catalogue.commands.sessions import new_references
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import AddOn, SeatType, Session, Slot
from comptoir.catalogue.planning import dates_taken, with_offsets
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import SessionKind, SessionState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

_COPIED = (
    "kind", "time_zone", "place", "address", "city", "is_remote", "remote_url", "capacity", "price_cents", "vat_bp",
    "owner_id", "assistant_id",
)  # fmt: skip


class AlreadyThere(Refusal):
    """The activity already has such a session that day."""

    code = "already-there"


@transaction.atomic
def copy_session(*, session_id: int, starts_on: date, on_sale: bool = False, by: Actor, at: datetime) -> int:
    """The same session exists at that date, a draft: hours kept, sign-up window shifted, rates and add-ons too.

    `on_sale`: it is open, and published when INTER. Answers its id. Refuses: Forbidden, Missing, Invalid on
    `starts_on` or `on_sale`.
    """
    model = locked_session(session_id, by=by)
    faults = Faults()
    faults.day("starts_on", starts_on)
    faults.refuse()
    return _copies(model, [starts_on], on_sale=on_sale, by=by, at=at)[0].pk


@transaction.atomic
def make_series(
    *, session_id: int, rule: Rule, without: Collection[date] = (), on_sale: bool = False, by: Actor, at: datetime
) -> Outcome[int]:
    """One copy of the session on each date of the rule, less those `without`; answers the ids, and the dates skipped.

    A date where the activity already has such a session (same kind, place, city) is skipped, so the same series
    asked twice is made once. Refuses: Forbidden, Missing, Invalid (first, until, times, weekdays, on_sale).
    """
    model = locked_session(session_id, by=by)
    check_rule(rule)
    dates = [
        one.on for one in series.planned(with_offsets(rule, model)) if not one.is_skipped and one.on not in without
    ]
    taken = dates_taken(model, dates)
    outcome = Outcome[int]()
    for day in dates:
        if day in taken:
            outcome.skip(day.isoformat(), AlreadyThere(_("Déjà prévue {day}.").format(day=words.span(day, day))))
    free = [day for day in dates if day not in taken]
    if free:
        outcome.done = [one.pk for one in _copies(model, free, on_sale=on_sale, by=by, at=at)]
    return outcome


def _copies(model: Session, dates: Sequence[date], *, on_sale: bool, by: Actor, at: datetime) -> list[Session]:
    references = new_references(by.organisation_id, len(dates))
    made = [_copy(model, day, reference, at) for day, reference in zip(dates, references, strict=True)]
    if on_sale:
        _put_on_sale(made)
    Session.objects.bulk_create(made, batch_size=200)
    slots, rates = list(model.slots.all()), list(model.seat_types.filter(is_active=True))
    Slot.objects.bulk_create([_slot(slot, model, one) for one in made for slot in slots], batch_size=500)
    SeatType.objects.bulk_create([_rate(rate, one) for one in made for rate in rates], batch_size=500)
    extras = list(model.add_ons.filter(is_active=True))
    AddOn.objects.bulk_create([_extra(extra, one) for one in made for extra in extras], batch_size=500)
    _name_the_same(model, made)
    journal.record_many(what="session.copied", abouts=references, by=by, at=at)
    return made


def _name_the_same(model: Session, made: Sequence[Session]) -> None:
    """The copies have the model's managers and trainers."""
    managers, trainers = Session.managers.through, Session.trainers.through
    staff = list(model.managers.values_list("pk", flat=True))
    teach = list(model.trainers.values_list("pk", flat=True))
    managers._default_manager.bulk_create(
        [managers(session_id=one.pk, staff_id=pk) for one in made for pk in staff], batch_size=500
    )
    trainers._default_manager.bulk_create(
        [trainers(session_id=one.pk, trainer_id=pk) for one in made for pk in teach], batch_size=500
    )


def _copy(model: Session, day: date, reference: str, at: datetime) -> Session:
    days = (day - model.starts_on).days
    window = {
        name: moment and hours.shifted(moment, days, model.time_zone)
        for name in ("opens_at", "closes_at")
        for moment in [getattr(model, name)]
    }
    return Session(
        organisation_id=model.organisation_id,
        activity_id=model.activity_id,
        reference=reference,
        starts_on=day,
        ends_on=model.ends_on + timedelta(days),
        begins_at=hours.shifted(model.begins_at, days, model.time_zone),
        search_key=session_key(reference, model.place, model.address, model.city),
        created_at=at,
        **window,
        **{name: getattr(model, name) for name in _COPIED},
    )


def _put_on_sale(made: list[Session]) -> None:
    for one in made:
        one.state = SessionState.OPEN
        if one.kind == SessionKind.INTER:
            if reason := why_not_publishable(one):
                raise Invalid(reason, field="on_sale")
            one.is_published = True


def _slot(slot: Slot, model: Session, copy: Session) -> Slot:
    days = (copy.starts_on - model.starts_on).days
    start, end = (hours.shifted(moment, days, model.time_zone) for moment in (slot.starts_at, slot.ends_at))
    return Slot(session=copy, starts_at=start, ends_at=end, place=slot.place, remote_url=slot.remote_url)


def _rate(rate: SeatType, copy: Session) -> SeatType:
    return SeatType(session=copy, name=rate.name, price_cents=rate.price_cents, capacity=rate.capacity, rank=rate.rank)


def _extra(extra: AddOn, copy: Session) -> AddOn:
    return AddOn(
        session=copy, name=extra.name, price_cents=extra.price_cents, capacity=extra.capacity, most=extra.most,
        rank=extra.rank,
    )  # fmt: skip
