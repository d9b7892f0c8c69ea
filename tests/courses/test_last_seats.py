"""Many payments and validations at once for the last seats: exactly those seats, and no payment lost (ADR 0035)."""

import threading

import pytest

from comptoir.bookings.commands import candidates
from comptoir.bookings.commands.moving import validate_booking
from comptoir.bookings.counting import Counts, differences
from comptoir.bookings.models import Booking, Registration
from tests.courses.test_seat_order import PRICE, fair_of, pay, signed
from tests.factories import NOW
from tests.faults import size
from tests.hands import together

SEATS, HANDS = 2, 6
RACES = size.of(4, 100)


def seated():
    return Registration.objects.filter(state="validated").count()


def raced(seat_order, act):
    """What each hand was answered; `act` pays or validates one booking."""
    fair = fair_of(seat_order, capacity=SEATS)
    some = [signed(fair, f"Zoé{number}") for number in range(HANDS)]
    return fair, together([lambda one=one: act(fair, one) or "done" for one in some])


def validate(fair, booking):
    validate_booking(booking_id=booking.pk, by=fair.desk, at=NOW)


@pytest.mark.fault
def test_payments_at_once_seat_exactly_those_left_and_lose_nothing(transactional_db):
    for race in range(RACES):
        fair, said = raced("payment", pay)
        states = list(Registration.objects.filter(session=fair.session).values_list("state", flat=True))
        assert said == ["done"] * HANDS
        assert sorted(states) == ["candidate"] * (HANDS - SEATS) + ["validated"] * SEATS, race
        mine = Booking.objects.filter(organisation=fair.organisation)
        assert {(one.paid_cents, one.payment) for one in mine} == {(PRICE, "paid")}
        assert mine.filter(secured_at=None).count() == 0
    assert differences() == {}


@pytest.mark.fault
def test_validations_at_once_seat_exactly_those_left_and_refuse_the_others(transactional_db):
    for _race in range(RACES):
        _fair, said = raced("validation", validate)
        assert (said.count("done"), said.count("no-seat-left")) == (SEATS, HANDS - SEATS)
    assert differences() == {}


@pytest.mark.fault
def test_sabotage_counts_read_without_the_lock_are_passed(transactional_db, monkeypatch, on_sqlite):
    if on_sqlite:
        pytest.skip("On SQLite a writing transaction is alone: nobody can be overtaken.")

    def unlocked(cls, session_ids):
        found = cls.read(session_ids)
        threading.Event().wait(0.05)
        return found

    fair = fair_of("validation", capacity=SEATS)
    some = [signed(fair, f"Zoé{number}") for number in range(HANDS)]
    monkeypatch.setattr(Counts, "locked", classmethod(unlocked))
    together([lambda one=one: validate(fair, one) or "done" for one in some])
    assert seated() != SEATS or differences()


@pytest.mark.fault
def test_sabotage_a_payment_that_does_not_count_seats_seats_everybody(transactional_db, monkeypatch):
    """Payments of one organisation also wait for their receipt's number: leaving out the count is what shows."""
    monkeypatch.setattr(candidates, "missing", lambda *_: {})
    raced("payment", pay)
    assert seated() == HANDS  # what the test above would see
