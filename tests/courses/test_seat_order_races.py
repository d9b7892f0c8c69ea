"""Many payments, many validations, at once for the last seats: exactly those seats, and no money lost (ADR 0035)."""

from functools import partial

import pytest

from comptoir.bookings.commands.candidates import seat_freed
from comptoir.bookings.commands.moving import cancel_booking, validate_booking
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Booking
from comptoir.bookings.seats import NoSeatLeft
from tests.courses.test_seat_order import HOUR, PRICE, fair_of, pay, signed, state
from tests.factories import NOW
from tests.faults import size
from tests.hands import together, without_the_lock

HANDS = 8
RACES = size.of(4, 60)
SEATS = 3


def candidates(order):
    fair = fair_of(order, capacity=SEATS)
    return fair, [signed(fair, f"Nom{'abcdefghij'[n]}") for n in range(HANDS)]


def validated(booking, fair):
    try:
        validate_booking(booking_id=booking.pk, by=fair.desk, at=NOW)
    except NoSeatLeft:
        return "full"
    return "seated"


@pytest.mark.fault
def test_payments_at_once_seat_exactly_the_capacity_and_lose_no_money(transactional_db):
    for _race in range(RACES):
        fair, people = candidates("payment")
        together([partial(pay, fair, one) for one in people])
        assert sorted(map(state, people)) == ["candidate"] * (HANDS - SEATS) + ["validated"] * SEATS
        rows = Booking.objects.filter(pk__in=[one.pk for one in people])
        assert {one.paid_cents for one in rows} == {PRICE}
        assert all(one.secured_at for one in rows)
    assert differences() == {}


@pytest.mark.fault
def test_validations_at_once_seat_exactly_the_capacity(transactional_db):
    for _race in range(RACES):
        fair, people = candidates("validation")
        said = together([partial(validated, one, fair) for one in people])
        assert (said.count("seated"), said.count("full")) == (SEATS, HANDS - SEATS)
        assert sorted(map(state, people)) == ["candidate"] * (HANDS - SEATS) + ["validated"] * SEATS
    assert differences() == {}


@pytest.mark.fault
def test_seats_left_while_others_pay_are_given_once(transactional_db):
    for _race in range(RACES):
        fair, people = candidates("payment")
        for one in people[:SEATS]:
            pay(fair, one)
        leave = [partial(cancel_booking, booking_id=one.pk, by=fair.desk, at=NOW + HOUR) for one in people[:2]]
        together(leave + [partial(pay, fair, one, at=NOW + HOUR) for one in people[SEATS:]])
        assert sum(state(one) == "validated" for one in people) <= SEATS
        seat_freed(at=NOW + HOUR * 2)
        assert sum(state(one) == "validated" for one in people) == SEATS
    assert differences() == {}


@pytest.mark.fault
def test_sabotage_counts_read_without_the_lock_seat_too_many(transactional_db, monkeypatch, on_sqlite):
    if on_sqlite:
        pytest.skip("On SQLite a writing transaction is alone: nobody can be overtaken.")

    fair, people = candidates("validation")
    without_the_lock(monkeypatch)
    together([partial(validated, one, fair) for one in people])
    assert sum(state(one) == "validated" for one in people) > SEATS or differences()
