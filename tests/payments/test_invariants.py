"""Random acts on random bookings: seats and money never contradict each other (T18, T20)."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from comptoir.base.errors import Refusal
from comptoir.bookings.amounts import owed
from comptoir.bookings.commands import moving
from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.payments.models import Entry
from tests.factories import NOW, actor_of, make_activity, make_organisation, make_seat_type, make_session, make_staff
from tests.faults import size

CAPACITY, AT_RATE = 6, 3


class Desk(RuleBasedStateMachine):
    """A session of six seats, three of them at one rate; whatever is done, in whatever order."""

    bookings = Bundle("bookings")

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        organisation = make_organisation()
        self.by = actor_of(make_staff(organisation))
        self.session = make_session(make_activity(organisation), capacity=CAPACITY)
        self.rate = make_seat_type(self.session, capacity=AT_RATE)
        self.count = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

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
        assert differences() == {}
        for booking in Booking.objects.filter(organisation_id=self.by.organisation_id):
            assert booking.owed_cents == owed(booking.registrations.all()).gross_cents
            entries = Entry.objects.filter(booking=booking).values_list("kind", "amount_cents")
            assert booking.paid_cents == sum(cents if kind == "payment" else -cents for kind, cents in entries)
            owes = booking.owed_cents - booking.paid_cents
            expected = "due" if owes > 0 else "refund_due" if owes < 0 else "paid" if booking.paid_cents else "free"
            assert booking.payment == expected


def run(examples):
    quick = {"max_examples": examples, "stateful_step_count": 20, "deadline": None}
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
        run(25)
