"""A booking as its registrant sees it: people, money, and what may still be done, until when (C11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from comptoir.base.prepared import Prepared
from comptoir.bookings.amounts import Taken, taken
from comptoir.bookings.candidates import rank_of
from comptoir.bookings.models import AddOnLine, Booking, Registration
from comptoir.bookings.queue import position
from comptoir.bookings.states import SEATED, BookingStatus, RegistrationState, SeatOrder, status_of
from comptoir.catalogue import zones
from comptoir.catalogue.rules import Rules, methods_of, rules_at_hand
from comptoir.catalogue.states import PayMethod


@dataclass(frozen=True)
class Own:
    """What the page shows. `until`: the last day on which its registrant may act, None when nothing is allowed.

    `awaits_payment`: its seats are kept until it is paid; `methods`: by what else than a card it may still choose to
    pay; `card_cents`: what may be paid by card now (the deposit, the whole), empty when nothing may.
    `position`: its rank on the waiting list, 0 when it is on none. `is_offered`: a seat is kept for it, that it may
    take or leave. `rank`: among those who paid and have no seat yet, 0 when it is not one of them (ADR 0035).
    """

    booking: Booking
    rows: list[Registration]
    extras: list[Taken]
    may_cancel: bool
    may_rename: bool
    may_change_add_ons: bool
    awaits_payment: bool
    methods: tuple[PayMethod, ...]
    card_cents: tuple[int, ...]
    is_offered: bool
    position: int
    rank: int
    until: date | None

    @property
    def status(self) -> BookingStatus:
        """Derived from its registrations (C8)."""
        return status_of({row.state for row in self.rows})

    @property
    def held(self) -> list[Registration]:
        """The people who hold a seat."""
        return [row for row in self.rows if row.state in SEATED]

    @property
    def is_candidate(self) -> bool:
        """Whether somebody in it hopes for a seat, by its payment or our validation."""
        return any(row.state == RegistrationState.CANDIDATE for row in self.rows)

    @property
    def how_seated(self) -> str:
        """How its seats are given, in a sentence."""
        return SeatOrder(self.booking.seat_order).sentence

    @property
    def is_waiting(self) -> bool:
        """Whether it is on a waiting list."""
        return self.position > 0

    def lines_of(self, row: Registration) -> list[AddOnLine]:
        """What one of them takes beside the seat."""
        return [line for one, line in self.extras if one is row]


_PEOPLE: Prepared[Registration] = Prepared(
    lambda booking: (
        Registration.objects.filter(booking=booking)
        .select_related("session__activity__rules", "seat_type", "level")
        .order_by("position")
    )
)


def own(booking: Booking, *, at: datetime) -> Own:
    """The booking with what its registrant may do now: only what all the activities of its seats allow, in time."""
    people = _PEOPLE.all(booking=booking.pk)
    return judged(booking, people, taken(people), at=at)


def judged(booking: Booking, rows: list[Registration], extras: list[Taken], *, at: datetime) -> Own:
    """The same, the rows being at hand with their sessions and their activities' rules."""
    held = [row for row in rows if row.state in SEATED]
    waiting = [row for row in rows if row.state == RegistrationState.WAITING]
    hoping = [row for row in rows if row.state == RegistrationState.CANDIDATE]
    concerned = held + hoping if booking.seat_order == SeatOrder.PAYMENT else held  # those who pay
    rules = {row.session.activity_id: rules_at_hand(row.session.activity) for row in concerned}
    days = [rules[row.session.activity_id].last_day(row.session.starts_on) for row in concerned]
    in_time = bool(days) and booking.erased_at is None and zones.home_day(at) <= min(days)
    with_seat = in_time and not hoping  # what is done of a seat
    is_offered = _is_offered(booking, rows)
    awaits_payment = _awaits_payment(booking, rows)
    chooses = is_offered or (in_time and all(one.may_change_method for one in rules.values()))
    return Own(
        booking, rows, extras,
        may_cancel=bool(waiting or hoping)
        or is_offered
        or (in_time and all(one.may_cancel for one in rules.values())),
        may_rename=with_seat and all(one.may_rename for one in rules.values()),
        may_change_add_ons=with_seat and all(one.may_change_add_ons for one in rules.values()),
        awaits_payment=awaits_payment,
        methods=tuple(one for one in methods_of(rules.values()) if one != PayMethod.CARD)
        if chooses and awaits_payment
        else (),
        card_cents=_by_card(booking) if rules and all(one.takes_card for one in rules.values()) else (),
        is_offered=is_offered,
        position=position(booking, waiting[0].session_id) if waiting else 0,
        rank=rank_of(booking, rows),
        until=min(days) if days and not hoping and _any_right(rules.values()) else None,
    )  # fmt: skip


def _by_card(booking: Booking) -> tuple[int, ...]:
    if booking.erased_at is not None or not booking.due_cents:
        return ()
    deposit = 0 if booking.paid_cents else booking.deposit_cents
    return (deposit, booking.due_cents) if 0 < deposit < booking.due_cents else (booking.due_cents,)


def _any_right(rules: Collection[Rules]) -> bool:
    """Whether all the activities give one right, whichever."""
    rights = ("may_cancel", "may_rename", "may_change_add_ons", "may_change_method")
    return any(all(getattr(one, right) for one in rules) for right in rights)


def _is_offered(booking: Booking, rows: list[Registration]) -> bool:
    """A seat is kept for whoever was waiting, who has not said yet by what to pay, or simply yes."""
    pending = any(row.state == RegistrationState.PENDING for row in rows)
    return pending and booking.held_until is not None and booking.offered_at is not None and not booking.method


def _awaits_payment(booking: Booking, rows: list[Registration]) -> bool:
    """Held until paid, or without a seat until paid, and nothing came yet."""
    pending = booking.held_until is not None and any(row.state == RegistrationState.PENDING for row in rows)
    hoping = any(row.state == RegistrationState.CANDIDATE for row in rows)
    return (pending or hoping) and booking.due_cents > 0 and booking.paid_cents == 0
