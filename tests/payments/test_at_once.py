"""Two managers validate the same payment, or the same refund, at the same moment: one entry (T28)."""

import pytest

from comptoir.bookings.commands import moving
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.payments.models import Entry
from tests.factories import (
    NOW,
    actor_of,
    make_activity,
    make_organisation,
    make_registrations,
    make_session,
    make_staff,
)
from tests.faults import size
from tests.hands import together

PAIRS = size.of(10, 500)


@pytest.fixture
def world(transactional_db):
    organisation = make_organisation()
    return actor_of(make_staff(organisation)), make_session(make_activity(organisation), capacity=None)


def settle(record, booking, key, by):
    settled = Settled(30_000, "cheque", NOW.date())
    return lambda: record(booking_id=booking.pk, key=key, settled=settled, by=by, at=NOW) and "done"


@pytest.mark.fault
def test_one_entry_whoever_presses_and_the_late_one_is_told(world):
    by, session = world
    for number in range(PAIRS):
        booking = make_registrations(session, 1, state="pending")[0].booking
        said = together([settle(recording.record_payment, booking, f"{number}-{hand}", by) for hand in range(2)])
        assert sorted(said) == ["done", "nothing-due"]
        moving.cancel_booking(booking_id=booking.pk, by=by, at=NOW)
        said = together([settle(recording.record_refund, booking, f"r{number}-{hand}", by) for hand in range(2)])
        assert sorted(said) == ["done", "nothing-due"]
    assert Entry.objects.count() == 2 * PAIRS


@pytest.mark.fault
def test_the_same_form_twice_at_once_is_one_entry(world):
    by, session = world
    for number in range(PAIRS):
        booking = make_registrations(session, 2, state="pending")[0].booking
        assert together([settle(recording.record_payment, booking, f"k{number}", by)] * 2) == ["done", "done"]
        booking.refresh_from_db()
        assert booking.paid_cents == 30_000


@pytest.mark.fault
def test_sabotage_a_key_that_is_forgotten_is_seen(world, monkeypatch):
    by, session = world
    keys = iter(range(1000))
    monkeypatch.setattr(recording, "_known", lambda key, by: None)
    create = Entry.objects.create
    monkeypatch.setattr(Entry.objects, "create", lambda **fields: create(**fields | {"key": f"other-{next(keys)}"}))
    booking = make_registrations(session, 2, state="pending")[0].booking
    together([settle(recording.record_payment, booking, "k", by)] * 2)
    booking.refresh_from_db()
    assert booking.paid_cents == 60_000
