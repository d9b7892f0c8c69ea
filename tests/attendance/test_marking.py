"""A person is marked once a sitting, by whoever may; those not expected are refused in words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from comptoir.attendance import commands, rules
from comptoir.attendance.models import Presence
from comptoir.base.errors import Missing
from comptoir.bookings.commands import moving
from comptoir.bookings.models import Booking, Registration
from comptoir.catalogue.commands import publication, slots
from comptoir.catalogue.models import Session, Slot
from comptoir.journal.models import Entry
from comptoir.retention.commands.erasing import erase_booking
from tests.attendance.conftest import AFTERNOON, MORNING, TOMORROW, make_hall
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_staff
from tests.faults import size
from tests.hands import together

DESK = ("attendance.marked", "attendance.unmarked")


@pytest.fixture
def row(hall):
    return make_registrations(hall.session, people=[("Hugo", "Marchand", "")])[0]


def mark(row, by, starts_at=MORNING, at=NOW):
    return commands.mark_present(registration_id=row.pk, starts_at=starts_at, by=by, at=at)


def unmark(row, by, starts_at=MORNING, at=NOW):
    return commands.mark_absent(registration_id=row.pk, starts_at=starts_at, by=by, at=at)


def acts():
    return list(Entry.objects.filter(what__in=DESK).order_by("pk").values_list("what", flat=True))


def test_who_was_there_is_known_with_when_and_by_whom(row, hall):
    assert mark(row, hall.by) is True
    found = Presence.objects.get()
    assert (found.registration_id, found.starts_at, found.marked_at) == (row.pk, MORNING, NOW)
    assert (found.by_user_id, found.by_name) == (hall.by.user_id, "Camille Vasseur")
    entry = Entry.objects.get(what="attendance.marked")
    assert (entry.about, entry.by_user_id) == (row.booking.reference, hall.by.user_id)
    assert entry.detail == {"registrations": [row.pk], "sitting": MORNING.isoformat()}


def test_again_is_the_same_and_the_first_mark_stays(row, hall):
    mark(row, hall.by)
    assert mark(row, actor_of(hall.manager), at=NOW + timedelta(minutes=5)) is False
    assert Presence.objects.get().marked_at == NOW
    assert acts() == ["attendance.marked"]
    assert mark(row, hall.by, AFTERNOON) is True


def test_it_is_taken_back_once_and_only_at_that_sitting(row, hall):
    mark(row, hall.by)
    mark(row, hall.by, AFTERNOON)
    assert [unmark(row, hall.by), unmark(row, hall.by)] == [True, False]
    assert Presence.objects.get().starts_at == AFTERNOON
    assert acts() == ["attendance.marked", "attendance.marked", "attendance.unmarked"]


@pytest.mark.parametrize(
    ("state", "word"), [("cancelled", "annulée"), ("withdrawn", "retirée"), ("waiting", "liste d’attente")]
)
def test_who_holds_no_seat_is_not_marked(state, word, hall):
    (row,) = make_registrations(hall.session, state=state)
    with pytest.raises(rules.HoldsNoSeat, match=word):
        mark(row, hall.by)
    assert not Presence.objects.exists()
    assert acts() == []


@pytest.mark.parametrize("state", ["pending", "validated"])
def test_who_holds_one_is_even_unpaid(state, hall):
    (row,) = make_registrations(hall.session, state=state)
    assert row.booking.payment == "due"
    assert mark(row, hall.by)


def test_only_a_sitting_of_the_session_and_not_before_its_day(row, hall):
    with pytest.raises(rules.NoSuchSitting):
        mark(row, hall.by, MORNING + timedelta(minutes=1))
    with pytest.raises(rules.NotThatDay, match="mardi 24 novembre 2026"):
        mark(row, hall.by, TOMORROW)
    assert mark(row, hall.by, TOMORROW, at=NOW + timedelta(days=1))
    assert mark(row, hall.by, MORNING, at=NOW + timedelta(days=9))  # caught up with
    assert mark(row, hall.by, AFTERNOON, at=NOW)  # early in the day


def test_a_cancelled_session_expects_nobody(row, hall):
    publication.move_session(session_id=hall.session.pk, to="cancelled", by=hall.by, at=NOW)
    with pytest.raises(rules.SessionCancelled):
        mark(row, hall.by)


def test_nobody_marks_outside_the_perimeter(row, hall):
    (elsewhere,) = make_registrations(hall.other)
    neighbour = actor_of(make_staff(make_organisation("rhone")))
    for one, by in ((row, neighbour), (row, actor_of(hall.stranger)), (elsewhere, actor_of(hall.manager))):
        for act in (mark, unmark):
            with pytest.raises(Missing):
                act(one, by)
    assert not Presence.objects.exists()


def test_all_of_a_booking_in_one_session_are_marked_at_once(hall):
    rows = make_registrations(hall.session, 3)
    (apart,) = make_registrations(hall.session)
    mark(rows[0], hall.by)
    moving.withdraw_registration(booking_id=rows[0].booking_id, registration_id=rows[2].pk, by=hall.by, at=NOW)
    who = {"booking_id": rows[0].booking_id, "session_id": hall.session.pk, "starts_at": MORNING, "at": NOW}
    outcome = commands.mark_all_present(**who, by=hall.by)
    assert (outcome.done, [one.refusal.code for one in outcome.skipped]) == ([rows[1].pk], ["holds-no-seat"])
    assert commands.mark_all_present(**who, by=hall.by).done == []
    assert set(Presence.objects.values_list("registration", flat=True)) == {rows[0].pk, rows[1].pk}
    for wrong in ({"by": actor_of(hall.stranger)}, {"by": hall.by, "session_id": hall.other.pk}):
        with pytest.raises(Missing):
            commands.mark_all_present(**(who | wrong))
    assert not Presence.objects.filter(registration=apart).exists()


def test_the_database_refuses_a_second_mark(row, hall):
    mark(row, hall.by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(registration=row, starts_at=MORNING, marked_at=NOW, by_name="Deux")


def test_marks_outlive_a_move_a_cancellation_and_erased_names(row, hall):
    mark(row, hall.by)
    slots.shift_session(session_id=hall.session.pk, starts_on=NOW.date() + timedelta(days=7), by=hall.by, at=NOW)
    assert not Slot.objects.filter(starts_at=MORNING).exists()
    assert Presence.objects.get().starts_at == MORNING
    moving.cancel_booking(booking_id=row.booking_id, by=hall.by, at=NOW)
    erase_booking(booking_id=row.booking_id, by=hall.by, at=NOW)
    assert Presence.objects.count() == 1
    assert unmark(row, hall.by) is True


def test_what_is_deleted_takes_its_marks_with_it(row, hall):
    mark(row, hall.by)
    with transaction.atomic():
        Booking.objects.get(pk=row.booking_id).delete()
    assert not Presence.objects.exists()
    assert Session.objects.filter(pk=hall.session.pk).exists()


@pytest.mark.fault
def test_many_hands_make_one_mark(transactional_db):
    hall = make_hall()
    for _race in range(size.of(10, 100)):
        (row,) = make_registrations(hall.session)
        assert sorted(together([lambda row=row: mark(row, hall.by)] * 6)) == [False] * 5 + [True]
        assert Presence.objects.filter(registration=row).count() == 1
        assert sorted(together([lambda row=row: unmark(row, hall.by)] * 6)) == [False] * 5 + [True]
    assert len(acts()) == 2 * size.of(10, 100)


@pytest.mark.fault
def test_marked_while_cancelled_is_either_and_never_marked_after(transactional_db):
    hall = make_hall()
    for _race in range(size.of(10, 100)):
        (row,) = make_registrations(hall.session)
        cancel = lambda pk=row.booking_id: moving.cancel_booking(booking_id=pk, by=hall.by, at=NOW)  # noqa: E731
        said = together([lambda row=row: mark(row, hall.by), cancel])
        assert Registration.objects.get(pk=row.pk).state == "cancelled"
        assert Presence.objects.filter(registration=row).exists() == (True in said), said
