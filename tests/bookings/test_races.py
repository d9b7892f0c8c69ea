"""Many hands on the last seats: exactly the capacity, on both databases (C24, T17)."""

from functools import partial

import pytest
from django.db import transaction

from comptoir.bookings import counting, extras
from comptoir.bookings.commands import moving
from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.commands.waiting import offer_freed
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Registration
from comptoir.bookings.seats import Allotment
from comptoir.checkout import booking as direct
from comptoir.organisations.models import Organisation
from tests.checkout.direct import make_fair, order
from tests.factories import (
    NOW,
    actor_of,
    make_activity,
    make_add_on,
    make_organisation,
    make_registrations,
    make_seat_type,
    make_staff,
)
from tests.factories import make_session as session_of
from tests.faults import size
from tests.hands import together, without_the_lock

HANDS = 8
RACES = size.of(20, 200)


@pytest.fixture
def by(transactional_db):
    return actor_of(make_staff(make_organisation()))


def fresh_session(by, **fields):
    made = Organisation.objects.get(pk=by.organisation_id)
    return session_of(make_activity(made), **fields)


def book(session, number, by, people=1, rate=None):
    person = Person(session.pk, rate and rate.pk, "Claire", "Martin", "", 25_000, 2000)
    wanted = NewBooking(f"S-{session.pk}-{number}", None, "Claire Martin", "", "", [person] * people, None)
    with transaction.atomic():
        seats = Allotment.of([session.pk], locked=True)
        if not seats.take(session.pk, [person.seat_type_id] * people):
            return "full"
        register_many([wanted], seated=seats, by=by, at=NOW)
    return "seated"


def place(one, fair):
    return direct.book(one, by=fair.by, at=NOW).booking


def ordered(one, fair):
    return "seated" if direct.book(one, by=fair.by, at=NOW).created else "known"


def held(session):
    return Registration.objects.filter(session=session, state__in=("pending", "validated")).count()


@pytest.mark.fault
def test_exactly_the_capacity_in_every_race(by):
    for race in range(RACES):
        session = fresh_session(by, capacity=5)
        rate = make_seat_type(session, capacity=2) if race % 2 else None
        said = together([partial(book, session, n, by, rate=rate) for n in range(HANDS)])
        assert said.count("seated") == held(session) == (2 if rate else 5), (race, said)
    assert differences() == {}


@pytest.mark.fault
def test_sabotage_counts_read_without_the_lock_are_passed(by, monkeypatch, on_sqlite):
    if on_sqlite:
        pytest.skip("On SQLite a writing transaction is alone: nobody can be overtaken.")

    without_the_lock(monkeypatch)
    session = fresh_session(by, capacity=5)
    make_registrations(session, 0, people=[])
    together([partial(book, session, n, by) for n in range(HANDS)])
    assert held(session) != 5 or differences()


@pytest.mark.fault
def test_the_last_seats_are_taken_once_by_whoever_comes_back_or_comes_new(by):
    for _race in range(RACES):
        session = fresh_session(by, capacity=3)
        gone = [make_registrations(session, state="cancelled")[0].booking for _ in range(3)]
        acts = [
            lambda pk=one.pk: moving.reactivate_booking(booking_id=pk, by=by, at=NOW) or "seated" for one in gone
        ] + [partial(book, session, n, by) for n in range(3)]
        assert together(acts).count("seated") == held(session) == 3
    assert differences() == {}


@pytest.mark.fault
def test_direct_orders_take_exactly_the_capacity_and_its_add_ons(transactional_db):
    for race in range(RACES):
        fair = make_fair(capacity=5)
        meal = make_add_on(fair.session, capacity=3)
        takes = [(meal.pk, 1)] if race % 2 else ()
        orders = [order(fair.session, extras=takes) for _hand in range(HANDS)]
        said = together([partial(ordered, one, fair) for one in orders])
        assert said.count("seated") == held(fair.session) == (3 if takes else 5), (race, said)
    assert differences() == {} == extras.differences()


@pytest.mark.fault
def test_the_same_order_by_many_hands_is_one_booking(transactional_db):
    for race in range(RACES):
        fair = make_fair(capacity=5)
        one = order(fair.session, 2, token=f"ensemble-{race}")
        said = together([partial(ordered, one, fair)] * HANDS)
        assert (said.count("seated"), said.count("known"), held(fair.session)) == (1, HANDS - 1, 2), said
    assert differences() == {}


@pytest.mark.fault
def test_one_place_freed_is_offered_to_one_by_many_rounds(transactional_db):
    fair = make_fair(capacity=1)
    full = place(order(fair.session), fair)
    waiting = [place(order(fair.session, wait=True), fair) for _ in range(3)]
    moving.cancel_booking(booking_id=full.pk, by=fair.desk, at=NOW)
    said = together([lambda: "+".join(offer_freed(at=NOW).done)] * 4)
    assert sorted(said) == ["", "", "", waiting[0].reference]
    assert differences() == {}


@pytest.mark.fault
def test_two_clicks_and_two_managers_make_one_effect(by):
    session = fresh_session(by, capacity=3)
    booking = make_registrations(session, 2)[0].booking
    said = together([lambda: moving.cancel_booking(booking_id=booking.pk, by=by, at=NOW) or "done"] * 4)
    assert sorted(said) == ["done", "nothing-to-do", "nothing-to-do", "nothing-to-do"]
    assert held(session) == 0
    assert counting.differences() == {}
