"""Random acts on random bookings: seats and money never contradict each other (T18, T20)."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from comptoir.base.errors import Refusal
from comptoir.bookings import extras
from comptoir.bookings.amounts import owed, taken
from comptoir.bookings.commands import choosing, moving, registrant
from comptoir.bookings.commands.holding import expire_holds
from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.commands.waiting import offer_freed
from comptoir.bookings.counting import differences
from comptoir.bookings.links import link_of
from comptoir.bookings.models import AddOnLine, Booking, Registration
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.payments.models import Entry
from tests.checkout.direct import booked, make_fair
from tests.factories import NOW, make_add_on, make_seat_type
from tests.faults import size

CAPACITY, AT_RATE, EXTRAS = 6, 3, 4


class Desk(RuleBasedStateMachine):
    """A session of six seats, three of them at one rate, four add-ons; whatever is done, in whatever order."""

    bookings = Bundle("bookings")

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.fair = make_fair(capacity=CAPACITY)
        self.by = self.fair.desk
        self.session = self.fair.session
        self.rate = make_seat_type(self.session, capacity=AT_RATE)
        self.extra = make_add_on(self.session, capacity=EXTRAS, most=2)
        self.count = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def own(self, act, booking, **arguments):
        found = Booking.objects.get(pk=booking)
        self.attempt(act, reference=found.reference, link=link_of(found), **arguments)

    def attempt(self, act, **arguments):
        with suppress(Refusal):
            act(by=self.by, at=NOW, **arguments)

    @rule(target=bookings, people=st.lists(st.sampled_from([None, 10_000, 33_333]), min_size=1, max_size=4))
    def book(self, people):
        self.count += 1
        persons = [
            Person(self.session.pk, self.rate.pk if cents else None, "A", "B", "", cents or 9_999, 2000)
            for cents in people
        ]
        with transaction.atomic():
            seats = Allotment.of([self.session.pk], locked=True)
            if not seats.take(self.session.pk, [one.seat_type_id for one in persons]):
                return multiple()
            wanted = NewBooking(f"S{self.count}", None, "", "", "", persons, None)
            state = RegistrationState.PENDING if self.count % 2 else RegistrationState.VALIDATED
            made = register_many([wanted], seated=seats, by=self.by, at=NOW, state=state)
        return made[f"S{self.count}"][0]

    @rule(target=bookings, people=st.integers(1, 4), each=st.integers(0, 2), waits=st.booleans())
    def order(self, people, each, waits):
        takes = [(self.extra.pk, each)] if each else []
        try:
            return booked(self.fair, people, extras=takes, wait=waits, rate=self.rate.pk).pk
        except Refusal:
            return multiple()

    @rule(booking=bookings, place=st.integers(0, 3), count=st.integers(0, 3))
    def change_extras(self, booking, place, count):
        row = Registration.objects.filter(booking=booking).order_by("position")[place : place + 1].first()
        if row:
            self.own(choosing.change_add_ons, booking, registration_id=row.pk, wanted={self.extra.pk: count})

    @rule(booking=bookings, method=st.sampled_from(["cheque", "transfer", "card"]))
    def choose(self, booking, method):
        self.own(choosing.choose_method, booking, method=method)

    @rule(booking=bookings)
    def leave(self, booking):
        self.own(registrant.cancel_own, booking)

    @rule()
    def offer(self):
        offer_freed(at=NOW)

    @rule()
    def expire(self):
        expire_holds(at=NOW + timedelta(days=16))

    @rule(booking=bookings, name=st.sampled_from(sorted(moving.ACTS)))
    def act(self, booking, name):
        self.attempt(moving.ACTS[name], booking_id=booking)

    @rule(booking=bookings, place=st.integers(0, 3))
    def withdraw(self, booking, place):
        people = list(Registration.objects.filter(booking=booking).order_by("position"))
        row = people[place % len(people)]
        self.attempt(moving.withdraw_registration, booking_id=booking, registration_id=row.pk)

    @rule(booking=bookings, cents=st.integers(-1, 60_000), key=st.integers(0, 40))
    def pay(self, booking, cents, key):
        settled = Settled(cents, "transfer", NOW.date())
        self.attempt(recording.record_payment, booking_id=booking, key=f"p{key}", settled=settled)

    @rule(booking=bookings)
    def pay_the_rest(self, booking):
        due = Booking.objects.get(pk=booking).due_cents
        key = f"rest{booking}-{Entry.objects.count()}"
        self.attempt(
            recording.record_payment, booking_id=booking, key=key, settled=Settled(due, "transfer", NOW.date())
        )

    @rule(booking=bookings, cents=st.integers(0, 60_000), key=st.integers(0, 40))
    def refund(self, booking, cents, key):
        settled = Settled(cents, "transfer", NOW.date())
        self.attempt(recording.record_refund, booking_id=booking, key=f"r{key}", settled=settled)

    @invariant()
    def nothing_contradicts_itself(self):
        rows = Registration.objects.filter(session=self.session)
        assert rows.filter(state__in=SEATED).count() <= CAPACITY
        assert rows.filter(state__in=SEATED, seat_type=self.rate).count() <= AT_RATE
        assert differences() == {} == extras.differences()
        lines = AddOnLine.objects.filter(registration__state__in=SEATED)
        assert sum(line.quantity for line in lines) <= EXTRAS
        assert not rows.filter(state="pending", booking__held_until__lt=NOW).exists()
        for booking in Booking.objects.filter(organisation_id=self.by.organisation_id):
            people = list(booking.registrations.all())
            assert booking.owed_cents == owed(people, taken(people)).gross_cents
            assert not booking.held_until or any(row.state == "pending" for row in people)
            entries = Entry.objects.filter(booking=booking).values_list("kind", "amount_cents")
            assert booking.paid_cents == sum(cents if kind == "payment" else -cents for kind, cents in entries)
            owes = booking.owed_cents - booking.paid_cents
            expected = "due" if owes > 0 else "refund_due" if owes < 0 else "paid" if booking.paid_cents else "free"
            assert booking.payment == expected


def run(examples, *, is_sabotaged=False):
    quick = {"max_examples": examples, "stateful_step_count": 20, "deadline": None, "report_multiple_bugs": False}
    if is_sabotaged:
        quick["phases"] = [Phase.generate]  # red is enough: no need of the shortest way to it
    run_state_machine_as_test(Desk, settings=settings(**quick, suppress_health_check=list(HealthCheck)))


@pytest.mark.fault
@pytest.mark.django_db
def test_no_order_of_acts_breaks_seats_or_money():
    run(size.of(25, 10_000))


@pytest.mark.fault
@pytest.mark.django_db
def test_sabotage_a_withdrawal_that_forgets_what_is_owed_is_found(monkeypatch):
    monkeypatch.setattr("comptoir.bookings.commands.rows.InHand.settle", lambda self: None)
    with pytest.raises(AssertionError):
        run(500, is_sabotaged=True)  # it stops at the first found


@pytest.mark.fault
@pytest.mark.django_db
def test_sabotage_add_ons_that_are_never_counted_are_found(monkeypatch):
    monkeypatch.setattr("comptoir.bookings.extras.AddOnCounts.write", lambda self, changes: None)
    with pytest.raises(AssertionError):
        run(500, is_sabotaged=True)  # it stops at the first found
